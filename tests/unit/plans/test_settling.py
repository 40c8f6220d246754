"""What becomes of the visits that there are, when other ones are wanted."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.plans.dispatch import Wanted
from api.plans.settling import Held, brought_into_line, people_only
from tests.unit.plans.plan_makers import ANNA, BEN, CHECKLIST

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
KEY = "2026-11-26T09:00"
HOUR = timedelta(hours=1)


def matter(hours: float = 24, **changes: Any) -> dict[str, Any]:
    opens = NOW + hours * HOUR
    return {
        "checklist_id": CHECKLIST,
        "kind": "routine",
        "note": "",
        "opens_at": opens,
        "early_at": opens,
        "due_at": opens + 10 * HOUR,
        "missed_at": opens + 20 * HOUR,
        "assignee_id": ANNA,
        "owner_id": None,
    } | changes


def held(state: str = "scheduled", hours: float = 24, **changes: Any) -> Held:
    fields: dict[str, Any] = {
        "id": uuid.UUID(int=1),
        "store_id": uuid.UUID(int=2),
        "occurrence": KEY,
        "state": state,
        "called_off_by_plan": None,
        "assigned_by": None,
        "version": 1,
    }
    return Held(**fields | matter(hours) | changes)


def wanted(hours: float = 24, **changes: Any) -> Wanted:
    return Wanted(occurrence=KEY, **matter(hours) | changes)


OFF = {"state": "cancelled", "called_off_by_plan": True}
BACK = {"state": "scheduled", "called_off_by_plan": None}
CALLED_OFF = held("cancelled", called_off_by_plan=True)


@pytest.mark.parametrize(
    ("have", "ought", "changes"),
    [
        (held(), wanted(), None),
        (held(), None, OFF),
        (held(), wanted(kind="special", note="x"), {"kind": "special", "note": "x"}),
        (held(), wanted(assignee_id=BEN, owner_id=ANNA), {"assignee_id": BEN, "owner_id": ANNA}),
        (held(assigned_by=BEN), wanted(assignee_id=BEN), None),
        (held(assigned_by=BEN), wanted(assignee_id=BEN, note="x"), {"note": "x"}),
        (held(assigned_by=BEN), None, OFF),
        (CALLED_OFF, wanted(), BACK),
        (CALLED_OFF, wanted(note="x"), BACK | {"note": "x"}),
        (CALLED_OFF, None, None),
        # Whatever has passed stays as it is.
        (held(hours=-10), None, None),
        (held(hours=-10), wanted(), None),
        (held("cancelled", hours=-10, called_off_by_plan=True), wanted(hours=-10), None),
        (CALLED_OFF, wanted(hours=-10), None),
        (held(), wanted(due_at=NOW - HOUR), {"due_at": NOW - HOUR}),
        (held(hours=-9.5), None, OFF),
        # And whatever somebody did.
        (held("in_progress"), None, None),
        (held("submitted"), wanted(note="x"), None),
        (held("missed"), None, None),
        (held("excused"), wanted(note="x"), None),
        (held("cancelled"), wanted(), None),
    ],
)
def test_one_visit(have: Held, ought: Wanted | None, changes: dict[str, Any] | None) -> None:
    found = list(brought_into_line({KEY: have}, {KEY: ought} if ought else {}, NOW))
    assert found == ([(have, changes)] if changes else [])


@pytest.mark.parametrize(
    ("have", "ought", "changes"),
    [
        (held(), wanted(assignee_id=BEN, note="x"), {"assignee_id": BEN}),
        (held(), wanted(note="x"), None),
        (held(assigned_by=BEN), wanted(assignee_id=BEN), None),
        (CALLED_OFF, wanted(assignee_id=BEN), None),
        (held("in_progress"), wanted(assignee_id=BEN), None),
        (held(), None, None),
    ],
)
def test_people_alone(have: Held, ought: Wanted | None, changes: dict[str, Any] | None) -> None:
    found = list(people_only({KEY: have}, {KEY: ought} if ought else {}, NOW))
    assert found == ([(have, changes)] if changes else [])
