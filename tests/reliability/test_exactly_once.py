"""Any number of job processes, killed at any moment, make every visit once."""

import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.config import ROOT
from api.core.db import db
from api.core.transaction import in_transaction
from api.plans import plan_services
from api.plans.materialising import materialise
from api.plans.models import Visit
from tests.reliability.conftest import House

PLANS, OCCURRENCES, PROCESSES, KILLS = 100, 60, 4, 20
START = datetime(2026, 11, 25, 1, tzinfo=UTC)


def terms(**changes: Any) -> dict[str, Any]:
    lists = ("region_ids", "types", "tags", "levels", "store_ids", "except_ids")
    empty: dict[str, Any] = {name: [] for name in lists}
    return {
        "selection": empty,
        "assignee": {"rule": "store_supervisor"},
        "rrule": f"FREQ=DAILY;COUNT={OCCURRENCES}",
        "starts_on": date(2026, 11, 25),
        "times": ["09:00"],
        "window_minutes": 600,
        "late_minutes": None,
        "early_minutes": 0,
        "closed": {"weekdays": [], "dates": []},
        "kind": "routine",
        "note": "",
    } | changes


def make_plans(house: House, how_many: int = PLANS) -> None:
    company = house.company
    admin = Actor(company.people["admin"].id, "admin", "hq_admin")
    one_store = terms(selection=terms()["selection"] | {"store_ids": [company.store]})

    def make() -> None:
        for number in range(how_many):
            name = {"zh": f"计划 {number}", "en": f"Plan {number}"}
            given = {"name": name, "checklist_id": company.checklist, "terms": one_store}
            plan_services.create(admin, given, START)

    with house.app.app_context():
        in_transaction(make)


def test_four_processes_and_twenty_kills_make_six_thousand_visits(house: House, tmp_path: Path) -> None:
    make_plans(house)
    clock = tmp_path / "clock"
    clock.write_text("")
    dice = random.Random(2026)

    def begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.scheduler", str(clock)],
            cwd=ROOT,
            env=house.env,
            stdout=subprocess.PIPE,
        )

    def made() -> int:
        db.session.rollback()
        return db.session.execute(sa.select(sa.func.count()).select_from(Visit)).scalar_one()

    processes = [begin() for _ in range(PROCESSES)]
    try:
        for process in processes:
            assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        for number in range(KILLS):
            clock.write_text((START + timedelta(days=number * 1.3)).isoformat())
            time.sleep(dice.uniform(0.05, 0.6))
            victim = dice.randrange(PROCESSES)
            processes[victim].kill()
            processes[victim].wait()
            processes[victim] = begin()
        with house.app.app_context():
            deadline = time.monotonic() + 300  # a slow machine may take long, and still none is made twice
            while made() < PLANS * OCCURRENCES:
                assert time.monotonic() < deadline, made()
                time.sleep(0.2)
        clock.write_text("stop")
        for process in processes:
            assert process.wait(60) == 0
    finally:
        for process in processes:
            process.kill()
    with house.app.app_context():
        rows = db.session.execute(sa.select(Visit.plan_id, Visit.occurrence)).all()
        assert len(rows) == len(set(rows)) == PLANS * OCCURRENCES
        days = {str(occurrence) for _, occurrence in rows}
        assert days == {f"{START.date() + timedelta(days=n)}T09:00" for n in range(OCCURRENCES)}
        assert materialise(START + timedelta(days=24)).total == 0
        assert materialise(START - timedelta(hours=1)).total == 0


def test_after_three_days_of_standstill_the_missing_visits_are_made(house: House) -> None:
    make_plans(house, 1)
    with house.app.app_context():
        materialise(START)
        before = _days()
        assert (min(before), max(before)) == ("2026-11-25T09:00", "2026-12-30T09:00")
        materialise(START + timedelta(days=40))
        assert _days() == before | {f"{date(2026, 12, 30) + timedelta(days=n)}T09:00" for n in range(25)}


def test_a_plan_that_was_never_settled_begins_on_the_day_it_was_made(house: House) -> None:
    make_plans(house, 1)
    with house.app.app_context():
        materialise(START + timedelta(days=3))
        assert min(_days()) == "2026-11-25T09:00"


def _days() -> set[str]:
    return {str(day) for day in db.session.execute(sa.select(Visit.occurrence)).scalars()}
