"""Has this picture been handed in before?

The same bytes are the same picture. Pictures whose fingerprints differ in few bits are most likely one
picture that was made smaller, paler, cut at the rim or saved again. Fingerprints are taken of the whole and
of the core of a picture (storage/fingerprint.py), so a cut picture is compared with the core of the old one
and the other way round. Two fingerprints have 128 bits together; pictures that have nothing to do with each
other differ in about 64. The lines below were drawn by measuring (docs/benchmarks.md).
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

STRONG_BITS = 10
WEAK_BITS = 18
WITHIN = timedelta(days=180)


@dataclass(frozen=True)
class Looks:
    """A fingerprint as the database keeps it, signed."""

    dhash: int
    phash: int
    core_dhash: int
    core_phash: int


@dataclass(frozen=True)
class Sighting:
    """A photo in a list: whose report or task it was, of which store, for which item, and when it came."""

    evidence_id: uuid.UUID
    photo_id: uuid.UUID
    sha256: str
    inspection_id: uuid.UUID | None
    task_id: uuid.UUID | None
    store_id: uuid.UUID
    item_key: str
    taken_at: datetime
    listed_at: datetime
    looks: Looks | None


@dataclass(frozen=True)
class Twin:
    """A photo and an other sighting of what it shows; `bits` is None for the same file."""

    photo: Sighting
    other: Sighting
    bits: int | None

    @property
    def is_strong(self) -> bool:
        """True when hardly anything but the same picture explains it."""
        return self.bits is None or self.bits <= STRONG_BITS


def turned(twin: Twin) -> Twin:
    """The same pair as the other list sees it."""
    return Twin(twin.other, twin.photo, twin.bits)


def looks_of(row: Any) -> Looks | None:
    """The fingerprint in a row of photos or of evidence."""
    if row.phash is None:
        return None
    return Looks(row.dhash, row.phash, row.core_dhash, row.core_phash)


def bits_between(one: Looks, other: Looks) -> int:
    """In how many of 128 bits the two differ, whole with whole or one's core with the other's whole."""
    pairs = (
        (one.dhash, one.phash, other.dhash, other.phash),
        (one.core_dhash, one.core_phash, other.dhash, other.phash),
        (one.dhash, one.phash, other.core_dhash, other.core_phash),
    )
    return min(_bits(d1, d2) + _bits(p1, p2) for d1, p1, d2, p2 in pairs)


def _bits(one: int, other: int) -> int:
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()


def nearest(twins: Iterable[Twin]) -> list[Twin]:
    """For each photo the other sighting that tells most: the same file first, then the fewest bits."""
    best: dict[uuid.UUID, Twin] = {}
    for twin in sorted(twins, key=_telling):
        best.setdefault(twin.photo.evidence_id, twin)
    return list(best.values())


def _telling(twin: Twin) -> tuple[Any, ...]:
    return (-1 if twin.bits is None else twin.bits, twin.other.listed_at, str(twin.other.evidence_id))


def among(photo: Sighting, others: Sequence[Sighting]) -> list[Twin]:
    """Those of the others that show what this photo shows."""
    found = []
    for other in others:
        if other.sha256 == photo.sha256:
            found.append(Twin(photo, other, None))
        elif photo.looks and other.looks:
            bits = bits_between(photo.looks, other.looks)
            if bits <= WEAK_BITS:
                found.append(Twin(photo, other, bits))
    return found
