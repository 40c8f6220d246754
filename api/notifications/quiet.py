"""When somebody may be disturbed, in the time of the place where they are.

Within quiet hours nothing rings; it comes at their end. They may go over midnight, and a clock that is put
forward or back changes nothing about that: what counts is what the clock on the wall shows. Pure.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Hours = tuple[str, str]


def after_quiet(at: datetime, zone: str, hours: Hours | None) -> datetime:
    """The moment itself, or the end of the quiet hours ("22:00", "08:00") that it falls into."""
    if hours is None or hours[0] == hours[1]:
        return at
    begins, ends = (time.fromisoformat(hour) for hour in hours)
    local = at.astimezone(ZoneInfo(zone))
    clock = local.time().replace(tzinfo=None)
    overnight = begins > ends
    if overnight and clock >= begins:
        return at_wall_clock(local.date() + timedelta(days=1), hours[1], zone)
    if clock < ends if overnight else begins <= clock < ends:
        return max(at_wall_clock(local.date(), hours[1], zone, fold=local.fold), at)
    return at


def at_wall_clock(day: date, clock: str, zone: str, fold: int = 0) -> datetime:
    """When the clock on the wall shows this, as a UTC moment; an hour that is left out counts from its end."""
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).replace(fold=fold)
    return local.astimezone(UTC)


def last_digest(now: datetime, zone: str, digest_at: str) -> tuple[date, datetime]:
    """The newest day whose digest is due, and its moment."""
    today = now.astimezone(ZoneInfo(zone)).date()
    moment = at_wall_clock(today, digest_at, zone)
    if moment > now:
        today -= timedelta(days=1)
        moment = at_wall_clock(today, digest_at, zone)
    return today, moment
