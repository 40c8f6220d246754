"""Every SELECT that looks for pictures seen before. Each stays within one store's or one person's half year."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from api.core.bits import differing_bits
from api.core.db import db
from api.photos.models import Evidence, Photo
from api.photos.twins import WEAK_BITS, WITHIN, Looks

MOST = 200
AT_ONCE = 60


def photos_among(hashes: Iterable[str]) -> dict[str, Photo]:
    """The stored ones of these photos, by hash."""
    rows = db.session.execute(sa.select(Photo).where(Photo.sha256.in_(set(hashes)))).scalars()
    return {photo.sha256: photo for photo in rows}


def same_files(hashes: Collection[str], *, but: uuid.UUID | None) -> Sequence[Evidence]:
    """Where these very files are listed, the earliest first; `but` names a report to leave out."""
    query = sa.select(Evidence).where(Evidence.sha256.in_(hashes), _elsewhere(but))
    return db.session.execute(query.order_by(Evidence.listed_at, Evidence.id).limit(MOST)).scalars().all()


def look_alikes(
    looks: Collection[Looks],
    *,
    store_id: uuid.UUID,
    person_id: uuid.UUID | None,
    but: uuid.UUID | None,
    now: datetime,
) -> Sequence[Evidence]:
    """Photos of the store or by the person within 180 days that look like one of these."""
    if not looks:
        return []
    probe = _probes(looks)
    places = [Evidence.store_id == store_id]
    if person_id is not None:
        places.append(Evidence.person_id == person_id)
    found = sa.union(
        *(
            sa.select(Evidence.id)
            .join(probe, _alike(probe))
            .where(place, Evidence.listed_at > now - WITHIN, Evidence.phash.is_not(None))
            for place in places
        )
    )
    ids = list(db.session.execute(found.limit(MOST)).scalars())
    if not ids:
        return []
    return (
        db.session.execute(sa.select(Evidence).where(Evidence.id.in_(ids), _elsewhere(but))).scalars().all()
    )


def not_looked_at(now: datetime, limit: int) -> Sequence[Evidence]:
    """Photos that are here by now and were never compared, the earliest listed first."""
    query = (
        sa.select(Evidence)
        .join(Photo, Photo.sha256 == Evidence.sha256)
        .where(Evidence.looked_at.is_(None), Evidence.listed_at > now - WITHIN)
        .order_by(Evidence.listed_at, Evidence.id)
    )
    return db.session.execute(query.limit(limit)).scalars().all()


def arrived_of(inspection_id: uuid.UUID | None, task_id: uuid.UUID | None) -> Sequence[Evidence]:
    """The photos of one list that are here and were never compared."""
    mine = Evidence.inspection_id == inspection_id if inspection_id else Evidence.task_id == task_id
    query = sa.select(Evidence).join(Photo, Photo.sha256 == Evidence.sha256)
    query = query.where(mine, Evidence.looked_at.is_(None)).order_by(Evidence.id)
    return db.session.execute(query.limit(AT_ONCE)).scalars().all()


def _elsewhere(but: uuid.UUID | None) -> sa.ColumnElement[bool]:
    if but is None:
        return sa.true()
    return sa.or_(Evidence.inspection_id.is_(None), Evidence.inspection_id != but)


def _probes(looks: Collection[Looks]) -> sa.CTE:
    rows = (
        sa.select(
            *(
                sa.literal(getattr(one, name), sa.BigInteger).label(name)
                for name in ("dhash", "phash", "core_dhash", "core_phash")
            )
        )
        for one in looks
    )
    return sa.union_all(*rows).cte("probe")


def _alike(probe: sa.CTE) -> sa.ColumnElement[bool]:
    """As twins.bits_between: whole with whole, or the core of one with the whole of the other.

    Most pairs are told apart by the first fingerprint alone, so the second is seldom counted.
    """

    def agree(mine: str, theirs: str) -> sa.ColumnElement[bool]:
        dhash, phash = (
            differing_bits(probe.c[f"{mine}{kind}"], getattr(Evidence, f"{theirs}{kind}"))
            for kind in ("dhash", "phash")
        )
        return sa.and_(dhash <= WEAK_BITS, dhash + phash <= WEAK_BITS)

    return sa.or_(agree("", ""), agree("core_", ""), agree("", "core_"))
