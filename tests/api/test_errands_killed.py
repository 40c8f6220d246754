"""A job process dies in the middle of an errand, and another one finishes it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from api.accounts import services as accounts
from api.core.config import ROOT
from api.core.db import db
from api.core.transaction import in_transaction
from api.errands import services
from api.errands.models import Errand
from tests.support.company import Company

Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def job_process(app: Flask, tmp_path: Path) -> Iterator[Start]:
    """Starts job processes on the same database."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "tests.support.errand_process",
            app.config["SQLALCHEMY_DATABASE_URI"],
            str(tmp_path),
        ]
        started.append(subprocess.Popen(command, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(company: Company, errand: uuid.UUID, reached: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + 40
    while True:
        shown: dict[str, Any] = company.admin.get(f"/errands/{errand}")[1]
        if reached(shown):
            return shown
        assert time.monotonic() < deadline, shown
        time.sleep(0.1)


def ask(company: Company, to: int) -> uuid.UUID:
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.delete(Errand)))
        actor = accounts.actor(company.people["admin"].id)
        assert actor is not None
        return in_transaction(services.ask, "count", {"to": to}, actor, datetime.now(UTC)).id


def test_an_errand_whose_process_was_killed_is_finished_by_another(
    company: Company, job_process: Start
) -> None:
    errand = ask(company, to=20)
    first = job_process()
    until(company, errand, lambda shown: shown["state"] == "running" and shown["done"] >= 3)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    job_process()
    time.sleep(3)
    assert company.admin.get(f"/errands/{errand}")[1]["state"] == "running", "the lease still stands"
    let_the_lease_lapse(company, errand)
    shown = until(company, errand, lambda shown: shown["state"] not in ("waiting", "running"))
    assert (shown["state"], shown["result"]) == ("done", {"counted": 20, "for": "admin"})
    with company.app.app_context():
        tries = db.session.execute(sa.select(Errand.attempts).where(Errand.id == errand)).scalar_one()
    assert tries == 2


def let_the_lease_lapse(company: Company, errand: uuid.UUID) -> None:
    """As if the half minute were over."""

    def lapse() -> None:
        past = datetime.now(UTC) - timedelta(seconds=1)
        db.session.execute(sa.update(Errand).where(Errand.id == errand).values(lease_until=past))

    with company.app.app_context():
        in_transaction(lapse)


def test_two_processes_share_the_work_and_do_nothing_twice(company: Company, job_process: Start) -> None:
    ask(company, to=1)
    with company.app.app_context():
        actor = accounts.actor(company.people["admin"].id)
        assert actor is not None
        for _ in range(5):
            in_transaction(services.ask, "count", {"to": 8}, actor, datetime.now(UTC))
    job_process(), job_process()
    deadline = time.monotonic() + 40
    while True:
        with company.app.app_context():
            rows = db.session.execute(sa.select(Errand.state, Errand.attempts)).all()
        if {row.state for row in rows} == {"done"}:
            break
        assert time.monotonic() < deadline, rows
        time.sleep(0.2)
    assert [row.attempts for row in rows] == [1] * 6
