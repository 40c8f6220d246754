"""Who is who around the stores: everybody a plan may send, looked up once for thousands of stores."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from api.accounts.models import User, UserScope
from api.core.db import db
from api.plans.dispatch import Away
from api.plans.models import Absence
from api.plans.who import People, StoreRow, rounds


def load(stores: Sequence[StoreRow], paths: Mapping[uuid.UUID, Sequence[uuid.UUID]], today: date) -> People:
    """Everybody active, the absences that are not over, and the round of stores within each region."""
    people = People(paths=dict(paths), absences=absences_from(today), next_store=rounds(stores))
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
    """Who is away today or later, by person; a deputy who left the company stands in for nobody."""
    rows = db.session.execute(
        sa.select(Absence)
        .join(User, User.id == Absence.deputy_id)
        .where(Absence.cancelled_at.is_(None), Absence.last_day >= today, User.is_active)
        .order_by(Absence.first_day, Absence.id)
    ).scalars()
    found: dict[uuid.UUID, list[Away]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(Away(row.first_day, row.last_day, row.deputy_id))
    return found
