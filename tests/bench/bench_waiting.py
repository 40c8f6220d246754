"""How long it takes to say what is to be put right in a chain, and who waits for whom.

Usage: .venv/bin/python -m tests.bench.bench_waiting [TASKS]

Fills SQLite and PostgreSQL with 12,367 stores in 24 regions with a manager each, under 310 supervisors, and with 200,000 tasks, of which
a quarter has not ended, and asks over the API as head office, for one region, and as a regional manager.
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

from api.accounts.models import User
from api.app import create_app
from api.core.config import Settings
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.stores.models import Region, Store
from api.tasks.models import Task
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.bench import chain
from tests.support.company import HASH, Company
from tests.support.real_parts import postgres

SECRET = "b" * 40
RUNS = 40
LOT = 2000
NOW = datetime.now(UTC)
STATES = ("open", "in_progress", "submitted", "closed", "waived")
WEIGHTS = (14, 7, 4, 72, 3)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    print(
        f"{'database':<12}{'who':<20}{'tasks':>9}{'open':>8}{'median ms':>11}{'p95 ms':>8}{'slowest ms':>12}"
    )
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
    company, _ = chain.make(app, None)
    region = fill(app, company, count)
    for who, person, query in (
        ("head office", company.admin, ""),
        ("one region", company.admin, f"?region_id={region}"),
        ("a small region", company.manager, ""),
    ):
        seconds = []
        for _ in range(RUNS):
            began = time.monotonic()
            status, answer = person.get(f"/reports/waiting{query}")
            seconds.append(time.monotonic() - began)
            assert status == 200, answer
        median, p95 = statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=20)[-1] * 1000
        unfinished = answer["totals"]["open"] + answer["totals"]["submitted"]
        print(
            f"{database:<12}{who:<20}{count:>9,}{unfinished:>8,}{median:>11,.0f}{p95:>8,.0f}{max(seconds) * 1000:>12,.0f}",
            flush=True,
        )


def fill(app: Flask, company: Company, count: int) -> uuid.UUID:
    """Tasks for all stores; gives one of the regions."""
    dice = random.Random(200)
    with app.app_context():
        stores = db.session.execute(sa.select(Store.id, Store.supervisor_id)).all()
        somebody = company.people["supervisor"].id
        keepers = [_keeper(number, company.mark) for number in range(len(stores))]
        region = db.session.execute(sa.select(Region.id).where(Region.code.startswith("R0-"))).scalar_one()
        db.session.rollback()
        in_transaction(lambda: db.session.execute(sa.insert(User.__table__), keepers))
        whose = [
            (one.id, one.supervisor_id or somebody, keeper["id"])
            for one, keeper in zip(stores, keepers, strict=True)
        ]
        for start in range(0, count, LOT):
            rows = [_task(*dice.choice(whose), dice) for _ in range(min(LOT, count - start))]
            in_transaction(lambda lot: db.session.execute(sa.insert(Task.__table__), lot), rows)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("VACUUM ANALYZE"))
    return region


def _keeper(number: int, mark: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "username": f"k{number}-{mark}",
        "name": f"K{number}",
        "role": "store_manager",
        "locale": "zh",
        "password_hash": HASH,
        "is_active": True,
        "created_at": NOW,
        "updated_at": NOW,
        "version": 1,
    }


def _task(store_id: uuid.UUID, reviewer: uuid.UUID, keeper: uuid.UUID, dice: random.Random) -> dict[str, Any]:
    due = NOW + timedelta(days=dice.uniform(-9, 9))
    status = dice.choices(STATES, WEIGHTS)[0]
    return {
        "id": new_id(),
        "store_id": store_id,
        "title": {"zh": "冷柜温度", "en": "Chiller temperature"},
        "guide": {
            "zh": "温度回到 0–8 ℃，并说明原因。" * 4,
            "en": "Back to 0–8 ℃, and say what was wrong. " * 4,
        },
        "flag": dice.choices(["general", "key", "redline"], [80, 15, 5])[0],
        "severity": 1,
        "status": status,
        "needs_photo": True,
        "assignee_id": keeper if dice.random() < 0.95 else None,
        "reviewer_id": reviewer,
        "finding": {"result": "fail", "value": 12, "note": "too warm", "photos": ["0" * 64]},
        "created_at": due - timedelta(days=dice.choice([1, 3, 7])),
        "due_at": due,
        "original_due_at": due,
        "submitted_at": NOW - timedelta(hours=dice.uniform(0, 72)) if status == "submitted" else None,
        "review_due_at": NOW + timedelta(hours=dice.uniform(-48, 24)) if status == "submitted" else None,
        "reject_count": int(dice.random() < 0.1),
        "reopen_count": int(dice.random() < 0.05),
        "source": "manual",
        "version": 1,
    }


if __name__ == "__main__":
    main()
