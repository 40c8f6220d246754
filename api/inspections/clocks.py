"""Can the phone's times be believed?

A phone's clock may be wrong, or be moved to make a late visit look like one in time. Told are times that
cannot be, a clock that was off when the phone last spoke with the server, and a clock that was changed on the
way: the time that passed by the phone's counter, which nobody can move, is longer than what its clock says.
The counter may stand still while a phone sleeps, so a shorter time proves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.inspections.signals import Signal

SLACK = timedelta(minutes=5)


@dataclass(frozen=True)
class Contact:
    """What both clocks showed when the phone last heard of the server before it finished."""

    server_at: datetime
    device_at: datetime


@dataclass(frozen=True)
class Times:
    """The phone's times of a visit, when the report came, and what may be believed (plans/lateness.py).

    `answered` are the first and last times of each answer; `elapsed` is by the phone's counter.
    """

    started_at: datetime
    submitted_at: datetime
    received_at: datetime
    finished_at: datetime
    answered: Sequence[tuple[datetime, datetime]] = ()
    elapsed: timedelta | None = None
    contact: Contact | None = None
    due_at: datetime | None = None


def of_clock(times: Times) -> list[Signal]:
    """`clock_wrong` for a clock that cannot be right, `clock_changed` for one that was moved."""
    wrong, changed = _wrong(times), _changed(times)
    found = [Signal("clock_wrong", wrong)] if wrong else []
    return [*found, Signal("clock_changed", changed)] if changed else found


def _wrong(times: Times) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if times.submitted_at < times.started_at:
        facts["backwards_seconds"] = _seconds(times.started_at - times.submitted_at)
    if times.submitted_at > times.received_at + SLACK:
        facts["ahead_seconds"] = _seconds(times.submitted_at - times.received_at)
    if times.contact is not None:
        off = times.contact.device_at - times.contact.server_at
        if abs(off) > SLACK:
            facts["off_seconds"] = _seconds(off)
    return facts


def _changed(times: Times) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    passed = times.submitted_at - times.started_at
    if times.elapsed is not None and times.elapsed > passed + SLACK:
        facts |= {"counted_seconds": _seconds(times.elapsed), "clock_seconds": _seconds(passed)}
    outside = sum(
        first < times.started_at - SLACK or last > times.submitted_at + SLACK or last < first - SLACK
        for first, last in times.answered
    )
    if outside:
        facts["answers_outside"] = outside
    if times.due_at is not None and times.submitted_at <= times.due_at < times.finished_at - SLACK:
        facts["heard_at"] = times.finished_at
    return facts


def _seconds(time: timedelta) -> int:
    return round(time.total_seconds())


def milliseconds(number: int) -> timedelta:
    """What the phone's counter counted."""
    return timedelta(milliseconds=number)
