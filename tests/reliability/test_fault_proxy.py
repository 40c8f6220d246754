"""A network with sixteen faults loses nothing, doubles nothing, and holds nothing up for ever.

The seed is printed; SEED=… repeats a run.
"""

import hashlib
import json
import os
import random
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.events.models import Event
from api.inspections.models import Inspection
from api.photos.models import Photo
from api.tasks.models import Task, TaskTransition
from tests.reliability import lawful_phone
from tests.reliability.conftest import House
from tests.reliability.fault_proxy import FAULTS, FaultProxy, fault_proxy
from tests.reliability.lawful_phone import MOST_TRIES, Deed, Phone, SignInNeeded
from tests.reliability.serving import serving
from tests.support.company import PASSWORD, photo_facts, picture

WORKERS, PHOTOS_EACH, RENEWALS = 8, 3, 20
REPORTS = 300


@dataclass
class Work:
    """What one report is made of, and what became of it."""

    id: str
    body: bytes
    photos: list[bytes]
    step: tuple[str, str] | None = None
    tries: list[int] = field(default_factory=list)


def make(house: House, seed: int) -> Work:
    photos = [picture() for _ in range(PHOTOS_EACH)]
    document = house.company.document(note=f"seed {seed}")
    document["answers"][1]["photos"] = [photo_facts(one) for one in photos]
    return Work(str(new_id()), json.dumps(document).encode(), photos)


def deliver(house: House, proxy: FaultProxy, work: Work, dice: random.Random) -> None:
    """In a random order of report and photos, as the law allows; then a step on the task that it opened."""
    supervisor = Phone(proxy.port, house.company.people["supervisor"].token, dice)
    keeper = Phone(proxy.port, house.company.people["keeper"].token, dice)
    deeds = [lawful_phone.report(work.id, work.body), *(lawful_phone.photo(one) for one in work.photos)]
    dice.shuffle(deeds)
    receipts = [supervisor.send(deed) for deed in deeds]
    task_id = next(receipt["task_ids"][0] for receipt in receipts if "task_ids" in receipt)
    work.step = (task_id, str(new_id()))
    begin = {"action": "start", "version": 1, "device_at": moment_text(datetime.now(UTC))}
    deeds.append(lawful_phone.step(*work.step, json.dumps(begin).encode()))
    keeper.send(deeds[-1])
    asked = [{"id": work.id, "sha256": hashlib.sha256(work.body).hexdigest()}]
    asked += [{"id": one, "sha256": one} for one in (hashlib.sha256(b).hexdigest() for b in work.photos)]
    deeds.append(have(asked))
    states = [line["state"] for line in supervisor.send(deeds[-1])["items"]]
    assert states == ["same"] * len(asked)
    work.tries = [deed.tries for deed in deeds]


def have(asked: list[dict[str, str]]) -> Deed:
    def fits(answer: Any) -> bool:
        lines = answer.get("items") if isinstance(answer, dict) else None
        return isinstance(lines, list) and [one.get("id") for one in lines] == [a["id"] for a in asked]

    return lawful_phone.question("/sync/have", {"items": asked}, fits)


def sign_in_and_renew(house: House, proxy: FaultProxy, dice: random.Random, rounds: int) -> int:
    """Signing in and renewing through the faults: a lost answer to a renewal is asked for again.

    A renewal that the network delivers once more after the next one was used looks like a stolen token, and ends
    the sign-in: then somebody signs in again. Gives how often that was.
    """
    phone = Phone(proxy.port, "", dice)
    username = house.company.people["clerk"].username
    given = {"username": username, "password": PASSWORD, "device_name": "phone", "transport": "bearer"}

    def has_tokens(answer: Any) -> bool:
        return isinstance(answer, dict) and "refresh_token" in answer

    tokens = phone.send(lawful_phone.question("/auth/login", given, has_tokens))
    ended = 0
    for _ in range(rounds):
        renewal = {"refresh_token": tokens["refresh_token"]}
        try:
            tokens = phone.send(lawful_phone.question("/auth/refresh", renewal, has_tokens))
            asked = Phone(proxy.port, tokens["access_token"], dice)
            asked.send(have([{"id": str(new_id()), "sha256": "0" * 64}]))
        except SignInNeeded:
            ended += 1
            tokens = phone.send(lawful_phone.question("/auth/login", given, has_tokens))
    return ended


def check_nothing_is_lost_or_doubled(house: House, all_work: list[Work]) -> None:
    bodies = {work.id: hashlib.sha256(work.body).hexdigest() for work in all_work}
    pictures = {hashlib.sha256(one).hexdigest(): one for work in all_work for one in work.photos}
    with house.app.app_context():
        found = db.session.execute(sa.select(Inspection.id, Inspection.content_sha256)).all()
        assert {str(row.id): row.content_sha256 for row in found} == bodies
        assert len(found) == len(bodies)
        told = Counter(db.session.execute(sa.select(Event.kind)).scalars())
        assert told["inspection.submitted"] == told["task.opened"] == told["task.start"] == len(bodies)
        tasks = db.session.execute(sa.select(Task.inspection_id, Task.version, Task.status)).all()
        assert {str(row.inspection_id) for row in tasks} == set(bodies)
        assert [(row.version, row.status) for row in tasks] == [(2, "in_progress")] * len(bodies)
        steps = db.session.execute(sa.select(TaskTransition.id).where(TaskTransition.action == "start"))
        assert sorted(str(one) for one in steps.scalars()) == sorted(
            work.step[1] for work in all_work if work.step
        )
        assert set(db.session.execute(sa.select(Photo.sha256)).scalars()) == set(pictures)
    for digest, one in pictures.items():
        status, kept = house.company.supervisor.get(f"/photos/{digest}?size=original")
        assert (status, kept) == (200, one)


def test_three_hundred_reports_get_through_sixteen_faults(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("SEED", secrets.randbelow(1 << 32)))
    for who in ("supervisor", "keeper"):
        assert getattr(house.company, who).token
    all_work = [make(house, seed) for _ in range(REPORTS)]
    began = time.monotonic()
    with serving(house.env) as port, fault_proxy(port, seed) as proxy:

        def run(number: int) -> None:
            deliver(house, proxy, all_work[number], random.Random(seed + number))

        with ThreadPoolExecutor(WORKERS) as pool:
            renewing = pool.submit(sign_in_and_renew, house, proxy, random.Random(seed), RENEWALS)
            list(pool.map(run, range(REPORTS)))
            ended = renewing.result()
        time.sleep(proxy.late + 0.5)  # what is still on its way arrives too
        drawn, attempts = proxy.drawn, sum(proxy.sent.values())
    tries = [one for work in all_work for one in work.tries]
    with capsys.disabled():
        print(
            f"\nseed {seed} on {house.kind}: {REPORTS} reports, {REPORTS * PHOTOS_EACH} photos, {len(tries)}"
            f" deeds, {attempts} requests, at most {max(tries)} tries, {time.monotonic() - began:.0f} s"
        )
    assert set(drawn) >= set(FAULTS), "every fault has happened"
    assert max(tries) <= MOST_TRIES
    assert ended < RENEWALS / 2
    check_nothing_is_lost_or_doubled(house, all_work)
