"""When is a store open? Hours by weekday, and single days on which it is closed.

Hours are kept as `{"mo": [["09:00", "22:00"]], ...}` by the store's own clock; a weekday that is not there is
closed, and times that end before they begin run into the next day. In tables they are written as
`mo-fr 09:00-22:00; sa,su 10:00-14:00,16:00-20:00`, days that are closed with a `;` between them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MAX_TIMES = 6
MAX_CLOSED = 400
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_BETWEEN = re.compile(r"[;；]")
_COMMAS = re.compile(r"[,，]")
Hours = dict[str, list[list[str]]]


class BadHours(ValueError):
    """These are no opening hours; the message says why."""


def checked(hours: Mapping[str, Any]) -> Hours:
    """The hours in the order of the week, days without times left out. Raises BadHours."""
    unknown = sorted(set(hours) - set(DAYS))
    if unknown:
        raise BadHours(f"{unknown[0]!r} is no day; the days are {', '.join(DAYS)}.")
    return {day: _times(day, hours[day]) for day in DAYS if hours.get(day)}


def _times(day: str, given: Any) -> list[list[str]]:
    if not isinstance(given, list | tuple) or len(given) > MAX_TIMES:
        raise BadHours(f"{day}: at most {MAX_TIMES} pairs of times, such as 09:00 and 22:00.")
    found = sorted(_pair(day, pair) for pair in given)
    for one, following in pairwise(found):
        if one[1] <= one[0] or one[1] > following[0]:
            raise BadHours(f"{day}: the times from {one[0]} and from {following[0]} overlap.")
    return found


def _pair(day: str, given: Any) -> list[str]:
    fits = isinstance(given, list | tuple) and len(given) == 2 and all(isinstance(t, str) for t in given)
    if not fits or not all(_TIME.fullmatch(at) for at in given):
        raise BadHours(f"{day}: a pair of times is such as 09:00 and 22:00.")
    begin, end = given
    if begin == end or begin == "24:00":
        raise BadHours(f"{day}: {begin} to {end} is no time.")
    return [begin, end]


def hours_in(text: str) -> Hours:
    """The hours of a table's cell. Raises BadHours."""
    found: dict[str, list[list[str]]] = {}
    for part in filter(None, (p.strip().lower() for p in _BETWEEN.split(text))):
        days, _, times = part.partition(" ")
        pairs = [[at.strip() for at in pair.split("-")] for pair in _COMMAS.split(times)]
        for day in _days(days):
            if day in found:
                raise BadHours(f"{day} is there twice.")
            found[day] = _times(day, pairs)
    return checked(found)


def _days(text: str) -> list[str]:
    found: list[str] = []
    for part in _COMMAS.split(text):
        first, _, last = part.partition("-")
        last = last or first
        if first not in DAYS or last not in DAYS or DAYS.index(last) < DAYS.index(first):
            raise BadHours(f"{part!r} are no days; write mo-fr or sa,su.")
        found += DAYS[DAYS.index(first) : DAYS.index(last) + 1]
    return found


def as_text(hours: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """The hours as a table's cell has them; days with the same times stand together."""
    groups: list[tuple[list[str], str]] = []
    for day in DAYS:
        times = ",".join(f"{begin}-{end}" for begin, end in hours.get(day, ()))
        if times and groups and groups[-1][1] == times and _follows(groups[-1][0][-1], day):
            groups[-1][0].append(day)
        elif times:
            groups.append(([day], times))
    return "; ".join(f"{_span(days)} {times}" for days, times in groups)


def _follows(day: str, following: str) -> bool:
    return DAYS.index(following) == DAYS.index(day) + 1


def _span(days: Sequence[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"


def dates_in(text: str) -> list[str]:
    """The closed days of a table's cell, each once and in order. Raises BadHours."""
    found = set()
    for part in filter(None, (p.strip() for p in _BETWEEN.split(text))):
        try:
            found.add(date.fromisoformat(part).isoformat())
        except ValueError:
            raise BadHours(f"{part!r} is no day such as 2026-02-17.") from None
    if len(found) > MAX_CLOSED:
        raise BadHours(f"At most {MAX_CLOSED} closed days.")
    return sorted(found)
