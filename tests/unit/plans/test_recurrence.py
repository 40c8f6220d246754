import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.plans.recurrence import BadRule, Rule, days, never_happens, occurrences, parse, to_utc
from tests.unit.plans import oracle

D = date.fromisoformat


def listed(rule: str, starts: str, first: str, last: str) -> list[str]:
    return [d.isoformat() for d in days(rule, D(starts), D(first), D(last))]


@pytest.mark.parametrize(
    ("rule", "starts", "first", "last", "expected"),
    [
        ("FREQ=DAILY", "2026-11-25", "2026-11-26", "2026-11-28", ["2026-11-26", "2026-11-27", "2026-11-28"]),
        ("FREQ=DAILY;INTERVAL=3", "2026-11-25", "2026-11-25", "2026-12-01", ["2026-11-25", "2026-11-28", "2026-12-01"]),
        ("FREQ=DAILY;COUNT=2", "2026-11-25", "2026-11-26", "2026-12-30", ["2026-11-26"]),
        ("FREQ=DAILY;UNTIL=20261126", "2026-11-25", "2026-11-25", "2026-12-30", ["2026-11-25", "2026-11-26"]),
        ("FREQ=DAILY;BYDAY=SA,SU", "2026-11-25", "2026-11-25", "2026-11-30", ["2026-11-28", "2026-11-29"]),
        ("FREQ=DAILY;BYMONTH=2", "2026-01-30", "2026-01-01", "2026-02-02", ["2026-02-01", "2026-02-02"]),
        ("FREQ=WEEKLY", "2026-11-25", "2026-11-25", "2026-12-09", ["2026-11-25", "2026-12-02", "2026-12-09"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-25", "2026-11-25", "2026-12-03", ["2026-11-26", "2026-11-30", "2026-12-03"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-25", "2026-11-25", "2026-12-31", ["2026-12-07", "2026-12-21"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "2026-11-29", "2026-11-29", "2026-12-15", ["2026-11-29", "2026-11-30", "2026-12-13", "2026-12-14"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", "2026-11-29", "2026-11-29", "2026-12-15", ["2026-11-29", "2026-12-07", "2026-12-13"]),
        ("FREQ=MONTHLY", "2026-01-31", "2026-01-31", "2026-05-31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", "2026-01-31", "2026-04-30", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-31", "2028-02-01", "2028-02-29", ["2028-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2026-01-30", "2026-02-01", "2026-04-30", ["2026-03-30", "2026-04-30"]),
        ("FREQ=MONTHLY;BYDAY=1MO", "2026-11-01", "2026-11-01", "2026-12-31", ["2026-11-02", "2026-12-07"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01", "2026-11-01", "2026-12-31", ["2026-11-27", "2026-12-25"]),
        ("FREQ=MONTHLY;BYDAY=5TU", "2026-11-01", "2026-11-01", "2026-12-31", ["2026-12-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-01", "2026-10-01", "2026-11-30", ["2026-10-30", "2026-11-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,2", "2026-11-01", "2026-11-01", "2026-11-30", ["2026-11-02", "2026-11-03"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", "2026-01-15", "2026-02-01", "2026-10-31", ["2026-04-15", "2026-07-15", "2026-10-15"]),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2026-01-01", "2026-01-01", "2026-12-31", ["2026-02-13", "2026-03-13", "2026-11-13"]),
        ("FREQ=YEARLY", "2024-02-29", "2024-02-29", "2032-12-31", ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2026-01-01", "2026-01-01", "2028-12-31", ["2026-02-28", "2027-02-28", "2028-02-29"]),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "2026-01-01", "2026-01-01", "2027-12-31", ["2026-05-10", "2027-05-09"]),
        ("FREQ=YEARLY;BYYEARDAY=-1,100", "2027-01-01", "2027-01-01", "2028-12-31", ["2027-04-10", "2027-12-31", "2028-04-09", "2028-12-31"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2026-01-01", "2026-01-01", "2032-12-31", ["2026-12-28", "2032-12-27"]),
        ("RRULE:freq=daily;count=1", "2026-11-25", "2026-11-25", "2026-11-30", ["2026-11-25"]),
        ("FREQ=DAILY", "2026-11-25", "2026-11-01", "2026-11-24", []),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-11-25", "2026-12-10", "2026-12-31", ["2026-12-14"]),
    ],
)  # fmt: skip
def test_days(rule: str, starts: str, first: str, last: str, expected: list[str]) -> None:
    assert listed(rule, starts, first, last) == expected


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        # Forward: the hour after two does not exist, the first valid minute is three.
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59"),
        ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"),
        # Back: the hour after two comes twice, the first one counts.
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00"),
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        ("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:00"),
        # Clocks that jump at midnight: the day begins at one.
        ("Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00"),
        ("America/Santiago", "2026-09-06T00:30", "2026-09-06T04:00"),
        # A whole day was left out.
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00"),
        ("Asia/Shanghai", "2026-11-25T09:00", "2026-11-25T01:00"),
        ("America/Chicago", "2026-03-08T02:59", "2026-03-08T08:00"),
    ],
)
def test_times_on_the_wall(zone: str, local: str, utc: str) -> None:
    moment = to_utc(datetime.fromisoformat(local), ZoneInfo(zone))
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def rule(
    text: str, at: str = "09:00", window: int = 8, late: int | None = None, starts: str = "2026-01-01"
) -> Rule:
    times = tuple(time.fromisoformat(t) for t in at.split(","))
    return Rule(
        text, D(starts), times, timedelta(hours=window), None if late is None else timedelta(hours=late)
    )


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("made", "first", "last", "expected"),
    [
        # Late is not allowed: missed when due.
        (rule("FREQ=DAILY"), "2026-11-25", "2026-11-25", [("2026-11-25T09:00", "08:00", "16:00", "16:00")]),
        # Late until its hours are used up ...
        (rule("FREQ=DAILY", late=2), "2026-11-25", "2026-11-25", [("2026-11-25T09:00", "08:00", "16:00", "18:00")]),
        # ... or until the next one opens, whichever is earlier.
        (rule("FREQ=DAILY", late=48), "2026-11-25", "2026-11-25", [("2026-11-25T09:00", "08:00", "16:00", "08:00")]),
        (rule("FREQ=DAILY;COUNT=1", late=48, starts="2026-11-25"), "2026-11-25", "2026-11-25", [("2026-11-25T09:00", "08:00", "16:00", "16:00")]),
        # Windows that overlap: never missed before due.
        (rule("FREQ=DAILY", window=30, late=5), "2026-11-25", "2026-11-25", [("2026-11-25T09:00", "08:00", "14:00", "14:00")]),
        # Twice a day, whatever the order they were written in.
        (rule("FREQ=DAILY", "18:00,09:00", 2, 24), "2026-11-25", "2026-11-25", [("2026-11-25T09:00", "08:00", "10:00", "17:00"), ("2026-11-25T18:00", "17:00", "19:00", "08:00")]),
        # Eight hours on the wall are seven on the night clocks go forward.
        (rule("FREQ=DAILY", "00:00"), "2026-03-29", "2026-03-29", [("2026-03-29T00:00", "23:00", "06:00", "06:00")]),
        (rule("FREQ=DAILY", "00:00"), "2026-10-25", "2026-10-25", [("2026-10-25T00:00", "22:00", "07:00", "07:00")]),
        # The name of a visit is the time that was meant, even when it does not exist.
        (rule("FREQ=DAILY", "02:30", 1), "2026-03-29", "2026-03-29", [("2026-03-29T02:30", "01:00", "01:30", "01:30")]),
    ],
)  # fmt: skip
def test_moments(made: Rule, first: str, last: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = occurrences(made, BERLIN, D(first), D(last))
    assert [(o.key, *(f"{m:%H:%M}" for m in (o.opens_at, o.due_at, o.missed_at))) for o in found] == expected


def test_closed_days_have_none_and_do_not_end_lateness() -> None:
    closed = {D("2026-11-26"), D("2026-11-27")}
    found = occurrences(
        rule("FREQ=DAILY", late=100), BERLIN, D("2026-11-25"), D("2026-11-28"), closed.__contains__
    )
    assert [o.key for o in found] == ["2026-11-25T09:00", "2026-11-28T09:00"]
    assert found[0].missed_at == found[1].opens_at


def test_a_window_that_the_clock_change_swallows_still_has_a_minute() -> None:
    (found,) = occurrences(
        Rule("FREQ=DAILY", D("2026-03-29"), (time(2, 5),), timedelta(minutes=20), None), BERLIN, D("2026-03-29"), D("2026-03-29")
    )  # fmt: skip
    assert found.due_at - found.opens_at == timedelta(minutes=1)


@pytest.mark.parametrize(
    "text",
    [
        "", "FREQ=HOURLY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=1;UNTIL=20270101", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYWEEKNO=3;BYDAY=MO", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=DAILY;BYYEARDAY=3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31", "FREQ=DAILY;BYHOUR=3", "FREQ=DAILY;WKST=1MO",
        "FREQ=DAILY;INTERVAL=1e3", "FREQ=DAILY;INTERVAL=٣", "FREQ=DAILY;BYSETPOS=1;BYDAY=MO", "FREQ=DAILY;X",
    ],
)  # fmt: skip
def test_bad_rules_are_told(text: str) -> None:
    with pytest.raises(BadRule):
        parse(text)


def test_a_rule_that_never_happens() -> None:
    assert never_happens("FREQ=DAILY;INTERVAL=7;BYDAY=MO", D("2026-11-25"))
    assert not never_happens("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", D("2026-11-25"))


def a_rule(dice: random.Random) -> str:
    frequency = dice.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={frequency}"]
    if dice.random() < 0.5:
        parts.append(f"INTERVAL={dice.randint(1, 5)}")
    if dice.random() < 0.3:
        parts.append(
            "BYMONTH=" + ",".join(str(m) for m in sorted(dice.sample(range(1, 13), dice.randint(1, 4))))
        )
    by_month_day = frequency != "WEEKLY" and dice.random() < 0.4
    if by_month_day:
        parts.append(f"BYMONTHDAY={dice.choice([1, 13, 15, 28, -1, -3])}")
    by_day = dice.random() < 0.4 or (frequency == "WEEKLY" and dice.random() < 0.5)
    if by_day:
        numbered = frequency in ("MONTHLY", "YEARLY") and not by_month_day and dice.random() < 0.5
        names = dice.sample(oracle.NAMES, dice.randint(1, 4))
        parts.append(
            "BYDAY=" + ",".join((dice.choice(["1", "2", "-1"]) if numbered else "") + n for n in names)
        )
    if frequency == "MONTHLY" and by_day and dice.random() < 0.4:
        parts.append(f"BYSETPOS={dice.choice([1, 2, -1])}")
    if frequency == "WEEKLY" and dice.random() < 0.5:
        parts.append(f"WKST={dice.choice(oracle.NAMES)}")
    ending = dice.random()
    if ending < 0.2:
        parts.append(f"COUNT={dice.randint(1, 12)}")
    elif ending < 0.4:
        parts.append(f"UNTIL=2027{dice.randint(1, 12):02}15")
    return ";".join(parts)


@pytest.mark.parametrize("seed", range(500))
def test_generated_rules_equal_the_oracle(seed: int) -> None:
    dice = random.Random(seed)
    text, starts = a_rule(dice), D("2026-01-01") + timedelta(days=dice.randint(0, 400))
    last = starts + timedelta(days=800)
    assert list(days(text, starts, starts, last)) == oracle.days(text, starts, last), text


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Shanghai",
)


@pytest.mark.parametrize("zone", ZONES)
def test_clock_changes_equal_the_oracle(zone: str) -> None:
    place = ZoneInfo(zone)
    changes = [
        day
        for day in (D("2026-01-01") + timedelta(days=n) for n in range(365))
        if datetime.combine(day, time(), place).utcoffset() != datetime.combine(day + timedelta(1), time(), place).utcoffset()
    ]  # fmt: skip
    assert bool(changes) == (zone != "Asia/Shanghai")
    for day in changes or [D("2026-06-01")]:
        for minutes in range(0, 1440, 47):
            local = datetime.combine(day, time()) + timedelta(minutes=minutes)
            assert to_utc(local, place) == oracle.to_utc(local, place), local
