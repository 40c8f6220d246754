"""Every SELECT about absences and the visits that change hands because of them."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import page
from api.plans.dispatch import midnight
from api.plans.models import Absence, Visit
from api.stores.models import Store
from api.stores.queries import visible_people, visible_stores

# Between a day somewhere and the same day in UTC lie at most fourteen hours.
_SLACK = timedelta(days=1)
_UTC = ZoneInfo("UTC")


def absence(absence_id: uuid.UUID) -> Absence | None:
    """An absence, whoever asks."""
    return db.session.get(Absence, absence_id)


def absence_for(actor: Actor, absence_id: uuid.UUID) -> Absence | None:
    """An absence of somebody among the actor's people, or one in which the actor stands in."""
    query = sa.select(Absence).where(Absence.id == absence_id, _seen_by(actor)).with_for_update()
    return db.session.execute(query).scalar_one_or_none()


def _seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.or_(Absence.user_id.in_(visible_people(actor)), Absence.deputy_id == actor.id)


def absence_page(
    actor: Actor, *, cursor: str | None, limit: int, user_id: uuid.UUID | None, until: date | None
) -> tuple[list[Absence], str | None]:
    """The absences the actor may see, the latest first; `until` leaves out those that ended before it."""
    query = sa.select(Absence).where(_seen_by(actor))
    if user_id:
        query = query.where(Absence.user_id == user_id)
    if until:
        query = query.where(Absence.last_day >= until, Absence.cancelled_at.is_(None))
    return page(
        db.session,
        query,
        [Absence.first_day, Absence.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda a: [a.first_day.isoformat(), str(a.id)],
        parse=[date.fromisoformat, uuid.UUID],
        descending=True,
    )


def hold_people(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, User]:
    """These people, whose absences nobody else changes until the running unit ends."""
    query = sa.select(User).where(User.id.in_(ids)).order_by(User.id).with_for_update(key_share=True)
    return {row.id: row for row in db.session.execute(query).scalars()}


def out_of_reach(deputy: Actor, user_id: uuid.UUID, first: date, last: date) -> Sequence[str]:
    """Codes of stores that somebody has in these days, or supervises, and that the deputy cannot see.

    Cross-checks come from other stores, and nobody needs to see the store for them.
    """
    theirs = sa.select(Visit.store_id).where(
        sa.or_(Visit.assignee_id == user_id, Visit.owner_id == user_id),
        Visit.state == "scheduled",
        Visit.kind != "cross",
        *_opening(first, last),
    )
    query = (
        sa.select(Store.code)
        .where(
            sa.or_(Store.id.in_(theirs), sa.and_(Store.supervisor_id == user_id, Store.status == "open")),
            Store.id.not_in(visible_stores(deputy)),
        )
        .order_by(Store.code)
        .limit(20)
    )
    return db.session.execute(query).scalars().all()


def visits_that_may_move(
    user_id: uuid.UUID, first: date, last: date, now: datetime
) -> Sequence[tuple[Visit, str]]:
    """Visits ahead that nobody has begun and that somebody has, or somebody stands in for, with the time zone."""
    query = (
        sa.select(Visit, Store.timezone)
        .join(Store, Store.id == Visit.store_id)
        .where(
            Visit.state == "scheduled",
            Visit.due_at > now,
            *_opening(first, last),
            sa.or_(Visit.assignee_id == user_id, Visit.owner_id.is_not(None)),
        )
        .order_by(Visit.opens_at, Visit.id)
        .with_for_update(of=Visit)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _opening(first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Days are those of the stores; the database sifts roughly, and who asks looks at the exact day."""
    return (
        Visit.opens_at >= midnight(first, _UTC) - _SLACK,
        Visit.opens_at < midnight(last, _UTC) + 2 * _SLACK,
    )
