"""Who inspects which store?

A plan names the store's own supervisor, the nearest person of a role, one person, several in turn, or the
manager of the next store in the region. Whoever left the company is nobody; then the visit is made without
an assignee and stands on the managers' desk. Whoever is away is stood in for. Domain rules 5.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from api.accounts.types import STORE_MANAGER
from api.plans.dispatch import Away, Due, Duty, duty, in_rotation
from api.plans.terms import AssigneeRule


@dataclass(frozen=True)
class StoreRow:
    """A store as dispatching needs it."""

    id: uuid.UUID
    code: str
    region_id: uuid.UUID
    timezone: str
    supervisor_id: uuid.UUID | None
    closed_dates: frozenset[date]


@dataclass
class People:
    """Active people by what they may see, who is away, and which store follows which in a region."""

    active: set[uuid.UUID] = field(default_factory=set)
    by_store: dict[tuple[str, uuid.UUID], list[uuid.UUID]] = field(default_factory=dict)
    by_region: dict[tuple[str, uuid.UUID], list[uuid.UUID]] = field(default_factory=dict)
    paths: dict[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)
    absences: Mapping[uuid.UUID, Sequence[Away]] = field(default_factory=dict)
    next_store: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    def duty(self, due: Due, rule: AssigneeRule, store: StoreRow) -> Duty:
        """Who does a due visit in a store."""
        return duty(self.owner(rule, store, due.number), due.occurrence.local.date(), self.absences)

    def owner(self, rule: AssigneeRule, store: StoreRow, number: int) -> uuid.UUID | None:
        """Whose visit the n-th opening in a store is, before anybody stands in."""
        if rule.rule == "store_supervisor":
            found = store.supervisor_id
        elif rule.rule == "role":
            found = self.nearest(rule.role, store)
        elif rule.rule == "cross":
            found = self._first((STORE_MANAGER, self.next_store.get(store.id)))
        else:
            found = in_rotation(rule, number)
        return found if found in self.active else None

    def owners(self, rule: AssigneeRule, store: StoreRow) -> set[uuid.UUID | None]:
        """Everybody whose turn may come in a store."""
        return {self.owner(rule, store, number) for number in range(max(1, len(rule.user_ids)))}

    def nearest(self, role: str, store: StoreRow) -> uuid.UUID | None:
        """The person of a role in the store itself, else over the nearest region."""
        here = self._first((role, store.id))
        if here is not None:
            return here
        for region in reversed(self.paths.get(store.region_id, ())):
            over = self.by_region.get((role, region))
            if over:
                return over[0]
        return None

    def _first(self, key: tuple[str, uuid.UUID | None]) -> uuid.UUID | None:
        role, store_id = key
        found = self.by_store.get((role, store_id), []) if store_id else []
        return found[0] if found else None


def rounds(stores: Sequence[StoreRow]) -> dict[uuid.UUID, uuid.UUID]:
    """For cross-checks: the store whose manager inspects each, the next by code in the same region."""
    regions: dict[uuid.UUID, list[StoreRow]] = {}
    for store in sorted(stores, key=lambda s: s.code):
        regions.setdefault(store.region_id, []).append(store)
    return {
        store.id: group[(place + 1) % len(group)].id
        for group in regions.values()
        if len(group) > 1
        for place, store in enumerate(group)
    }
