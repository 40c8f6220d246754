"""What a plan asks of its stores, worked out for thousands of them at once.

Which revision counts depends on the day, and which stores a revision means is its own matter: a store that an
edit leaves out keeps its visits until the day of the edit. Stores of one time zone with the same rules have
the same visits, so each such group is worked out once. Making visits and showing what a plan would do both
ask here, so that what is shown is what comes.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.plans.dispatch import Due, Period, Wanted, expected, wanted
from api.plans.terms import AssigneeRule, Override
from api.plans.who import People, StoreRow

PLAIN = Override()
Key = tuple[str, Override, frozenset[date], tuple[int, ...], date, datetime | None]


@dataclass
class Demand:
    """A plan's periods, the stores that each revision means (by its number), and the people.

    `last` is the day up to which visits are asked for.
    """

    timeline: Sequence[Period]
    inside: Mapping[int, frozenset[uuid.UUID]]
    people: People
    last: date
    overrides: Mapping[uuid.UUID, Override] = field(default_factory=dict)
    _known: dict[Key, list[Due]] = field(default_factory=dict, init=False, repr=False)

    def key(self, store: StoreRow, first: date, joined: datetime | None = None) -> Key:
        """Stores with the same key have the same visits."""
        meant = tuple(number for number, ids in self.inside.items() if store.id in ids)
        override = self.overrides.get(store.id, PLAIN)
        closed = store.closed_dates and frozenset(day for day in store.closed_dates if day >= first)
        return (store.timezone, override, closed, meant, first, joined)

    def rule(self, store: StoreRow, due: Due) -> AssigneeRule:
        """By which rule a due visit in a store finds its person."""
        return self.overrides.get(store.id, PLAIN).assignee or due.terms.assignee

    def due(self, key: Key) -> list[Due]:
        """The visits that stores with this key ought to have, in order."""
        if key not in self._known:
            timezone, override, closed, meant, first, joined = key
            self._known[key] = expected(
                as_meant(self.timeline, meant),
                ZoneInfo(timezone),
                first,
                self.last,
                override=override,
                store_closed=closed,
                joined=joined,
            )
        return self._known[key]

    def wanted(self, store: StoreRow, first: date, joined: datetime | None = None) -> dict[str, Wanted]:
        """The same for one store with the people, by occurrence."""
        return {
            due.occurrence.key: wanted(due, self.people.duty(due, self.rule(store, due), store))
            for due in self.due(self.key(store, first, joined))
        }


def as_meant(timeline: Iterable[Period], numbers: Sequence[int]) -> list[Period]:
    """The periods as they hold for a store that only these revisions mean."""
    return [
        period
        if period.revision.number in numbers
        else replace(period, revision=replace(period.revision, terms=None))
        for period in timeline
    ]


def relevant(timeline: Sequence[Period], first: date) -> list[Period]:
    """The periods from a day on; of a plan that stands still also the last one that asked for something.

    A plan that is stopped so keeps its stores, to bring visits back.
    """
    found = [period for period in timeline if period.last is None or period.last >= first]
    if all(period.revision.terms is None for period in found):
        asking = [period for period in timeline if period.revision.terms is not None]
        found = asking[-1:] + [period for period in found if period not in asking[-1:]]
    return found
