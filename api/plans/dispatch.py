"""Which visits should there be, and who makes them?

A plan's revisions follow one another in time; of those that are in effect on a day the newest counts. For
one store they give the visits that ought to exist; comparing these with the visits that do exist gives what
to make, what to change and what to call off. Nothing is asked for that was due before somebody asked for it.
Who inspects follows the plan's rule, and a deputy stands in for whoever is away. Domain rules 5.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from api.plans.recurrence import Occurrence, Rule, occurrences, openings
from api.plans.terms import AssigneeRule, Override, Terms

MAX_DEPUTIES = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Revision:
    """A revision as the rules look at it, written at `made_at`; `terms` is None while the plan is stopped."""

    number: int
    effective_from: date
    checklist_id: uuid.UUID
    terms: Terms | None
    made_at: datetime


@dataclass(frozen=True)
class Period:
    """The days, both included, on which one revision counts; `last` None is for ever."""

    first: date
    last: date | None
    revision: Revision


@dataclass(frozen=True)
class Due:
    """A visit that ought to exist. `number` counts the plan's openings from its start."""

    occurrence: Occurrence
    number: int
    revision: Revision

    @property
    def terms(self) -> Terms:
        """The terms it comes from."""
        assert self.revision.terms is not None
        return self.revision.terms


@dataclass(frozen=True)
class Away:
    """Somebody is away from the first to the last day, and who stands in."""

    first: date
    last: date
    deputy_id: uuid.UUID


@dataclass(frozen=True)
class Duty:
    """Who does a visit, and whose it was when somebody stands in."""

    assignee_id: uuid.UUID | None
    owner_id: uuid.UUID | None = None


def periods(revisions: Iterable[Revision]) -> list[Period]:
    """When each revision counts; a newer one ends all that would begin on its day or later."""
    found: list[Period] = []
    for revision in sorted(revisions, key=lambda r: r.number):
        found = [p for p in found if p.first < revision.effective_from]
        if found:
            found[-1] = replace(found[-1], last=revision.effective_from - _DAY)
        found.append(Period(revision.effective_from, None, revision))
    return found


def expected(
    timeline: Sequence[Period],
    zone: ZoneInfo,
    first: date,
    last: date,
    *,
    override: Override = Override(),
    store_closed: frozenset[date] = frozenset(),
    joined: datetime | None = None,
) -> list[Due]:
    """The visits of one store whose local day lies from `first` to `last`, in order.

    A store that joins later is not asked for what was due by then.
    """
    if override.excluded:
        return []
    found: list[Due] = []
    for period in timeline:
        begin, end = max(first, period.first), min(last, period.last or last)
        if period.revision.terms is not None and begin <= end:
            asked = [at for at in (period.revision.made_at, override.made_at, joined) if at is not None]
            due = _of_period(period.revision, zone, begin, end, override, store_closed)
            found += [one for one in due if one.occurrence.due_at > max(asked)]
    return found


def _of_period(
    revision: Revision,
    zone: ZoneInfo,
    first: date,
    last: date,
    override: Override,
    store_closed: frozenset[date],
) -> list[Due]:
    terms = revision.terms
    assert terms is not None
    rule = replace(
        terms.rule, times=override.times or terms.rule.times, window=override.window or terms.rule.window
    )

    def is_closed(day: date) -> bool:
        return terms.is_closed(day) or day in store_closed

    numbers = _numbers(rule, last)
    found = occurrences(rule, zone, first, last, is_closed)
    return [Due(o, numbers.get(o.local, 0), revision) for o in found]


def _numbers(rule: Rule, last: date) -> Mapping[datetime, int]:
    """Each opening's number since the plan began, closed days counted too, so that it never shifts."""
    return {local: n for n, local in enumerate(openings(rule, rule.starts_on, last))}


def deputy_for(
    user_id: uuid.UUID, day: date, absences: Mapping[uuid.UUID, Sequence[Away]]
) -> uuid.UUID | None:
    """Who stands in for somebody on a day, at most three deputies deep; None when nobody has to."""
    here = user_id
    for _ in range(MAX_DEPUTIES):
        away = next((a for a in absences.get(here, ()) if a.first <= day <= a.last), None)
        if away is None or away.deputy_id == user_id:
            break
        here = away.deputy_id
    return None if here == user_id else here


def duty(user_id: uuid.UUID | None, day: date, absences: Mapping[uuid.UUID, Sequence[Away]]) -> Duty:
    """The duty of somebody on a day, with a deputy when they are away."""
    if user_id is None or user_id not in absences:
        return Duty(user_id)
    deputy = deputy_for(user_id, day, absences)
    return Duty(user_id) if deputy is None else Duty(deputy, user_id)


def in_rotation(rule: AssigneeRule, number: int) -> uuid.UUID | None:
    """Whose turn the n-th opening is."""
    return rule.user_ids[number % len(rule.user_ids)] if rule.user_ids else None


@dataclass(frozen=True)
class Wanted:
    """A visit as it ought to be in the database."""

    occurrence: str
    checklist_id: uuid.UUID
    kind: str
    note: str
    opens_at: datetime
    early_at: datetime
    due_at: datetime
    missed_at: datetime
    assignee_id: uuid.UUID | None
    owner_id: uuid.UUID | None


def wanted(due: Due, given: Duty) -> Wanted:
    """A due visit with its people."""
    o = due.occurrence
    return Wanted(
        occurrence=o.key,
        checklist_id=due.revision.checklist_id,
        kind=due.terms.kind,
        note=due.terms.note,
        opens_at=o.opens_at,
        early_at=o.opens_at - due.terms.early,
        due_at=o.due_at,
        missed_at=o.missed_at,
        assignee_id=given.assignee_id,
        owner_id=given.owner_id,
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The local midnight that begins a day."""
    return datetime.combine(day, time(), zone)
