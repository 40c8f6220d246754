"""Every SELECT about inspections."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import page
from api.core.shapes import moment_text
from api.inspections.models import Answer, Inspection, InspectionTransition
from api.stores.queries import visible_stores

REPEATS_WITHIN = timedelta(days=90)
REPEATS_AMONG = 2


def inspection(inspection_id: uuid.UUID) -> Inspection | None:
    """An inspection, whoever asks."""
    return db.session.get(Inspection, inspection_id)


def seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Inspections of visible stores, and one's own wherever the store went since."""
    return sa.or_(Inspection.store_id.in_(visible_stores(actor)), Inspection.inspector_id == actor.id)


def inspection_for(actor: Actor, inspection_id: uuid.UUID) -> Inspection | None:
    """An inspection that the actor may see."""
    query = sa.select(Inspection).where(Inspection.id == inspection_id, seen_by(actor))
    return db.session.execute(query).scalar_one_or_none()


def inspections_of(user_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The content hashes of one person's inspections among these."""
    rows = db.session.execute(
        sa.select(Inspection.id, Inspection.content_sha256).where(
            Inspection.inspector_id == user_id, Inspection.id.in_(list(ids))
        )
    )
    return {row.id: row.content_sha256 for row in rows}


def answers_of(inspection_id: uuid.UUID) -> Sequence[Answer]:
    """The judged answers."""
    return db.session.execute(sa.select(Answer).where(Answer.inspection_id == inspection_id)).scalars().all()


def failed_before(
    store_id: uuid.UUID, checklist_id: uuid.UUID, on_date: date, submitted_at: datetime
) -> frozenset[str]:
    """The keys of what failed in the last two reports of a store by a checklist before this one.

    Reports older than 90 days and voided ones do not count (domain rules 4.6).
    """
    query = (
        sa.select(Inspection.score_facts)
        .where(
            Inspection.store_id == store_id,
            Inspection.checklist_id == checklist_id,
            Inspection.on_date.between(on_date - REPEATS_WITHIN, on_date),
            Inspection.submitted_at < submitted_at,
            Inspection.status != "voided",
        )
        .order_by(Inspection.on_date.desc(), Inspection.submitted_at.desc())
        .limit(REPEATS_AMONG)
    )
    return frozenset(key for facts in db.session.execute(query).scalars() for key in facts["findings"])


def was_decided(inspection_id: uuid.UUID) -> bool:
    """True when a person has approved or voided a report."""
    query = sa.select(InspectionTransition.id).where(
        InspectionTransition.inspection_id == inspection_id,
        InspectionTransition.action.in_(("approve", "void")),
    )
    return db.session.execute(query.limit(1)).first() is not None


def transition(transition_id: uuid.UUID) -> InspectionTransition | None:
    """A review deed by its id."""
    return db.session.get(InspectionTransition, transition_id)


def history_of(inspection_id: uuid.UUID) -> Sequence[InspectionTransition]:
    """What became of a report since it arrived, in order."""
    query = (
        sa.select(InspectionTransition)
        .where(InspectionTransition.inspection_id == inspection_id)
        .order_by(InspectionTransition.at, InspectionTransition.id)
    )
    return db.session.execute(query).scalars().all()


def actions_on(inspection_id: uuid.UUID) -> list[str]:
    """The names of the deeds on a report."""
    return [step.action for step in history_of(inspection_id)]


def inspection_page(
    actor: Actor,
    *,
    cursor: str | None,
    limit: int,
    store_id: uuid.UUID | None = None,
    status: Sequence[str] = (),
    from_: date | None = None,
    to: date | None = None,
) -> tuple[list[Inspection], str | None]:
    """Visible inspections, last received first."""
    query = sa.select(Inspection).where(seen_by(actor))
    if store_id:
        query = query.where(Inspection.store_id == store_id)
    if status:
        query = query.where(Inspection.status.in_(status))
    if from_:
        query = query.where(Inspection.on_date >= from_)
    if to:
        query = query.where(Inspection.on_date <= to)
    return page(
        db.session,
        query,
        [Inspection.received_at, Inspection.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda i: [moment_text(i.received_at, micro=True), str(i.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
        descending=True,
    )
