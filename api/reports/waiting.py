"""What is still to be put right, and who waits for whom.

Everything is counted among tasks that have not ended. Open is what the store still has to do; of that, due soon is
what has a quarter of its time or 24 hours left, whichever is shorter, and overdue what is past its time (the clock
of a task whose finding was appealed stands). Submitted waits for a reviewer. Sent back was handed in and refused,
reopened was closed before. Of a person we say what waits for them to mend, to review, and to decide, and since when
the oldest of it waits.
"""

import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from operator import add
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Counts(NamedTuple):
    """Added up for a store, a region, or everything."""

    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    submitted: int = 0
    sent_back: int = 0
    reopened: int = 0
    redline: int = 0
    unassigned: int = 0
    extensions: int = 0
    appeals: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*map(add, self, other))


class Asked(NamedTuple):
    """Extensions or appeals of one store that nobody has decided yet, and who is to decide them, if that is known."""

    store_id: uuid.UUID
    many: int
    since: datetime
    decider_id: uuid.UUID | None = None


class Mends(NamedTuple):
    """What one person has to mend: how much, how much of it is overdue, and since when the oldest waits."""

    person_id: uuid.UUID
    many: int
    late: int
    since: datetime


class Reviews(NamedTuple):
    """What one person has to review: how much, how much of it is late, and since when the oldest waits."""

    person_id: uuid.UUID
    many: int
    late: int
    since: datetime


class Pile(NamedTuple):
    """What waits for one person, and since when the oldest of it waits."""

    to_fix: int = 0
    overdue: int = 0
    fix_since: datetime | None = None
    to_review: int = 0
    late_reviews: int = 0
    review_since: datetime | None = None
    to_decide: int = 0
    decide_since: datetime | None = None


def by_store(
    tasks: Mapping[uuid.UUID, Counts], extensions: Iterable[Asked], appeals: Iterable[Asked]
) -> dict[uuid.UUID, Counts]:
    """What was counted of tasks, with what was asked about them."""
    found = dict(tasks)
    for asked in extensions:
        _add(found, asked.store_id, Counts(extensions=asked.many))
    for asked in appeals:
        _add(found, asked.store_id, Counts(appeals=asked.many))
    return found


def by_person(
    mends: Iterable[Mends], reviews: Iterable[Reviews], appeals: Iterable[Asked]
) -> dict[uuid.UUID, Pile]:
    """Everything that waits for each person. `mends` and `reviews` name each person once."""
    found: dict[uuid.UUID, Pile] = {}
    for mend in mends:
        pile = found.get(mend.person_id, Pile())
        found[mend.person_id] = pile._replace(to_fix=mend.many, overdue=mend.late, fix_since=mend.since)
    for review in reviews:
        pile = found.get(review.person_id, Pile())
        found[review.person_id] = pile._replace(
            to_review=review.many, late_reviews=review.late, review_since=review.since
        )
    for asked in appeals:
        if asked.decider_id is not None:
            pile = found.get(asked.decider_id, Pile())
            since = min(pile.decide_since or asked.since, asked.since)
            found[asked.decider_id] = pile._replace(to_decide=pile.to_decide + asked.many, decide_since=since)
    return found


def total(counts: Iterable[Counts]) -> Counts:
    """All of it together."""
    found = Counts()
    for one in counts:
        found = found.plus(one)
    return found


def grouped(
    stores: Mapping[uuid.UUID, Counts], key_of: Callable[[uuid.UUID], Key | None]
) -> dict[Key, Counts]:
    """Stores added up by what they belong to; those that belong to nothing are left out."""
    found: dict[Key, Counts] = {}
    for store_id, counts in stores.items():
        key = key_of(store_id)
        if key is not None:
            _add(found, key, counts)
    return found


def worst_first(counts: Counts) -> tuple[int, ...]:
    """By this the worst comes first: overdue, then redlines, then what is due soon, then how much there is."""
    return (-counts.overdue, -counts.redline, -counts.due_soon, -counts.open - counts.submitted)


def longest_first(pile: Pile) -> tuple[int, ...]:
    """By this whoever holds up most comes first."""
    return (-(pile.overdue + pile.late_reviews), -(pile.to_fix + pile.to_review + pile.to_decide))


def _add(found: dict[Key, Counts], key: Key, more: Counts) -> None:
    known = found.get(key)
    found[key] = more if known is None else known.plus(more)
