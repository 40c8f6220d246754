"""Who mends what is found in a store, and who looks at it afterwards?

The role that the checklist names is asked first, then the store's manager, then its staff. Of a role whoever is
on the store's roster now comes first, else whoever comes next within a day. Without a roster it is the nearest
person of the role; of several staff none is picked. Whoever is away is passed over, and when everybody of a role
is away a deputy stands in, if the store is among theirs too. When nobody is found the task has no assignee, and the region's manager is told.
Domain rules 7.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from api.accounts.types import STORE_MANAGER, STORE_STAFF
from api.stores.away import Absences, deputy_for, is_away

ROSTER_AHEAD = timedelta(hours=24)
_ALWAYS = (STORE_MANAGER, STORE_STAFF)


@dataclass(frozen=True)
class Worker:
    """Somebody active who has the store among theirs."""

    id: uuid.UUID
    role: str


@dataclass(frozen=True)
class OnRoster:
    """A shift in the store."""

    user_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Around:
    """What is known around a store. `people`: of each role the nearest first."""

    people: Sequence[Worker]
    zone: ZoneInfo
    roster: Sequence[OnRoster] = ()
    absences: Absences = field(default_factory=dict)


def fixer(around: Around, owner_role: str | None, now: datetime) -> uuid.UUID | None:
    """Who mends it; None when nobody is found."""
    roles = dict.fromkeys(role for role in (owner_role, *_ALWAYS) if role)
    return next((found for role in roles if (found := of_role(around, role, now))), None)


def of_role(around: Around, role: str, now: datetime) -> uuid.UUID | None:
    """The person of a role whose turn it is in the store, or their deputy."""
    people = [worker.id for worker in around.people if worker.role == role]
    return (
        _on_roster(around, people, now) or _nearest(around, people, role, now) or _deputy(around, people, now)
    )


def _on_roster(around: Around, people: Sequence[uuid.UUID], now: datetime) -> uuid.UUID | None:
    """Whoever is there now and stays longest, else whoever comes first within a day."""
    fitting = [
        shift
        for shift in around.roster
        if shift.user_id in people and not _away(around, shift.user_id, max(now, shift.starts_at))
    ]
    here = [shift for shift in fitting if shift.starts_at <= now < shift.ends_at]
    if here:
        return max(here, key=lambda shift: (shift.ends_at, str(shift.user_id))).user_id
    ahead = [shift for shift in fitting if now < shift.starts_at <= now + ROSTER_AHEAD]
    return min(ahead, key=lambda s: (s.starts_at, str(s.user_id))).user_id if ahead else None


def _nearest(around: Around, people: Sequence[uuid.UUID], role: str, now: datetime) -> uuid.UUID | None:
    """The nearest who is not away; of several staff nobody can tell who."""
    there = [person for person in people if not _away(around, person, now)]
    if role == STORE_STAFF and len(there) > 1:
        return None
    return there[0] if there else None


def _deputy(around: Around, people: Sequence[uuid.UUID], now: datetime) -> uuid.UUID | None:
    """Who stands in for the nearest; only asked when everybody of the role is away."""
    if any(not _away(around, person, now) for person in people):
        return None
    known = {worker.id for worker in around.people}
    for person in people:
        deputy = deputy_for(person, _day(around, now), around.absences)
        if deputy is not None and deputy in known and not _away(around, deputy, now):
            return deputy
    return None


def _away(around: Around, user_id: uuid.UUID, at: datetime) -> bool:
    return is_away(user_id, _day(around, at), around.absences)


def _day(around: Around, at: datetime) -> date:
    return at.astimezone(around.zone).date()
