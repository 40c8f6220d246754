"""What is still to be put right, and who waits for whom.

Everything is counted among tasks that have not ended. Open is what the store still has to do; of that, due soon is
what has a quarter of its time or 24 hours left, whichever is shorter, and overdue what is past its time (the clock
of a task whose finding was appealed stands). Submitted waits for a reviewer. Sent back was handed in and refused,
reopened was closed before. Of a person we say what waits for them to mend, to review, and to decide, and since when
the oldest of it waits.
"""

import uuid
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
COUNTS = (
    "open",
    "due_soon",
    "overdue",
    "submitted",
    "sent_back",
    "reopened",
    "redline",
    "unassigned",
    "extensions",
    "appeals",
)


@dataclass(frozen=True)
class Heap:
    """The unfinished tasks of one store that one person mends and one person reviews."""

    store_id: uuid.UUID
    assignee_id: uuid.UUID | None = None
    reviewer_id: uuid.UUID | None = None
    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    submitted: int = 0
    late_reviews: int = 0
    sent_back: int = 0
    reopened: int = 0
    redline: int = 0
    open_since: datetime | None = None
    submitted_since: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """Extensions or appeals of one store that nobody has decided yet, and who is to decide them, if that is known."""

    store_id: uuid.UUID
    count: int
    since: datetime
    decider_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Counts:
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
        return Counts(*(getattr(self, name) + getattr(other, name) for name in COUNTS))


@dataclass(frozen=True)
class Pile:
    """What waits for one person, and since when the oldest of it waits."""

    to_fix: int = 0
    overdue: int = 0
    fix_since: datetime | None = None
    to_review: int = 0
    late_reviews: int = 0
    review_since: datetime | None = None
    to_decide: int = 0
    decide_since: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """Everything that waits: by store, and by person."""

    stores: dict[uuid.UUID, Counts] = field(default_factory=dict)
    people: dict[uuid.UUID, Pile] = field(default_factory=dict)


def fold(heaps: Iterable[Heap], extensions: Iterable[Asked], appeals: Iterable[Asked]) -> Waiting:
    """Adds up by store and by person."""
    found = Waiting()
    for heap in heaps:
        _add(found.stores, heap.store_id, _counts(heap))
        _mends(found.people, heap)
        _reviews(found.people, heap)
    for asked in extensions:
        _add(found.stores, asked.store_id, Counts(extensions=asked.count))
    for asked in appeals:
        _add(found.stores, asked.store_id, Counts(appeals=asked.count))
        _decides(found.people, asked)
    return found


def total(counts: Iterable[Counts]) -> Counts:
    """All of it together."""
    found = Counts()
    for one in counts:
        found = found.plus(one)
    return found


def grouped(stores: dict[uuid.UUID, Counts], key_of: Callable[[uuid.UUID], Key | None]) -> dict[Key, Counts]:
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
    return (
        -(pile.overdue + pile.late_reviews),
        -(pile.to_fix + pile.to_review + pile.to_decide),
    )


def _counts(heap: Heap) -> Counts:
    return Counts(
        open=heap.open,
        due_soon=heap.due_soon,
        overdue=heap.overdue,
        submitted=heap.submitted,
        sent_back=heap.sent_back,
        reopened=heap.reopened,
        redline=heap.redline,
        unassigned=heap.open if heap.assignee_id is None else 0,
    )


def _add(found: dict[Key, Counts], key: Key, more: Counts) -> None:
    found[key] = found.get(key, Counts()).plus(more)


def _mends(people: dict[uuid.UUID, Pile], heap: Heap) -> None:
    if heap.assignee_id is None or not heap.open:
        return
    pile = people.get(heap.assignee_id, Pile())
    people[heap.assignee_id] = replace(
        pile,
        to_fix=pile.to_fix + heap.open,
        overdue=pile.overdue + heap.overdue,
        fix_since=_earlier(pile.fix_since, heap.open_since),
    )


def _reviews(people: dict[uuid.UUID, Pile], heap: Heap) -> None:
    if heap.reviewer_id is None or not heap.submitted:
        return
    pile = people.get(heap.reviewer_id, Pile())
    people[heap.reviewer_id] = replace(
        pile,
        to_review=pile.to_review + heap.submitted,
        late_reviews=pile.late_reviews + heap.late_reviews,
        review_since=_earlier(pile.review_since, heap.submitted_since),
    )


def _decides(people: dict[uuid.UUID, Pile], asked: Asked) -> None:
    if asked.decider_id is None:
        return
    pile = people.get(asked.decider_id, Pile())
    people[asked.decider_id] = replace(
        pile, to_decide=pile.to_decide + asked.count, decide_since=_earlier(pile.decide_since, asked.since)
    )


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
