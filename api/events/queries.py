"""Reading the facts."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from api.core.db import db
from api.events.models import Event


def after(seq: int, limit: int) -> Sequence[Event]:
    """The facts with a greater number, oldest first."""
    return (
        db.session.execute(sa.select(Event).where(Event.seq > seq).order_by(Event.seq).limit(limit))
        .scalars()
        .all()
    )


def of_entity(entity_type: str, entity_id: uuid.UUID) -> Sequence[Event]:
    """All facts about one thing, oldest first."""
    return (
        db.session.execute(
            sa.select(Event)
            .where(Event.entity_type == entity_type, Event.entity_id == entity_id)
            .order_by(Event.seq)
        )
        .scalars()
        .all()
    )


def last_of_kinds(kinds: Sequence[str]) -> int:
    """The number of the newest fact of these kinds; 0 when there is none."""
    return db.session.execute(
        sa.select(sa.func.coalesce(sa.func.max(Event.seq), 0)).where(Event.kind.in_(kinds))
    ).scalar_one()
