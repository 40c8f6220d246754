"""Quiet hours and the hour of the digest, by the clock on the wall: over midnight, and when it is put on or back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.notifications.choices import DIGEST, NOW, OFF, Choices, chosen
from api.notifications.quiet import after_quiet, at_wall_clock, last_digest

NIGHT = ("22:00", "08:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "hours", "expected"),
    [
        ("2026-11-25T13:59", "Asia/Shanghai", NIGHT, "2026-11-25T13:59"),  # 21:59
        ("2026-11-25T14:00", "Asia/Shanghai", NIGHT, "2026-11-26T00:00"),  # 22:00, until 08:00
        ("2026-11-25T23:59", "Asia/Shanghai", NIGHT, "2026-11-26T00:00"),  # 07:59
        ("2026-11-26T00:00", "Asia/Shanghai", NIGHT, "2026-11-26T00:00"),  # 08:00 itself
        ("2026-11-25T05:00", "Asia/Shanghai", ("12:00", "14:00"), "2026-11-25T06:00"),  # by day
        ("2026-11-25T06:00", "Asia/Shanghai", ("12:00", "14:00"), "2026-11-25T06:00"),
        ("2026-11-25T14:00", "Asia/Shanghai", None, "2026-11-25T14:00"),
        ("2026-11-25T14:00", "Asia/Shanghai", ("08:00", "08:00"), "2026-11-25T14:00"),
        ("2026-11-25T03:30", "America/New_York", NIGHT, "2026-11-25T13:00"),  # 22:30 of the day before
        ("2026-11-25T18:20", "Asia/Kolkata", NIGHT, "2026-11-26T02:30"),  # half an hour's zone
        ("2026-03-08T04:00", "America/New_York", NIGHT, "2026-03-08T12:00"),  # a night of an hour less
        ("2026-11-01T03:00", "America/New_York", NIGHT, "2026-11-01T13:00"),  # a night of an hour more
        ("2026-03-08T06:30", "America/New_York", ("22:00", "02:30"), "2026-03-08T07:30"),  # 02:30 is left out
        ("2026-11-01T06:10", "America/New_York", ("22:00", "01:30"), "2026-11-01T06:30"),  # the second 01:10
    ],
)
def test_after_quiet_hours(at: str, zone: str, hours: tuple[str, str] | None, expected: str) -> None:
    assert after_quiet(utc(at), zone, hours) == utc(expected)


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe"]
)
def test_it_is_never_quiet_afterwards_and_never_earlier(zone: str) -> None:
    at = utc("2026-01-01T00:00")
    while at < utc("2026-12-31T00:00"):
        then = after_quiet(at, zone, NIGHT)
        assert at <= then <= at + timedelta(hours=11)
        assert after_quiet(then, zone, NIGHT) == then
        at += timedelta(minutes=97)


@pytest.mark.parametrize(
    ("now", "zone", "clock", "day", "moment"),
    [
        ("2026-11-25T00:00", "Asia/Shanghai", "08:00", "2026-11-25", "2026-11-25T00:00"),
        ("2026-11-24T23:59", "Asia/Shanghai", "08:00", "2026-11-24", "2026-11-24T00:00"),
        ("2026-11-25T12:30", "America/New_York", "08:00", "2026-11-24", "2026-11-24T13:00"),
        ("2026-03-08T12:00", "America/New_York", "08:00", "2026-03-08", "2026-03-08T12:00"),
        ("2026-03-08T12:00", "America/New_York", "02:30", "2026-03-08", "2026-03-08T07:30"),
    ],
)
def test_the_newest_digest(now: str, zone: str, clock: str, day: str, moment: str) -> None:
    assert last_digest(utc(now), zone, clock) == (date.fromisoformat(day), utc(moment))


def test_every_day_has_one_digest() -> None:
    days = {
        last_digest(utc("2026-01-01T00:00") + timedelta(minutes=31 * n), "Europe/London", "01:30")[0]
        for n in range(16_000)
    }
    first = min(days)
    assert days == {first + timedelta(days=n) for n in range(len(days))}
    assert len({at_wall_clock(day, "01:30", "Europe/London") for day in days}) == len(days)


def of(stored: dict[str, object]) -> Choices:
    return chosen(stored, zone="Asia/Shanghai", company_quiet=NIGHT, email=None, locale="zh")


def test_what_is_chosen_goes_before_the_companys_and_the_products() -> None:
    plain = of({})
    assert (plain.zone, plain.quiet, plain.digest_at) == ("Asia/Shanghai", NIGHT, "08:00")
    own = of(
        {"timezone": "UTC", "quiet": {"from": "23:00", "to": "06:00"}, "groups": {"work": {"push": OFF}}}
    )
    assert (own.zone, own.quiet) == ("UTC", ("23:00", "06:00"))
    assert own.groups["work"] == {"push": OFF, "email": DIGEST}
    assert of({"quiet": {"from": "00:00", "to": "00:00"}}).quiet is None


@pytest.mark.parametrize(
    ("group", "channel", "urgent", "pace"),
    [
        ("work", "push", False, NOW),
        ("review", "push", False, DIGEST),
        ("review", "push", True, NOW),
        ("answers", "email", True, OFF),
        ("answers", "email", False, OFF),
    ],
)
def test_the_urgent_waits_for_no_digest_and_off_is_off(
    group: str, channel: str, urgent: bool, pace: str
) -> None:
    assert of({}).pace(group, channel, urgent=urgent) == pace


def test_redlines_ring_at_night() -> None:
    night = utc("2026-11-25T16:00")
    assert of({}).ring_at(night, redline=True) == night
    assert of({}).ring_at(night, redline=False) == utc("2026-11-26T00:00")
