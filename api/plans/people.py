"""Who is who around the stores: everybody a plan may send, looked up once for thousands of stores."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from api.accounts.models import User, UserScope
from api.accounts.types import STORE_MANAGER
from api.core.db import db
from api.plans.dispatch import Away, Due, Duty, duty, in_rotation
from api.plans.models import Absence
from api.plans.plan_queries import StoreRow
from api.plans.terms import AssigneeRule


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
        return duty(self._who(rule, store, due.number), due.occurrence.local.date(), self.absences)

    def _who(self, rule: AssigneeRule, store: StoreRow, number: int) -> uuid.UUID | None:
        if rule.rule == "store_supervisor":
            found = store.supervisor_id
        elif rule.rule == "role":
            found = self.nearest(rule.role, store)
        elif rule.rule == "cross":
            found = self._first((STORE_MANAGER, self.next_store.get(store.id)))
        else:
            found = in_rotation(rule, number)
        return found if found in self.active else None

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


def load(stores: Sequence[StoreRow], paths: Mapping[uuid.UUID, Sequence[uuid.UUID]], today: date) -> People:
    """Everybody active, the absences that are not over, and the round of stores within each region."""
    people = People(paths=dict(paths), absences=absences_from(today), next_store=_rounds(stores))
    rows = db.session.execute(
        sa.select(User.id, User.role, UserScope.store_id, UserScope.region_id)
        .outerjoin(UserScope, UserScope.user_id == User.id)
        .where(User.is_active)
        .order_by(User.created_at, User.id)
    )
    for user_id, role, store_id, region_id in rows:
        people.active.add(user_id)
        if store_id:
            people.by_store.setdefault((role, store_id), []).append(user_id)
        if region_id:
            people.by_region.setdefault((role, region_id), []).append(user_id)
    return people


def absences_from(today: date) -> dict[uuid.UUID, list[Away]]:
    """Who is away today or later, by person."""
    rows = db.session.execute(
        sa.select(Absence)
        .where(Absence.cancelled_at.is_(None), Absence.last_day >= today)
        .order_by(Absence.first_day, Absence.id)
    ).scalars()
    found: dict[uuid.UUID, list[Away]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(Away(row.first_day, row.last_day, row.deputy_id))
    return found


def _rounds(stores: Sequence[StoreRow]) -> dict[uuid.UUID, uuid.UUID]:
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
