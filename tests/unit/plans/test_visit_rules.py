"""What may become of visits, when a report was finished, and who stands in for whom: by table."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from api.plans import lateness
from api.plans.absences_rules import days, left_alone, overlaps
from api.plans.dispatch import Away
from api.plans.lifecycle import ACTIONS, after, handed_in, is_late, is_overdue, is_upcoming

STATES = ("scheduled", "in_progress", "submitted", "missed", "excused", "cancelled")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
D = date.fromisoformat


def test_every_state_and_action() -> None:
    found = {(state, action): to for state in STATES for action in ACTIONS if (to := after(state, action))}
    assert found == {
        ("scheduled", "start"): "in_progress",
        ("scheduled", "cancel"): "cancelled",
        ("scheduled", "excuse"): "excused",
        ("scheduled", "reschedule"): "excused",
        ("scheduled", "reassign"): "scheduled",
        ("in_progress", "cancel"): "cancelled",
        ("in_progress", "reschedule"): "excused",
        ("in_progress", "reassign"): "scheduled",
        ("missed", "excuse"): "excused",
        ("missed", "reschedule"): "missed",
    }
    assert {after(state, action, settled=True) for state in STATES for action in ACTIONS} == {None}


@pytest.mark.parametrize(
    ("state", "begun", "to"),
    [
        ("scheduled", -1, "submitted"),
        ("in_progress", -1, "submitted"),
        ("missed", -1, "submitted"),
        ("scheduled", 0, "missed"),
        ("missed", 1, "missed"),
        ("excused", -1, "excused"),
        ("cancelled", 1, "cancelled"),
    ],
)
def test_the_state_once_a_report_has_come(state: str, begun: int, to: str) -> None:
    assert handed_in(state, NOON + begun * HOUR, NOON) == to


def test_late_overdue_and_upcoming() -> None:
    assert is_late("submitted", NOON + HOUR, NOON)
    assert not is_late("submitted", NOON, NOON)
    assert not is_late("submitted", None, NOON)
    assert not is_late("missed", NOON + HOUR, NOON)
    assert [s for s in STATES if is_overdue(s, NOON, NOON + HOUR)] == ["scheduled", "in_progress"]
    assert not is_overdue("scheduled", NOON, NOON)
    assert [s for s in STATES if is_upcoming(s, NOON, NOON - HOUR)] == ["scheduled"]
    assert not is_upcoming("scheduled", NOON, NOON)


@pytest.mark.parametrize(
    ("said", "arrived", "heard", "finished"),
    [
        (0, 0, None, 0),
        (0, 72, None, 0),  # three days without a network
        (0, 72, -5, 0),  # heard of before it was finished
        (0, 72, 10, 10),  # heard of afterwards: it was not finished yet
        (3, 0, None, 0),  # a clock that runs ahead
        (3, 0, -1, 0),
    ],
)
def test_when_a_report_was_finished(said: int, arrived: int, heard: int | None, finished: int) -> None:
    before = None if heard is None else NOON + heard * HOUR
    found = lateness.finished_at(NOON + said * HOUR, NOON + arrived * HOUR, before)
    assert found == NOON + finished * HOUR


def test_what_belongs_to_the_run_of_sending() -> None:
    assert lateness.run_began(NOON) == NOON - HOUR


A, B, C, E, F = (uuid.UUID(int=n) for n in range(1, 6))


def away(first: str, last: str, deputy: uuid.UUID = B) -> Away:
    return Away(D(f"2026-11-{first}"), D(f"2026-11-{last}"), deputy)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [("01", "09", False), ("01", "10", True), ("12", "13", True), ("09", "21", True), ("20", "25", True)]
    + [("21", "25", False)],
)
def test_overlaps(first: str, last: str, found: bool) -> None:
    assert overlaps(D(f"2026-11-{first}"), D(f"2026-11-{last}"), [away("10", "20")]) is found


def test_days() -> None:
    assert list(days(D("2026-11-30"), D("2026-12-01"))) == [D("2026-11-30"), D("2026-12-01")]


@pytest.mark.parametrize(
    ("before", "new", "alone"),
    [
        ({}, (A, away("10", "12")), None),
        ({B: [away("12", "14", C)]}, (A, away("10", "12")), None),
        ({B: [away("12", "14", A)]}, (A, away("10", "12")), "12"),
        ({B: [away("12", "14", A)]}, (A, away("10", "11")), None),
        ({B: [away("10", "12", C)], C: [away("10", "12", E)]}, (A, away("10", "12")), None),
        (
            {B: [away("10", "12", C)], C: [away("11", "12", E)], E: [away("12", "14", F)]},
            (A, away("10", "12")),
            "12",
        ),
        (
            {A: [away("10", "12")], B: [away("10", "12", C)], C: [away("10", "12", E)]},
            (E, away("12", "12", F)),
            "12",
        ),
        ({C: [away("10", "12", E)], E: [away("10", "12", C)]}, (A, away("10", "12")), None),
    ],
)
def test_nobody_is_left_alone(
    before: dict[uuid.UUID, list[Away]], new: tuple[uuid.UUID, Away], alone: str | None
) -> None:
    who, absence = new
    after_it = before | {who: [*before.get(who, []), absence]}
    found = left_alone(absence.first, absence.last, before, after_it)
    assert found == (D(f"2026-11-{alone}") if alone else None)
