"""What is odd about single photos: from the gallery, of another time or place, or handed in before.

What a phone writes into a picture (EXIF) is a claim, so it can raise a doubt but never settle one.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.inspections.signals import Signal
from api.photos.twins import Sighting, Twin, nearest
from api.stores.geo import distance_m

OLD_BY_PHONE = timedelta(minutes=10)
OLD_BY_EXIF = timedelta(hours=1)
ELSEWHERE_M = 1_000


@dataclass(frozen=True)
class Place:
    """A position in degrees WGS-84."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True)
class PhotoFacts:
    """A listed photo with what the phone and the file say of it. Moments are aware."""

    photo_id: uuid.UUID
    sha256: str
    item_key: str
    source: str
    camera_only: bool
    taken_at: datetime
    place: Place | None = None
    exif_taken_at: datetime | None = None
    exif_place: Place | None = None


def of_photos(
    photos: Sequence[PhotoFacts], started_at: datetime, store: Place | None, fence_m: int
) -> list[Signal]:
    """What is odd about where photos come from, when and where they were taken."""
    gallery = [_photo(p) for p in photos if p.camera_only and p.source == "gallery"]
    old = [found for p in photos if (found := _old(p, started_at))]
    away = [found for p in photos if store and (found := _elsewhere(p, store, max(fence_m, ELSEWHERE_M)))]
    told = (("gallery_photo", gallery), ("photo_old", old), ("photo_elsewhere", away))
    return [Signal(code, {"photos": found}) for code, found in told if found]


def of_twins(twins: Iterable[Twin]) -> list[Signal]:
    """Photos handed in before: `photo_reused` for the same file, `photo_similar` for the same picture."""
    best = nearest(twins)
    same = [twin for twin in best if twin.bits is None]
    near = [twin for twin in best if twin.bits is not None]
    found = []
    if same:
        found.append(Signal("photo_reused", {"photos": [_twin(t) for t in same]}, strong=True))
    if near:
        strong = any(twin.is_strong for twin in near)
        found.append(Signal("photo_similar", {"photos": [_twin(t) for t in near]}, strong=strong))
    return found


def _photo(photo: PhotoFacts, **more: Any) -> dict[str, Any]:
    return {"photo_id": photo.photo_id, "sha256": photo.sha256, "item_key": photo.item_key} | more


def _old(photo: PhotoFacts, started_at: datetime) -> dict[str, Any] | None:
    if photo.taken_at < started_at - OLD_BY_PHONE:
        return _photo(photo, taken_at=photo.taken_at, by="phone")
    if photo.exif_taken_at is not None and photo.exif_taken_at < started_at - OLD_BY_EXIF:
        return _photo(photo, taken_at=photo.exif_taken_at, by="exif")
    return None


def _elsewhere(photo: PhotoFacts, store: Place, radius: float) -> dict[str, Any] | None:
    for by, place in (("phone", photo.place), ("exif", photo.exif_place)):
        if place is not None:
            metres = distance_m(place.latitude, place.longitude, store.latitude, store.longitude)
            if metres - place.accuracy > radius:
                return _photo(photo, metres=round(metres), by=by)
    return None


def _twin(twin: Twin) -> dict[str, Any]:
    seen = _sighting(twin.photo)
    return seen | {"bits": twin.bits, "strong": twin.is_strong, "other": _other(twin.other)}


def _sighting(one: Sighting) -> dict[str, Any]:
    return {"photo_id": one.photo_id, "sha256": one.sha256, "item_key": one.item_key}


def _other(one: Sighting) -> dict[str, Any]:
    where = {"inspection_id": one.inspection_id, "task_id": one.task_id, "store_id": one.store_id}
    return _sighting(one) | where | {"taken_at": one.taken_at, "listed_at": one.listed_at}
