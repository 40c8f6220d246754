"""How long it takes to say which of 12,367 stores need a visit most.

Usage: .venv/bin/python -m tests.bench.bench_priorities [STORES]

Fills SQLite and PostgreSQL with stores, two reports of 45 answers for each, tasks, visits and complaints,
and asks over the API as head office, as a regional manager, and as a supervisor with 60 stores. "Own" is the
processor's time of the asking process, which on SQLite is all there is.
"""

import random
import statistics
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from api.app import create_app
from api.core.config import Settings
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.inspections.models import Inspection
from api.plans.models import Complaint, Visit
from api.stores.models import Store
from api.stores.services import new_store
from api.tasks.models import Task
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.bench import past
from tests.support.company import Company
from tests.support.real_parts import postgres

SECRET = "b" * 40
REPORTS, TASKS, VISITS, RUNS = 2, 3, 5, 7
OWN = 60
LOT = 500
NOW = datetime.now(UTC)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12_367
    print(f"{'database':<12}{'who':<24}{'stores':>8}{'median ms':>11}{'slowest ms':>12}{'own ms':>8}")
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as name:
        folder = Path(name)
        bench("SQLite", f"sqlite:///{folder / 'rounds.sqlite3'}", folder, count)
        with postgres() as url:
            bench("PostgreSQL", url.replace("postgresql://", "postgresql+psycopg://"), folder, count)


def bench(database: str, url: str, folder: Path, count: int) -> None:
    app = create_app(
        Settings(url, StorageSettings(url=str(folder)), SECRET, "http://localhost:8000", folder, "ERROR", 0)
    )
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
    company = Company(app)
    fill(app, company, count)
    asked = [
        ("head office", company.admin, "", count + 2),
        ("regional manager", company.manager, "", count + 1),
        ("supervisor, own stores", company.supervisor, "assignee=me&", OWN),
        ("one store", company.manager, f"store_id={company.store}&", 1),
    ]
    for who, person, query, stores in asked:
        seconds, own = [], time.process_time()
        for _ in range(RUNS):
            began = time.monotonic()
            status, answer = person.get(f"/priorities?{query}limit=200")
            seconds.append(time.monotonic() - began)
            assert status == 200 and len(answer["items"]) == min(stores, 200), (status, len(answer["items"]))
        median, slowest = statistics.median(seconds[1:]) * 1000, max(seconds) * 1000
        own = (time.process_time() - own) / RUNS * 1000
        print(f"{database:<12}{who:<24}{stores:>8,}{median:>11,.0f}{slowest:>12,.0f}{own:>8,.0f}", flush=True)


def fill(app: Flask, company: Company, count: int) -> None:
    dice = random.Random(12_367)
    form = past.content()
    items = [item for section in form["sections"] for item in section["items"]]
    models = [
        past._report(
            company,
            company.store,
            form,
            [past._answer(i, dice, NOW.date(), NOW) for i in items],
            NOW.date(),
            NOW,
        )
        for _ in range(60)
    ]
    with app.app_context():
        for start in range(0, count, LOT):
            in_transaction(_lot, company, models, dice, start, min(LOT, count - start))


def _lot(company: Company, models: list[dict[str, Any]], dice: random.Random, start: int, count: int) -> None:
    places = [_store(company, number, dice) for number in range(start, start + count)]
    db.session.execute(sa.insert(Store.__table__), places)
    ids = [place["id"] for place in places]
    db.session.execute(sa.insert(Inspection.__table__), [_report(i, models, dice) for i in ids * REPORTS])
    db.session.execute(sa.insert(Task.__table__), [_task(i, dice) for i in ids * TASKS])
    db.session.execute(sa.insert(Visit.__table__), [_visit(company, i, dice) for i in ids * VISITS])
    db.session.execute(sa.insert(Complaint.__table__), [_complaint(i, dice) for i in ids[::3]])


def _store(company: Company, number: int, dice: random.Random) -> dict[str, Any]:
    given = {"code": f"{company.mark}-{number:05}", "name_zh": "门店", "name_en": "Store"}
    store = new_store(given | {"region_id": company.east, "level": dice.choice("ABC")}, NOW)
    if number < OWN:
        store.supervisor_id = company.people["supervisor"].id
    return {column.name: getattr(store, column.name) for column in Store.__table__.columns}


def _report(store_id: uuid.UUID, models: list[dict[str, Any]], dice: random.Random) -> dict[str, Any]:
    at = NOW - timedelta(days=dice.uniform(0, 120))
    times = {"on_date": at.date(), "started_at": at, "submitted_at": at, "received_at": at}
    return dice.choice(models) | {"id": new_id(), "store_id": store_id} | times


def _task(store_id: uuid.UUID, dice: random.Random) -> dict[str, Any]:
    due = NOW + timedelta(days=dice.uniform(-9, 9))
    return {
        "id": new_id(),
        "store_id": store_id,
        "title": {"zh": "冷柜温度", "en": "Chiller temperature"},
        "flag": dice.choices(["general", "key", "redline"], [80, 15, 5])[0],
        "severity": 1,
        "status": dice.choices(["open", "in_progress", "submitted", "closed"], [3, 2, 1, 10])[0],
        "needs_photo": True,
        "finding": {"result": "fail", "value": None, "note": "", "photos": []},
        "created_at": due - timedelta(days=7),
        "due_at": due,
        "original_due_at": due,
        "reject_count": 0,
        "reopen_count": 0,
        "version": 1,
    }


def _visit(company: Company, store_id: uuid.UUID, dice: random.Random) -> dict[str, Any]:
    opens_at = NOW + timedelta(days=dice.uniform(-20, 30))
    return {
        "id": new_id(),
        "store_id": store_id,
        "checklist_id": company.checklist,
        "kind": "routine",
        "opens_at": opens_at,
        "due_at": opens_at + timedelta(hours=9),
        "missed_at": opens_at + timedelta(hours=33),
        "state": "scheduled",
        "note": "",
        "reason": "",
        "created_at": NOW,
        "version": 1,
    }


def _complaint(store_id: uuid.UUID, dice: random.Random) -> dict[str, Any]:
    return {
        "id": new_id(),
        "store_id": store_id,
        "reference": str(new_id()),
        "on_date": (NOW - timedelta(days=dice.uniform(0, 90))).date(),
        "kind": "food",
        "note": "",
        "created_at": NOW,
    }


if __name__ == "__main__":
    main()
