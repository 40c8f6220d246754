"""Every SELECT about errands, and the conditions their changes are guarded by."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import defer

from api.core.db import db
from api.errands.models import Errand
from api.errands.types import Claim


def errand_of(user_id: uuid.UUID, errand_id: uuid.UUID) -> Errand | None:
    """Somebody's own errand, without its parameters, which may be long."""
    return db.session.execute(
        sa.select(Errand)
        .where(Errand.id == errand_id, Errand.requested_by == user_id)
        .options(defer(Errand.params))
    ).scalar_one_or_none()


def is_due(now: datetime) -> sa.ColumnElement[bool]:
    """Nobody runs it: it waits, or its holder has not been heard of for longer than the lease."""
    return sa.or_(
        Errand.state == "waiting",
        sa.and_(Errand.state == "running", Errand.lease_until < now),
    )


def is_held(claim: Claim) -> sa.ColumnElement[bool]:
    """This very holder still has it."""
    return sa.and_(Errand.id == claim.id, Errand.state == "running", Errand.attempts == claim.attempt)


def any_due(now: datetime) -> bool:
    """True when there is something to run."""
    return db.session.execute(sa.select(Errand.id).where(is_due(now)).limit(1)).first() is not None


def due(now: datetime, limit: int) -> Sequence[tuple[uuid.UUID, int]]:
    """The oldest errands to run, with how often each was tried."""
    query = sa.select(Errand.id, Errand.attempts).where(is_due(now)).order_by(Errand.created_at, Errand.id)
    return [(row.id, row.attempts) for row in db.session.execute(query.limit(limit))]


def claim_on(errand_id: uuid.UUID) -> Claim:
    """What its holder needs of an errand."""
    row = db.session.execute(
        sa.select(Errand.kind, Errand.params, Errand.requested_by, Errand.attempts).where(
            Errand.id == errand_id
        )
    ).one()
    return Claim(errand_id, row.kind, row.params, row.requested_by, row.attempts)
