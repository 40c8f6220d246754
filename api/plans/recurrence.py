"""When is a store's visit due?

A plan says on which days (an RFC 5545 rule), at which times of the day, and for how long. All of that is
meant by the clock on the store's wall, so it is worked out in the store's own time and only then turned
into moments of the world. On the night when clocks jump forward, a time that does not exist becomes the
first minute that does; on the night when they go back, a time that exists twice is the first of the two.
Days on which the store is closed have no visit. Domain rules 5.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule as rr

FREQUENCIES: dict[str, Any] = {
    "DAILY": rr.DAILY,
    "WEEKLY": rr.WEEKLY,
    "MONTHLY": rr.MONTHLY,
    "YEARLY": rr.YEARLY,
}
WEEKDAYS = {"MO": rr.MO, "TU": rr.TU, "WE": rr.WE, "TH": rr.TH, "FR": rr.FR, "SA": rr.SA, "SU": rr.SU}
MAX_INTERVAL, MAX_COUNT, LOOK_AHEAD_DAYS = 999, 10_000, 3_660
_LISTS = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYSETPOS": (1, 366, True),
}
_ONLY_WITH = {
    "BYSETPOS": ("WEEKLY", "MONTHLY", "YEARLY"),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
}
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_LISTS}
_MINUTE = timedelta(minutes=1)


class BadRule(ValueError):
    """The rule cannot be read; the text says what is wrong with it."""


@dataclass(frozen=True)
class Rule:
    """Days by an RFC 5545 rule from `starts_on`, opening at each of `times`, open for `window`.

    `late` is how long after the due time a visit may still be done, or None when it may not.
    """

    rrule: str
    starts_on: date
    times: tuple[time, ...]
    window: timedelta
    late: timedelta | None


@dataclass(frozen=True)
class Occurrence:
    """One due visit: its name (the local opening, which never changes) and its moments in UTC."""

    local: datetime
    opens_at: datetime
    due_at: datetime
    missed_at: datetime

    @property
    def key(self) -> str:
        """What makes it one of a kind for its plan and store, such as 2026-11-25T09:00."""
        return self.local.isoformat(timespec="minutes")


def parse(text: str) -> dict[str, str]:
    """The parts of a rule, checked. Raises BadRule."""
    body = text.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for piece in filter(None, body.split(";")):
        name, _, value = piece.partition("=")
        if name not in _PARTS or not value:
            raise BadRule(f"{piece} is not understood here.")
        if name in parts:
            raise BadRule(f"{name} is given twice.")
        parts[name] = value
    if parts.get("FREQ") not in FREQUENCIES:
        raise BadRule("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY.")
    _fit_together(parts)
    _arguments(parts)
    return parts


def _fit_together(parts: dict[str, str]) -> None:
    """RFC 5545, section 3.3.10: which parts go with which frequency."""
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule("COUNT and UNTIL exclude each other.")
    if "BYSETPOS" in parts and not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"}:
        raise BadRule("BYSETPOS needs another BY… part.")
    for name, frequencies in _ONLY_WITH.items():
        if name in parts and parts["FREQ"] not in frequencies:
            raise BadRule(f"{name} does not go with {parts['FREQ']}.")


def _arguments(parts: dict[str, str]) -> dict[str, Any]:
    """What dateutil is given; COUNT and UNTIL are counted by ourselves."""
    found: dict[str, Any] = {"interval": _whole("INTERVAL", parts.get("INTERVAL", "1"), 1, MAX_INTERVAL)}
    if "COUNT" in parts:
        _whole("COUNT", parts["COUNT"], 1, MAX_COUNT)
    if "UNTIL" in parts:
        _until(parts["UNTIL"])
    if "WKST" in parts:
        found["wkst"] = _weekday(parts["WKST"], parts["FREQ"], plain=True)
    if "BYDAY" in parts:
        found["byweekday"] = [_weekday(day, parts["FREQ"]) for day in parts["BYDAY"].split(",")]
    for name, (low, high, signed) in _LISTS.items():
        if name in parts:
            found[name.lower()] = [_whole(name, n, low, high, signed) for n in parts[name].split(",")]
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        _refuse_impossible_days(found["bymonth"], found["bymonthday"])
    return found


def _refuse_impossible_days(months: Any, days_of_month: Any) -> None:
    """30 February never comes; looking for it day by day would take seconds."""
    longest = max(31 if m in (1, 3, 5, 7, 8, 10, 12) else 29 if m == 2 else 30 for m in months)
    if all(abs(day) > longest for day in days_of_month):
        raise BadRule("There is no such day in these months.")


def _whole(name: str, text: str, low: int, high: int, signed: bool = False) -> int:
    digits = text[1:] if text[:1] in "+-" and signed else text
    if not digits.isascii() or not digits.isdecimal() or not low <= int(digits) <= high:
        raise BadRule(f"{name}={text} is out of range.")
    return int(text)


def _until(text: str) -> date:
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise BadRule(f"UNTIL={text} is no day such as 20261231.") from None


def _weekday(text: str, frequency: str, plain: bool = False) -> rr.weekday:
    day, number = text[-2:], text[:-2]
    if day not in WEEKDAYS or (plain and number):
        raise BadRule(f"{text} is no weekday.")
    if not number:
        return WEEKDAYS[day]
    if frequency not in ("MONTHLY", "YEARLY"):
        raise BadRule(f"{text}: numbered weekdays go with MONTHLY and YEARLY.")
    return WEEKDAYS[day](_whole("BYDAY", number, 1, 53, signed=True))


def days(text: str, starts_on: date, first: date, last: date) -> Iterator[date]:
    """The days of the rule from `first` to `last`, both included. Raises BadRule."""
    parts = parse(text)
    if "UNTIL" in parts:
        last = min(last, _until(parts["UNTIL"]))
    if last < max(first, starts_on):
        return
    made = rr.rrule(
        FREQUENCIES[parts["FREQ"]],
        dtstart=datetime.combine(starts_on, time()),
        until=datetime.combine(last, time()),
        **_arguments(parts),
    )
    counted = islice(made, int(parts["COUNT"])) if "COUNT" in parts else iter(made)
    yield from (moment.date() for moment in counted if moment.date() >= first)


def never_happens(text: str, starts_on: date) -> bool:
    """True when the rule gives no day within ten years of its start."""
    return next(days(text, starts_on, starts_on, starts_on + timedelta(days=LOOK_AHEAD_DAYS)), None) is None


def openings(
    rule: Rule, first: date, last: date, is_closed: Callable[[date], bool] = lambda _day: False
) -> Iterator[datetime]:
    """Local times at which visits open, in order; the days from `first` to `last` that are not closed."""
    for day in days(rule.rrule, rule.starts_on, first, last):
        if not is_closed(day):
            yield from (datetime.combine(day, at) for at in sorted(set(rule.times)))


def occurrences(
    rule: Rule,
    zone: ZoneInfo,
    first: date,
    last: date,
    is_closed: Callable[[date], bool] = lambda _day: False,
) -> list[Occurrence]:
    """The due visits whose local day lies from `first` to `last`, in order.

    A visit that may be late stays open until its lateness is used up or the next one opens.
    """
    # The next opening may lie beyond the last day; as far as lateness reaches is far enough.
    reach = (rule.window + rule.late).days + 2 if rule.late is not None else 0
    local = list(openings(rule, first, last + timedelta(days=reach), is_closed))
    opened = [to_utc(moment, zone) for moment in local]
    return [
        _occurrence(rule, zone, moment, opened, i) for i, moment in enumerate(local) if moment.date() <= last
    ]


def _occurrence(
    rule: Rule, zone: ZoneInfo, local: datetime, opened: Sequence[datetime], place: int
) -> Occurrence:
    opens_at = opened[place]
    due_at = max(to_utc(local + rule.window, zone), opens_at + _MINUTE)
    missed_at = due_at
    if rule.late is not None:
        following = opened[place + 1] if place + 1 < len(opened) else due_at + rule.late
        missed_at = max(due_at, min(due_at + rule.late, following))
    return Occurrence(local, opens_at, due_at, missed_at)


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the store's clock shows this; skipped times become the first valid minute."""
    while not _exists(local, zone):
        local += _MINUTE
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return there.astimezone(zone).replace(tzinfo=None, fold=0) == local
