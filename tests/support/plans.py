"""Plans for tests: terms, and the visits that came of them."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from api.core.db import db
from api.core.transaction import in_transaction
from api.plans.materialising import materialise
from api.plans.models import Visit
from api.plans.situation import HORIZON_DAYS
from api.stores.models import Store
from tests.support.company import Company, Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
LISTS = ("region_ids", "types", "tags", "levels", "store_ids", "except_ids")


def today() -> date:
    """The day it is in the company's stores."""
    return datetime.now(SHANGHAI).date()


def day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def last_day() -> date:
    """The last day for which visits are made."""
    return datetime.now(UTC).date() + timedelta(days=HORIZON_DAYS)


def days_ahead() -> int:
    """How many daily visits a store has, today's counted."""
    return (last_day() - today()).days + 1


def terms(selection: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Every day, from morning to the last minute, in all stores that one may plan for."""
    return {
        "selection": {name: [] for name in LISTS} | (selection or {}),
        "assignee": {"rule": "store_supervisor"},
        "rrule": "FREQ=DAILY",
        "starts_on": day(0),
        "times": ["00:00"],
        "window_minutes": 1439,
        "late_minutes": None,
    } | changes


def body(company: Company, **changes: Any) -> dict[str, Any]:
    return {
        "name": {"zh": "每日巡店", "en": "Daily round"},
        "checklist_id": str(company.checklist),
        "terms": terms({"store_ids": [str(company.store)]}),
    } | changes


def make(company: Company, who: str = "admin", **changes: Any) -> dict[str, Any]:
    """A plan over the near store, made by somebody of the company."""
    status, plan = getattr(company, who).post("/plans", body(company, **changes))
    assert status == 201, plan
    return dict(plan)


def visits(company: Company, plan: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The visits that a plan made, by occurrence (and store, when there are several)."""
    with company.app.app_context():
        db.session.rollback()
        rows = db.session.execute(
            sa.select(Visit, Store.code)
            .join(Store, Store.id == Visit.store_id)
            .where(Visit.plan_id == uuid.UUID(plan["id"]))
            .order_by(Visit.occurrence, Store.code)
        ).all()
    several = len({code for _, code in rows}) > 1
    names = ("id", "state", "assignee_id", "owner_id", "opens_at", "due_at", "called_off_by_plan", "kind")
    return {
        f"{row.occurrence} {code}" if several else str(row.occurrence): {n: getattr(row, n) for n in names}
        for row, code in rows
    }


def states(company: Company, plan: dict[str, Any]) -> dict[str, int]:
    """How many of its visits are in which state."""
    found: dict[str, int] = {}
    for visit in visits(company, plan).values():
        found[visit["state"]] = found.get(visit["state"], 0) + 1
    return found


def change_store(company: Company, store_id: Any, **changes: Any) -> None:
    """As head office changes a store."""
    version = company.admin.get(f"/stores/{store_id}")[1]["version"]
    status, answer = company.admin.call("PATCH", f"/stores/{store_id}", {"version": version} | changes)
    assert status == 200, answer


def settle(company: Company, plan: dict[str, Any], later: timedelta = timedelta()) -> int:
    """As the job process does, now or later; how many visits were touched."""
    with company.app.app_context():
        return materialise(datetime.now(UTC) + later, plan_ids=[uuid.UUID(plan["id"])]).total


def set_visit(company: Company, visit_id: Any, **changes: Any) -> None:
    """A visit as somebody, or time, left it."""

    def change() -> None:
        visit = db.session.get(Visit, visit_id)
        assert visit is not None
        for name, value in changes.items():
            setattr(visit, name, value)

    with company.app.app_context():
        in_transaction(change)


def pull(person: Person, cursor: str = "", limit: int = 200) -> tuple[list[str], list[str], str, int]:
    """The visits that a phone puts and removes, where it stands then, and the most visits of one page."""
    put: list[str] = []
    removed: list[str] = []
    most = 0
    while True:
        page = person.get(f"/sync/changes?limit={limit}" + (f"&cursor={cursor}" if cursor else ""))[1]
        mine = [item for item in page["items"] if item["type"] == "visit"]
        put += [item["id"] for item in mine if item["op"] == "put"]
        removed += [item["id"] for item in mine if item["op"] == "remove"]
        most = max(most, len(mine))
        cursor = page["next"]
        if not page["more"]:
            return put, removed, cursor, most
