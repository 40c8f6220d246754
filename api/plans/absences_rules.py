"""Who may stand in for whom?

A person's absences do not overlap. Somebody who is away passes what comes to them on to their own deputy, at
most three times; an absence that would leave visits with somebody who is away themselves (because deputies
stand in for one another in a circle, or the row of them is too long) is refused.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from api.plans.dispatch import Away, deputy_for

MAX_DAYS = 366
Absences = Mapping[uuid.UUID, Sequence[Away]]


def overlaps(first: date, last: date, others: Sequence[Away]) -> bool:
    """True when one of a person's other absences has a day in common with these."""
    return any(first <= other.last and other.first <= last for other in others)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def left_alone(first: date, last: date, before: Absences, after: Absences) -> date | None:
    """The first of these days on which visits would come to a person who is away, and did not before; or None."""
    for day in days(first, last):
        for user_id in after:
            if _is_alone(user_id, day, after) and not _is_alone(user_id, day, before):
                return day
    return None


def _is_alone(user_id: uuid.UUID, day: date, absences: Absences) -> bool:
    return is_away(deputy_for(user_id, day, absences) or user_id, day, absences)


def is_away(user_id: uuid.UUID, day: date, absences: Absences) -> bool:
    """True on the days of a person's absences."""
    return any(away.first <= day <= away.last for away in absences.get(user_id, ()))
