"""Every SELECT about appeals and the revisions of scores."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from api.accounts.models import User
from api.accounts.types import HQ_ADMIN, REGIONAL_MANAGER, SUPERVISOR, Actor
from api.core.db import db
from api.core.pagination import page
from api.core.shapes import moment_text
from api.inspections.models import Appeal, Inspection, ScoreRevision
from api.stores import queries as stores
from api.stores.models import Store
from api.stores.queries import visible_stores


def appeal(appeal_id: uuid.UUID) -> Appeal | None:
    """An appeal, whoever asks."""
    return db.session.get(Appeal, appeal_id)


def appeal_of(inspection_id: uuid.UUID, appeal_id: uuid.UUID) -> Appeal | None:
    """An appeal of this report."""
    query = sa.select(Appeal).where(Appeal.id == appeal_id, Appeal.inspection_id == inspection_id)
    return db.session.execute(query).scalar_one_or_none()


def appeals_of(inspection_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Appeal]]:
    """The appeals of these reports, the first asked first."""
    found: dict[uuid.UUID, list[Appeal]] = {one: [] for one in inspection_ids}
    query = (
        sa.select(Appeal)
        .where(Appeal.inspection_id.in_(inspection_ids))
        .order_by(Appeal.asked_at, Appeal.id)
    )
    for row in db.session.execute(query).scalars():
        found[row.inspection_id].append(row)
    return found


def pending_keys(inspection_id: uuid.UUID, *, but: uuid.UUID) -> set[str]:
    """The items, "" for all, that other appeals of a report wait for."""
    query = sa.select(Appeal.item_key).where(
        Appeal.inspection_id == inspection_id, Appeal.state == "pending", Appeal.id != but
    )
    return set(db.session.execute(query).scalars())


def appeals_sent(user_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    """The content hashes of one person's appeals among these."""
    rows = db.session.execute(
        sa.select(Appeal.id, Appeal.content_sha256).where(
            Appeal.asked_by_id == user_id, Appeal.id.in_(list(ids))
        )
    )
    return {row.id: row.content_sha256 for row in rows}


def appeal_page(
    actor: Actor,
    *,
    cursor: str | None,
    limit: int,
    state: Sequence[str] = (),
    store_id: uuid.UUID | None = None,
    inspection_id: uuid.UUID | None = None,
    decider_id: uuid.UUID | None = None,
) -> tuple[list[Appeal], str | None]:
    """The appeals of visible stores, the newest first."""
    query = sa.select(Appeal).where(Appeal.store_id.in_(visible_stores(actor)))
    if state:
        query = query.where(Appeal.state.in_(state))
    if store_id:
        query = query.where(Appeal.store_id == store_id)
    if inspection_id:
        query = query.where(Appeal.inspection_id == inspection_id)
    if decider_id:
        query = query.where(Appeal.decider_id == decider_id)
    return page(
        db.session,
        query,
        [Appeal.asked_at, Appeal.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda a: [moment_text(a.asked_at, micro=True), str(a.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
        descending=True,
    )


def reports_of(appeals: Iterable[Appeal]) -> dict[uuid.UUID, Inspection]:
    """The reports that these appeals are about."""
    query = sa.select(Inspection).where(Inspection.id.in_({appeal.inspection_id for appeal in appeals}))
    return {row.id: row for row in db.session.execute(query).scalars()}


def deciders(store: Store) -> list[User]:
    """Who may decide appeals of a store or be given one, the nearest first: its managers, head office, supervisors."""
    head_office = sa.select(User).where(User.role == HQ_ADMIN, User.is_active).order_by(User.created_at, User.id)
    return [
        *stores.people_over(store, REGIONAL_MANAGER),
        *db.session.execute(head_office).scalars(),
        *stores.people_over(store, SUPERVISOR),
    ]


def revisions_of(inspection_id: uuid.UUID) -> Sequence[ScoreRevision]:
    """The revisions of a score, the first one first; none when it was never revised."""
    query = (
        sa.select(ScoreRevision)
        .where(ScoreRevision.inspection_id == inspection_id)
        .order_by(ScoreRevision.number)
    )
    return db.session.execute(query).scalars().all()


def revision_numbers(inspection_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The number of the present revision of those that were revised."""
    rows = db.session.execute(
        sa.select(ScoreRevision.inspection_id, sa.func.max(ScoreRevision.number))
        .where(ScoreRevision.inspection_id.in_(inspection_ids))
        .group_by(ScoreRevision.inspection_id)
    )
    return {row[0]: row[1] for row in rows}


def changes_of(inspection_id: uuid.UUID) -> dict[str, str]:
    """Which items count otherwise than they were answered, by the present revision."""
    query = (
        sa.select(ScoreRevision.answers)
        .where(ScoreRevision.inspection_id == inspection_id)
        .order_by(ScoreRevision.number.desc())
        .limit(1)
    )
    return dict(db.session.execute(query).scalar() or {})
