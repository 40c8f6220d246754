"""How long it takes to preview a plan over 12,367 stores, and to make 35 daily visits for each of them.

Usage: .venv/bin/python -m tests.bench.bench_plans [--stores CSV] [--database postgresql|sqlite]

Makes the stores itself, in six time zones, or takes them from a licence list (`license`, `name`, …). Runs on
PostgreSQL and on SQLite, each in a process of its own, so that the peak of memory is its own.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from api.app import create_app
from api.core.config import ROOT, Settings
from api.core.db import db
from api.core.transaction import in_transaction
from api.plans.following import follow
from api.plans.materialising import materialise
from api.plans.models import Visit
from api.plans.situation import HORIZON_DAYS
from api.stores.models import Store
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.bench import chain
from tests.support.company import Company
from tests.support.real_parts import postgres

DAYS, RUNS = 35, 5


def main() -> None:
    """Runs both databases in processes of their own, or one of them here."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", type=Path)
    parser.add_argument("--database", choices=("postgresql", "sqlite"))
    asked = parser.parse_args()
    if asked.database is None:
        for name in ("postgresql", "sqlite"):
            command = [sys.executable, "-m", "tests.bench.bench_plans", "--database", name]
            command += ["--stores", str(asked.stores)] if asked.stores else []
            subprocess.run(command, cwd=ROOT, check=True)
        return
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as name:
        if asked.database == "sqlite":
            run("SQLite", f"sqlite:///{Path(name) / 'rounds.sqlite3'}", Path(name), asked.stores)
        else:
            with postgres() as url:
                driver_url = url.replace("postgresql://", "postgresql+psycopg://")
                run("PostgreSQL", driver_url, Path(name), asked.stores)


def run(database: str, url: str, folder: Path, csv: Path | None) -> None:
    """Everything on one database; every figure on a line of its own."""
    storage = StorageSettings(url=str(folder))
    app = create_app(Settings(url, storage, "b" * 40, "http://localhost:8000", folder, "ERROR", 0))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
    company, stores = chain.make(app, csv)
    print(f"{database}: {stores:,} stores")
    call(company, "PATCH", f"/stores/{company.store}", {"version": 1, "status": "closed"})
    call(company, "PATCH", f"/stores/{company.far_store}", {"version": 1, "status": "closed"})
    asked = {"checklist_id": str(company.checklist), "terms": terms()}
    shown = previews(company, asked, "preview, no other plan")
    assert shown["stores"]["total"] == stores, shown["stores"]
    before = peak_mb()
    made, plan = materialising(app, company, asked)
    assert made == stores * DAYS == shown["visits_ahead"], (made, shown["visits_ahead"])
    print(f"  peak memory {peak_mb()} MB (before making visits {before} MB)")
    assert previews(company, asked, "preview, beside a plan of all stores")["collisions"]["total"] == made
    edit = asked | {"plan_id": plan["id"], "terms": terms(times=["10:00"])}
    change = previews(company, edit, "preview of an edit of that plan")["change"]
    started = max(0, (date.fromisoformat(change["effective_from"]) - first_day()).days)
    assert change["moved"] == stores * (DAYS - started), change
    with app.app_context():
        rest(app, company, plan)
    print(f"  peak memory {peak_mb()} MB in the end", flush=True)


def previews(company: Company, asked: dict[str, Any], name: str) -> dict[str, Any]:
    """The median of several previews over HTTP."""
    seconds, shown = [], {}
    for _ in range(RUNS):
        took, shown = timed(lambda: call(company, "POST", "/plans/preview", asked))
        seconds.append(took)
    print(f"  {name:<48}{statistics.median(seconds):8.2f} s (slowest {max(seconds):.2f})", flush=True)
    return shown


def materialising(app: Flask, company: Company, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Creates the plan as the app does, and lets the job process do the rest; gives how many were made."""
    given = asked | {"name": {"zh": "每日巡店", "en": "Daily round"}}
    took, plan = timed(lambda: call(company, "POST", "/plans", given, 201))
    settled = plan["settled"]
    print(
        f"  {'creating it, with its first stores':<48}{took:8.2f} s ({settled['stores']} of {settled['of']})"
    )
    with app.app_context():
        used = time.process_time()
        rest_took, tally = timed(lambda: materialise(datetime.now(UTC)))
        used = time.process_time() - used
        made = db.session.execute(sa.select(sa.func.count()).select_from(Visit)).scalar_one()
    seconds = took + rest_took
    print(f"  {'making all visits':<48}{seconds:8.1f} s ({made:,} visits, {made / seconds:,.0f} a second)")
    print(f"  {'of that, of the processor by the job process':<48}{used:8.1f} s")
    assert tally.total + settled["stores"] * DAYS == made
    return made, plan


def rest(app: Flask, company: Company, plan: dict[str, Any]) -> None:
    """What the job process does day by day, and what an edit costs."""
    now = datetime.now(UTC)
    took, tally = timed(lambda: materialise(now))
    print(f"  {'looking through the plan, nothing to do':<48}{took:8.2f} s")
    assert tally.total == 0
    took, changed = timed(lambda: follow(now))
    print(f"  {'following people, nothing to do':<48}{took:8.2f} s")
    assert changed == 0
    db.session.rollback()
    known = sa.select(Store.supervisor_id).where(Store.supervisor_id.is_not(None)).distinct().limit(2)
    leaving, staying = db.session.execute(known).scalars()

    def give() -> None:
        query = sa.update(Store).where(Store.supervisor_id == leaving).values(supervisor_id=staying)
        db.session.execute(query)

    in_transaction(give)
    took, changed = timed(lambda: follow(now))
    print(f"  {'following one supervisor who left':<48}{took:8.2f} s ({changed:,} visits)")
    took, shown = timed(lambda: call(company, "GET", f"/plans/{plan['id']}"))
    print(f"  {'reading the plan':<48}{took:8.2f} s")
    body = {"version": shown["version"], "terms": terms(window_minutes=500)}
    took, _ = timed(lambda: call(company, "PATCH", f"/plans/{plan['id']}", body))
    more, tally = timed(lambda: materialise(now))
    print(f"  {'an edit that changes every visit':<48}{took + more:8.1f} s ({took:.1f} s in the request)")
    took, tally = timed(lambda: materialise(now + timedelta(days=1)))
    print(f"  {'the next day at the horizon':<48}{took:8.1f} s ({HORIZON_DAYS} days ahead)")


def first_day() -> date:
    """Tomorrow."""
    return (datetime.now(UTC) + timedelta(days=1)).date()


def terms(**changes: Any) -> dict[str, Any]:
    """Every day at nine for 35 days from tomorrow on, by each store's own clock."""
    lists = ("region_ids", "types", "tags", "levels", "store_ids", "except_ids")
    return {
        "selection": {name: [] for name in lists},
        "assignee": {"rule": "store_supervisor"},
        "rrule": f"FREQ=DAILY;COUNT={DAYS}",
        "starts_on": first_day().isoformat(),
        "times": ["09:00"],
        "window_minutes": 600,
        "late_minutes": 240,
    } | changes


def call(company: Company, method: str, path: str, body: Any = None, wanted: int = 200) -> Any:
    """The answer of a call by head office, which must succeed."""
    status, answer = company.admin.call(method, path, body)
    assert status == wanted, answer
    return answer


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds by the clock, and what came of it."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def peak_mb() -> int:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
