"""Who stands in for somebody who is away?

Somebody is away from a first to a last day, and a deputy has what would come to them. A deputy who is away
too passes it on to their own deputy, at most three times.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MAX_DEPUTIES = 3


@dataclass(frozen=True)
class Away:
    """Somebody is away from the first to the last day, and who stands in."""

    first: date
    last: date
    deputy_id: uuid.UUID


Absences = Mapping[uuid.UUID, Sequence[Away]]


@dataclass(frozen=True)
class Duty:
    """Who does something, and whose it was when somebody stands in."""

    assignee_id: uuid.UUID | None
    owner_id: uuid.UUID | None = None


def deputy_for(user_id: uuid.UUID, day: date, absences: Absences) -> uuid.UUID | None:
    """Who stands in for somebody on a day, at most three deputies deep; None when nobody has to."""
    here = user_id
    for _ in range(MAX_DEPUTIES):
        away = next((a for a in absences.get(here, ()) if a.first <= day <= a.last), None)
        if away is None or away.deputy_id == user_id:
            break
        here = away.deputy_id
    return None if here == user_id else here


def duty(user_id: uuid.UUID | None, day: date, absences: Absences) -> Duty:
    """The duty of somebody on a day, with a deputy when they are away."""
    if user_id is None or user_id not in absences:
        return Duty(user_id)
    deputy = deputy_for(user_id, day, absences)
    return Duty(user_id) if deputy is None else Duty(deputy, user_id)


def is_away(user_id: uuid.UUID, day: date, absences: Absences) -> bool:
    """True on the days of a person's absences."""
    return any(away.first <= day <= away.last for away in absences.get(user_id, ()))
