"""Every SELECT about photos."""

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from api.accounts import policy
from api.accounts.types import Actor
from api.core.db import db
from api.photos.models import Evidence, Photo, PhotoUpload
from api.stores.queries import visible_stores

_VERSIONS = sa.table("checklist_versions", sa.column("id"), sa.column("content_text", sa.Text))
_CHECKLISTS = sa.table("checklists", sa.column("id"), sa.column("draft", sa.Text))


def photo(sha256: str) -> Photo | None:
    """A stored photo."""
    return db.session.get(Photo, sha256)


def upload(sha256: str, user_id: uuid.UUID) -> PhotoUpload | None:
    """The upload of a photo by one person."""
    return db.session.execute(
        sa.select(PhotoUpload).where(PhotoUpload.sha256 == sha256, PhotoUpload.user_id == user_id)
    ).scalar_one_or_none()


def photo_for(actor: Actor, sha256: str) -> Photo | None:
    """A stored photo, if the actor sent it or may see something that shows it."""
    sent = sa.select(PhotoUpload.sha256).where(PhotoUpload.sha256 == sha256, PhotoUpload.user_id == actor.id)
    shown = sa.select(Evidence.sha256).where(
        Evidence.sha256 == sha256, Evidence.store_id.in_(visible_stores(actor))
    )
    query = sa.select(Photo).where(Photo.sha256 == sha256, sa.or_(sent.exists(), shown.exists()))
    found = db.session.execute(query).scalar_one_or_none()
    if found is None and policy.may(actor.role, "checklists.read"):
        return _reference(sha256, drafts=policy.may(actor.role, "checklists.write"))
    return found


def listed_for(actor: Actor, sha256: str, shown_by: uuid.UUID | None) -> Evidence | None:
    """The list entry of a photo in this report or task, else the first one, of those the actor may see."""
    mine = sa.or_(Evidence.store_id.in_(visible_stores(actor)), Evidence.person_id == actor.id)
    query = sa.select(Evidence).where(Evidence.sha256 == sha256, mine)
    wanted = sa.or_(Evidence.inspection_id == shown_by, Evidence.task_id == shown_by)
    order = [sa.case((wanted, 0), else_=1)] if shown_by else []
    query = query.order_by(*order, Evidence.listed_at, Evidence.id).limit(1)
    return db.session.execute(query).scalar_one_or_none()


def _reference(sha256: str, *, drafts: bool) -> Photo | None:
    """A stored photo that a checklist shows as right or wrong.

    Checklists name their pictures inside their text, so the text is searched; phones ask once for each
    picture and keep it.
    """
    places = [sa.select(_VERSIONS.c.id).where(_VERSIONS.c.content_text.contains(sha256)).exists()]
    if drafts:
        places.append(sa.select(_CHECKLISTS.c.id).where(_CHECKLISTS.c.draft.contains(sha256)).exists())
    query = sa.select(Photo).where(Photo.sha256 == sha256, sa.or_(*places))
    return db.session.execute(query).scalar_one_or_none()


def stored_among(hashes: Iterable[str]) -> set[str]:
    """Which of these are stored."""
    wanted = list(set(hashes))
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            sa.select(Photo.sha256).where(Photo.sha256.in_(wanted[start : start + 500]))
        )
        found |= set(rows.scalars())
    return found


def sent_by(user_id: uuid.UUID, hashes: Iterable[str]) -> set[str]:
    """Which of these one person sent."""
    rows = db.session.execute(
        sa.select(PhotoUpload.sha256).where(
            PhotoUpload.user_id == user_id, PhotoUpload.sha256.in_(list(hashes))
        )
    )
    return set(rows.scalars())


def evidence_of_inspections(ids: Sequence[uuid.UUID]) -> Sequence[Evidence]:
    """All photos that these inspections list."""
    return (
        db.session.execute(sa.select(Evidence).where(Evidence.inspection_id.in_(ids)).order_by(Evidence.id))
        .scalars()
        .all()
    )


def evidence_of_tasks(ids: Sequence[uuid.UUID]) -> Sequence[Evidence]:
    """All photos that these tasks' fixes list."""
    return (
        db.session.execute(sa.select(Evidence).where(Evidence.task_id.in_(ids)).order_by(Evidence.id))
        .scalars()
        .all()
    )


def counts_of_inspections(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """For each inspection: photos listed, and of them stored."""
    rows = db.session.execute(
        sa.select(
            Evidence.inspection_id,
            sa.func.count(sa.distinct(Evidence.sha256)),
            sa.func.count(sa.distinct(Photo.sha256)),
        )
        .outerjoin(Photo, Photo.sha256 == Evidence.sha256)
        .where(Evidence.inspection_id.in_(ids))
        .group_by(Evidence.inspection_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows if row[0] is not None}
