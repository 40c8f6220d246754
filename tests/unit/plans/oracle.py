"""A second way to the same calendar, slow and plain: look at every day, look at every minute."""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def parts_of(rule: str) -> dict[str, str]:
    return dict(piece.split("=") for piece in rule.split(";"))


def numbers(parts: dict[str, str], name: str) -> list[int]:
    return [int(n) for n in parts[name].split(",")] if name in parts else []


def weekdays(parts: dict[str, str]) -> list[tuple[int, int]]:
    """(which, weekday); which is 0 for every one."""
    return (
        [(int(d[:-2] or 0), NAMES.index(d[-2:])) for d in parts["BYDAY"].split(",")]
        if "BYDAY" in parts
        else []
    )


def days(rule: str, starts_on: date, last: date) -> list[date]:
    """All days of the rule up to the last one, by grouping days into the rule's periods."""
    parts = parts_of(rule)
    periods: dict[int, list[date]] = {}
    day = period_start(parts, starts_on)
    while day <= last + timedelta(days=400):
        number = period(parts, starts_on, day)
        if number % int(parts.get("INTERVAL", 1)) == 0:
            periods.setdefault(number, []).append(day)
        day += timedelta(days=1)
    found: list[date] = []
    for number in sorted(periods):
        inside = [d for d in periods[number] if fits(parts, starts_on, d)]
        positions = numbers(parts, "BYSETPOS")
        if positions:
            inside = sorted({inside[p - 1 if p > 0 else p] for p in positions if abs(p) <= len(inside)})
        found += [d for d in inside if d >= starts_on]
    if "COUNT" in parts:
        found = found[: int(parts["COUNT"])]
    until = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in parts else last
    return [d for d in found if d <= min(last, until)]


def week_start(parts: dict[str, str], day: date) -> date:
    return day - timedelta(days=(day.weekday() - NAMES.index(parts.get("WKST", "MO"))) % 7)


def period_start(parts: dict[str, str], day: date) -> date:
    return {
        "DAILY": day,
        "WEEKLY": week_start(parts, day),
        "MONTHLY": day.replace(day=1),
        "YEARLY": day.replace(month=1, day=1),
    }[parts["FREQ"]]


def period(parts: dict[str, str], starts_on: date, day: date) -> int:
    if parts["FREQ"] == "DAILY":
        return (day - starts_on).days
    if parts["FREQ"] == "WEEKLY":
        return (week_start(parts, day) - week_start(parts, starts_on)).days // 7
    if parts["FREQ"] == "MONTHLY":
        return (day.year - starts_on.year) * 12 + day.month - starts_on.month
    return day.year - starts_on.year


def fits(parts: dict[str, str], starts_on: date, day: date) -> bool:
    month_days = calendar.monthrange(day.year, day.month)[1]
    year_days = 366 if calendar.isleap(day.year) else 365
    months, of_month, of_year = (
        numbers(parts, "BYMONTH"),
        numbers(parts, "BYMONTHDAY"),
        numbers(parts, "BYYEARDAY"),
    )
    named = weekdays(parts)
    if not of_month and not of_year and not named:
        if parts["FREQ"] in ("MONTHLY", "YEARLY"):
            of_month = [starts_on.day]
        if parts["FREQ"] == "YEARLY" and not months:
            months = [starts_on.month]
        if parts["FREQ"] == "WEEKLY":
            named = [(0, starts_on.weekday())]
    if months and day.month not in months:
        return False
    if of_month and not {day.day, day.day - month_days - 1} & set(of_month):
        return False
    number = day.timetuple().tm_yday
    if of_year and not {number, number - year_days - 1} & set(of_year):
        return False
    if not named:
        return True
    whole_year = parts["FREQ"] == "YEARLY" and not months
    place = number if whole_year else day.day
    length = year_days if whole_year else month_days
    nth = {0, (place - 1) // 7 + 1, -((length - place) // 7 + 1)}
    return any(day.weekday() == weekday and which in nth for which, weekday in named)


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The first minute of the world at which the wall shows this time, or, if it never does, a later one."""
    minute = local.replace(tzinfo=UTC) - timedelta(hours=27)
    later: datetime | None = None
    while minute <= local.replace(tzinfo=UTC) + timedelta(hours=27):
        shown = minute.astimezone(zone).replace(tzinfo=None, fold=0)
        if shown == local:
            return minute
        if shown > local and later is None:
            later = minute
        minute += timedelta(minutes=1)
    assert later is not None
    return later
