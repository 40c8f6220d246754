"""Short ways to write plans down."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from api.plans.dispatch import Period, Revision, periods
from api.plans.recurrence import Rule
from api.plans.terms import AssigneeRule, Selection, Terms
from api.plans.who import StoreRow

ANNA, BEN, CARL, DORA, EVE = (uuid.UUID(int=n) for n in range(1, 6))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CHECKLIST = uuid.UUID(int=99)
SUPERVISOR = AssigneeRule("store_supervisor")


def some_terms(
    rrule: str = "FREQ=DAILY",
    starts_on: str = "2026-11-02",
    times: tuple[str, ...] = ("09:00",),
    hours: float = 10,
    assignee: AssigneeRule = SUPERVISOR,
    closed_weekdays: tuple[int, ...] = (),
    closed_dates: tuple[str, ...] = (),
    store_ids: tuple[uuid.UUID, ...] = (),
) -> Terms:
    rule = Rule(
        rrule,
        date.fromisoformat(starts_on),
        tuple(time.fromisoformat(at) for at in times),
        timedelta(hours=hours),
        None,
    )
    return Terms(
        selection=Selection(store_ids=store_ids),
        assignee=assignee,
        rule=rule,
        early=timedelta(),
        closed_weekdays=frozenset(closed_weekdays),
        closed_dates=frozenset(map(date.fromisoformat, closed_dates)),
        kind="routine",
        note="",
    )


def revision(number: int, day: str, terms: Terms | None, made_at: datetime = LONG_AGO) -> Revision:
    return Revision(number, date.fromisoformat(day), CHECKLIST, terms, made_at)


def timeline(*revisions: Revision) -> list[Period]:
    return periods(revisions)


def a_store(number: int = 1, **changes: Any) -> StoreRow:
    fields: dict[str, Any] = {
        "id": uuid.UUID(int=1000 + number),
        "code": f"S{number:03}",
        "region_id": uuid.UUID(int=500),
        "timezone": "Asia/Shanghai",
        "supervisor_id": ANNA,
        "closed_dates": frozenset(),
    }
    return StoreRow(**fields | changes)
