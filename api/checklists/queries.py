"""Every SELECT about checklists."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from api.checklists.models import Checklist, ChecklistVersion
from api.core.db import db
from api.core.pagination import page


def checklist(checklist_id: uuid.UUID) -> Checklist | None:
    """A checklist."""
    return db.session.get(Checklist, checklist_id)


def checklist_held(checklist_id: uuid.UUID) -> Checklist | None:
    """A checklist that nobody retires or publishes until this unit ends."""
    query = sa.select(Checklist).where(Checklist.id == checklist_id).with_for_update(read=True)
    return db.session.execute(query).scalar_one_or_none()


def retired_among(ids: Iterable[uuid.UUID]) -> Sequence[Checklist]:
    """Those of these that are retired, each kept for this unit alone until it ends."""
    query = (
        sa.select(Checklist)
        .where(Checklist.id.in_(set(ids)), Checklist.retired_at.is_not(None))
        .order_by(Checklist.id)
        .with_for_update()
    )
    return db.session.execute(query).scalars().all()


def checklists_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Checklist]:
    """These checklists."""
    rows = db.session.execute(sa.select(Checklist).where(Checklist.id.in_(set(ids)))).scalars()
    return {row.id: row for row in rows}


def checklist_coded(code: str) -> Checklist | None:
    """The checklist with this code."""
    return db.session.execute(sa.select(Checklist).where(Checklist.code == code)).scalar_one_or_none()


def ids_of_codes(codes: Iterable[str]) -> dict[str, uuid.UUID]:
    """The checklists that have one of these codes."""
    rows = db.session.execute(sa.select(Checklist.code, Checklist.id).where(Checklist.code.in_(list(codes))))
    return {row.code: row.id for row in rows}


def publications(checklist_id: uuid.UUID) -> Sequence[Any]:
    """Number, moment and publisher of every version, the newest first."""
    query = (
        sa.select(ChecklistVersion.number, ChecklistVersion.published_at, ChecklistVersion.published_by)
        .where(ChecklistVersion.checklist_id == checklist_id)
        .order_by(ChecklistVersion.number.desc())
    )
    return db.session.execute(query).all()


def revisions(codes: Iterable[str]) -> dict[str, int]:
    """Code → revision of those that are here."""
    query = sa.select(Checklist.code, Checklist.draft_revision).where(Checklist.code.in_(set(codes)))
    return {row.code: row.draft_revision for row in db.session.execute(query)}


def version(checklist_id: uuid.UUID, number: int) -> ChecklistVersion | None:
    """A published version."""
    return db.session.execute(
        sa.select(ChecklistVersion).where(
            ChecklistVersion.checklist_id == checklist_id, ChecklistVersion.number == number
        )
    ).scalar_one_or_none()


def published(checklists: Sequence[Checklist]) -> dict[uuid.UUID, ChecklistVersion]:
    """The newest published version of each."""
    rows = db.session.execute(
        sa.select(ChecklistVersion)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(
            ChecklistVersion.checklist_id.in_([c.id for c in checklists]),
            ChecklistVersion.number == Checklist.published_version,
        )
    ).scalars()
    return {row.checklist_id: row for row in rows}


def checklist_page(
    *, only_published: bool, cursor: str | None, limit: int
) -> tuple[list[Checklist], str | None]:
    """Checklists by code."""
    query = sa.select(Checklist)
    if only_published:
        query = query.where(Checklist.published_version.is_not(None))
    return page(
        db.session,
        query,
        [Checklist.code],
        cursor=cursor,
        limit=limit,
        key_of=lambda c: [c.code],
        parse=[str],
    )
