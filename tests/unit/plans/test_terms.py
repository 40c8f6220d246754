"""Terms of plans, read and judged, by table."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from api.plans.terms import AssigneeRule, Override, faults_in, read, read_override

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


def terms(**changes: Any) -> dict[str, Any]:
    lists = ("region_ids", "types", "tags", "levels", "store_ids", "except_ids")
    return {
        "selection": {name: [] for name in lists},
        "assignee": {"rule": "store_supervisor"},
        "rrule": "FREQ=WEEKLY;BYDAY=MO",
        "starts_on": "2026-11-30",
        "times": ["09:00"],
        "window_minutes": 780,
        "late_minutes": 1440,
        "early_minutes": 30,
        "closed": {"weekdays": ["SA", "SU"], "dates": ["2027-01-01"]},
        "kind": "routine",
        "note": "",
    } | changes


EVERY_DAY = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"starts_on": date(2026, 11, 30)}, []),
        ({"rrule": "FREQ=DAILY;COUNT=1"}, []),
        ({"rrule": "FREQ=SECONDLY"}, [("/rrule", "bad_rule")]),
        ({"rrule": "FREQ=DAILY;UNTIL=20200101"}, [("/rrule", "never_happens")]),
        ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"}, [("/rrule", "bad_rule")]),
        ({"closed": {"weekdays": EVERY_DAY, "dates": []}}, [("/closed", "always_closed")]),
        ({"closed": {"weekdays": ["MO"], "dates": []}}, [("/closed", "always_closed")]),
        ({"closed": {"weekdays": ["TU"], "dates": []}}, []),
        (
            {"rrule": "FREQ=DAILY;COUNT=1", "closed": {"weekdays": [], "dates": ["2026-11-30"]}},
            [("/closed", "always_closed")],
        ),
        ({"rrule": "FREQ=DAILY;COUNT=2", "closed": {"weekdays": [], "dates": ["2026-11-30"]}}, []),
        ({"times": ["09:00", "18:00"]}, []),
        ({"times": ["09:00", "09:00"]}, [("/times", "twice")]),
        ({"assignee": {"rule": "role"}}, [("/assignee/role", "required")]),
        ({"assignee": {"rule": "role", "role": "supervisor"}}, []),
        ({"assignee": {"rule": "person"}}, [("/assignee/user_id", "required")]),
        ({"assignee": {"rule": "rotation", "user_ids": []}}, [("/assignee/user_ids", "required")]),
        ({"assignee": {"rule": "cross"}}, []),
        (
            {"rrule": "x", "times": ["09:00", "09:00"], "assignee": {"rule": "person"}},
            [("/rrule", "bad_rule"), ("/times", "twice"), ("/assignee/user_id", "required")],
        ),
    ],
)
def test_every_fault_of_terms_is_told(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert [(fault.pointer, fault.code) for fault in faults_in(terms(**changes))] == found


def test_terms_are_read_whether_stored_or_loaded() -> None:
    stored = read(terms())
    loaded = read(
        terms(starts_on=date(2026, 11, 30), closed={"weekdays": ["SA", "SU"], "dates": [date(2027, 1, 1)]})
    )
    assert stored == loaded
    assert (stored.rule.times, stored.rule.window) == ((time(9),), timedelta(hours=13))
    assert (stored.rule.late, stored.early) == (timedelta(days=1), timedelta(minutes=30))
    assert read(terms(late_minutes=None)).rule.late is None


@pytest.mark.parametrize(
    ("day", "closed"),
    [("2026-12-04", False), ("2026-12-05", True), ("2026-12-06", True), ("2027-01-01", True)],
)
def test_days_of_rest(day: str, closed: bool) -> None:
    assert read(terms()).is_closed(date.fromisoformat(day)) is closed


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"rule": "person", "user_id": str(ONE)}, AssigneeRule("person", "", (ONE,))),
        ({"rule": "rotation", "user_ids": [ONE, str(TWO)]}, AssigneeRule("rotation", "", (ONE, TWO))),
        ({"rule": "role", "role": "supervisor"}, AssigneeRule("role", "supervisor")),
        (
            {"rule": "person", "user_id": str(ONE), "user_ids": [str(TWO)], "role": "supervisor"},
            AssigneeRule("person", "", (ONE,)),
        ),
        ({"rule": "store_supervisor", "user_id": str(ONE)}, AssigneeRule("store_supervisor")),
    ],
)
def test_rules_for_people(given: dict[str, Any], rule: AssigneeRule) -> None:
    assert read(terms(assignee=given)).assignee == rule


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (None, Override()),
        ({}, Override()),
        ({"excluded": True}, Override(excluded=True)),
        ({"times": ["20:00"]}, Override(times=(time(20),))),
        ({"times": [], "window_minutes": 0}, Override()),
        ({"window_minutes": 90}, Override(window=timedelta(minutes=90))),
        (
            {"assignee": {"rule": "person", "user_id": str(ONE)}},
            Override(assignee=AssigneeRule("person", "", (ONE,))),
        ),
        ({"made_at": "2026-11-25T01:00:00+00:00"}, Override(made_at=datetime(2026, 11, 25, 1, tzinfo=UTC))),
    ],
)
def test_what_is_different_in_a_store(given: Any, found: Override) -> None:
    assert read_override(given) == found


def test_a_selection_knows_ids_and_words() -> None:
    lists = {"region_ids": [str(ONE)], "types": ["tea"], "tags": ["hot"], "levels": ["A"]}
    chosen = read(terms(selection=lists | {"store_ids": [], "except_ids": [TWO]})).selection
    assert (chosen.region_ids, chosen.types, chosen.except_ids) == ((ONE,), ("tea",), (TWO,))
