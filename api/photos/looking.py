"""Comparing listed photos with those listed earlier. What is found is told; nothing is ever refused for it."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from api.core.bits import signed
from api.photos import twin_queries
from api.photos.models import FINGERPRINTS, Evidence, Photo
from api.photos.twins import Sighting, Twin, among, looks_of
from storage.pictures import Fingerprint


def photos_of(rows: Iterable[Evidence]) -> dict[str, Photo]:
    """The stored photos of these rows, by hash."""
    return twin_queries.photos_among(row.sha256 for row in rows)


def look(
    rows: Sequence[Evidence],
    stored: dict[str, Photo],
    *,
    not_compared: Collection[str],
    now: datetime,
) -> list[Twin]:
    """Compares the photos of one list with all others and marks as looked at those that are stored.

    The same file is found whether or not its bytes are here. The items of `not_compared` are looked at by
    file only: signatures look alike by nature. The rows may be new and not yet in the database.
    """
    if not rows:
        return []
    for row in rows:
        photo = stored.get(row.sha256)
        if photo is not None:
            row.looked_at = now
            if row.item_key not in not_compared:
                _copy_looks(photo, row)
    seen = [sighting(row) for row in rows]
    own = rows[0].inspection_id
    others = {row.id: row for row in twin_queries.same_files({s.sha256 for s in seen}, but=own)}
    alike = twin_queries.look_alikes(
        {s.looks for s in seen if s.looks},
        store_id=rows[0].store_id,
        person_id=rows[0].person_id,
        but=own,
        now=now,
    )
    others |= {row.id: row for row in alike}
    task = rows[0].task_id
    known = [sighting(row) for row in others.values() if task is None or row.task_id != task]
    return [twin for one in seen for twin in among(one, known)]


def sighting(row: Evidence) -> Sighting:
    """A listed photo as the rules see it."""
    return Sighting(
        evidence_id=row.id,
        photo_id=row.photo_id,
        sha256=row.sha256,
        inspection_id=row.inspection_id,
        task_id=row.task_id,
        store_id=row.store_id,
        item_key=row.item_key,
        taken_at=row.taken_at,
        listed_at=row.listed_at,
        looks=looks_of(row),
    )


def waiting(now: datetime, limit: int) -> list[tuple[uuid.UUID | None, uuid.UUID | None]]:
    """Lists (of an inspection or of a task) with photos that came after them, the longest waiting first."""
    rows = twin_queries.not_looked_at(now, limit)
    return list(dict.fromkeys((row.inspection_id, row.task_id) for row in rows))


def arrived_of(inspection_id: uuid.UUID | None, task_id: uuid.UUID | None) -> Sequence[Evidence]:
    """The photos of one list that are here and were not looked at yet."""
    return twin_queries.arrived_of(inspection_id, task_id)


def _copy_looks(source: Any, row: Evidence) -> None:
    for name in FINGERPRINTS:
        setattr(row, name, getattr(source, name))


def columns_of(looks: Fingerprint | None) -> dict[str, int | None]:
    """A fingerprint for the columns of photos."""
    return {name: None if looks is None else signed(getattr(looks, name)) for name in FINGERPRINTS}
