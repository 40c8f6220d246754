"""Who is away: the SELECT that visits and tasks ask."""

import uuid
from datetime import date

import sqlalchemy as sa

from api.accounts.models import User
from api.core.db import db
from api.stores.away import Away
from api.stores.models import Absence


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
