"""What a plan asks for, read from its JSON: which stores, who, when, how long, and when not.

docs/plans.md says what each field means. Reading is strict in what it must be and tells every fault.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from api.plans.recurrence import LOOK_AHEAD_DAYS, WEEKDAYS, BadRule, Rule, days, never_happens, parse

ASSIGNEE_RULES = ("store_supervisor", "role", "person", "rotation", "cross")
_NAMES = tuple(WEEKDAYS)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the terms, and where."""

    pointer: str
    code: str
    message: str


@dataclass(frozen=True)
class Selection:
    """Which stores; empty lists bound nothing."""

    region_ids: tuple[uuid.UUID, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    store_ids: tuple[uuid.UUID, ...] = ()
    except_ids: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class AssigneeRule:
    """Who inspects; `role` and `user_ids` where the rule wants them."""

    rule: str
    role: str = ""
    user_ids: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The terms of one revision."""

    selection: Selection
    assignee: AssigneeRule
    rule: Rule
    early: timedelta
    closed_weekdays: frozenset[int]
    closed_dates: frozenset[date]
    kind: str
    note: str

    def is_closed(self, day: date) -> bool:
        """True on days on which the plan itself rests."""
        return day.weekday() in self.closed_weekdays or day in self.closed_dates


@dataclass(frozen=True)
class Override:
    """What is different in one store since `made_at`; None is as the plan says."""

    excluded: bool = False
    times: tuple[time, ...] | None = None
    assignee: AssigneeRule | None = None
    window: timedelta | None = None
    made_at: datetime | None = None


def faults_in(terms: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with terms of the right shape (plan_schemas.TermsSchema)."""
    found = []
    starts_on = _date(terms["starts_on"])
    try:
        parse(terms["rrule"])
        if never_happens(terms["rrule"], starts_on):
            found.append(Fault("/rrule", "never_happens", "This rule gives no day within ten years."))
        elif _all_closed(terms, starts_on):
            found.append(Fault("/closed", "always_closed", "Every day of the rule is a closed day."))
    except BadRule as error:
        found.append(Fault("/rrule", "bad_rule", str(error)))
    if len(set(terms["times"])) != len(terms["times"]):
        found.append(Fault("/times", "twice", "The same time twice."))
    return found + assignee_faults(terms["assignee"])


def _all_closed(terms: Mapping[str, Any], starts_on: date) -> bool:
    weekdays, dates = _closed(terms["closed"])
    asked = days(terms["rrule"], starts_on, starts_on, starts_on + timedelta(days=LOOK_AHEAD_DAYS))
    return all(day.weekday() in weekdays or day in dates for day in asked)


def _closed(given: Mapping[str, Any]) -> tuple[frozenset[int], frozenset[date]]:
    return frozenset(map(_NAMES.index, given["weekdays"])), frozenset(map(_date, given["dates"]))


def assignee_faults(given: Mapping[str, Any]) -> list[Fault]:
    """What an assignee rule lacks."""
    rule = given["rule"]
    if rule == "role" and not given.get("role"):
        return [Fault("/assignee/role", "required", "Say which role.")]
    if rule == "person" and not given.get("user_id"):
        return [Fault("/assignee/user_id", "required", "Say which person.")]
    if rule == "rotation" and not given.get("user_ids"):
        return [Fault("/assignee/user_ids", "required", "Say between whom it rotates.")]
    return []


def read(terms: Mapping[str, Any]) -> Terms:
    """Terms as they are stored (plain JSON) or loaded, ready to use."""
    late = terms["late_minutes"]
    closed_weekdays, closed_dates = _closed(terms["closed"])
    return Terms(
        selection=_selection(terms["selection"]),
        assignee=_assignee(terms["assignee"]),
        rule=Rule(
            rrule=terms["rrule"],
            starts_on=_date(terms["starts_on"]),
            times=tuple(_time(at) for at in terms["times"]),
            window=timedelta(minutes=terms["window_minutes"]),
            late=None if late is None else timedelta(minutes=late),
        ),
        early=timedelta(minutes=terms["early_minutes"]),
        closed_weekdays=closed_weekdays,
        closed_dates=closed_dates,
        kind=terms["kind"],
        note=terms["note"],
    )


def read_override(given: Mapping[str, Any] | None) -> Override:
    """An override as it is stored."""
    if not given:
        return Override()
    times, window, made_at = given.get("times"), given.get("window_minutes"), given.get("made_at")
    return Override(
        excluded=bool(given.get("excluded")),
        times=tuple(_time(at) for at in times) if times else None,
        assignee=_assignee(given["assignee"]) if given.get("assignee") else None,
        window=timedelta(minutes=window) if window else None,
        made_at=datetime.fromisoformat(made_at) if made_at else None,
    )


def _selection(given: Mapping[str, Any]) -> Selection:
    return Selection(
        region_ids=_ids(given["region_ids"]),
        types=tuple(given["types"]),
        tags=tuple(given["tags"]),
        levels=tuple(given["levels"]),
        store_ids=_ids(given["store_ids"]),
        except_ids=_ids(given["except_ids"]),
    )


def _assignee(given: Mapping[str, Any]) -> AssigneeRule:
    """Only what the rule asks for counts."""
    rule = given["rule"]
    people: Sequence[Any] = ()
    if rule == "person":
        people = [given["user_id"]]
    elif rule == "rotation":
        people = given["user_ids"]
    return AssigneeRule(rule, (given.get("role") or "") if rule == "role" else "", _ids(people))


def _ids(given: Sequence[Any]) -> tuple[uuid.UUID, ...]:
    return tuple(one if isinstance(one, uuid.UUID) else uuid.UUID(one) for one in given)


def _date(given: Any) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)


def _time(given: Any) -> time:
    return given if isinstance(given, time) else time.fromisoformat(given)
