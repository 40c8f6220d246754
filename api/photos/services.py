"""The deeds about photos: keep one that arrived whole, list the ones a report needs."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import DigestMismatch, NotAPicture, TooLarge, TooManyPixels
from api.core.ids import new_id
from api.photos import queries, watermarks
from api.photos.looking import columns_of
from api.photos.models import Evidence, Photo, PhotoUpload
from storage import images, keys
from storage.blobs import BlobMissing, Blobs
from storage.pictures import PictureFacts


def keep_bytes(blobs: Blobs, sha256: str, body: bytes) -> PictureFacts:
    """Checks that the bytes are one acceptable picture and stores them with their shown copies.

    Returns when all of them are durable. Raises NotAPicture, TooManyPixels, TooLarge; and
    StorageUnavailable when sending again may help.
    """
    try:
        facts = images.inspect(body)
        copies = images.derive(body)
    except images.NotAPicture as refusal:
        raise NotAPicture(_what_it_is(refusal.detected), extras={"detected": refusal.detected}) from None
    except images.TooManyPixels as refusal:
        raise TooManyPixels(str(refusal)) from None
    except images.TooManyBytes as refusal:
        raise TooLarge(str(refusal)) from None
    except images.DamagedPicture as refusal:
        raise NotAPicture("The picture is damaged.", extras={"detected": "damaged"}) from refusal
    for shown in ("display", "thumb"):
        blobs.put(keys.derived(sha256, shown), copies[shown], "image/jpeg")
    blobs.put(keys.original(sha256), body, facts.content_type, sha256=sha256)
    return facts


def _what_it_is(detected: str) -> str:
    if detected == "heic":
        return "HEIC is not accepted; let the phone send JPEG (camera setting “Most compatible”)."
    return f"This is {detected}, not a JPEG, PNG or WebP picture."


def check_hash(sha256: str, actual: str) -> None:
    """Raises DigestMismatch when other bytes arrived than were announced."""
    if sha256 != actual:
        raise DigestMismatch("The bytes do not have the SHA-256 in the address.")


def note(
    actor: Actor, sha256: str, size: int, facts: PictureFacts, now: datetime
) -> tuple[Photo, datetime, bool]:
    """Notes a stored photo and its sender: the photo, when this person's copy came, and if it is new."""
    photo = queries.photo(sha256)
    if photo is None:
        photo = Photo(
            sha256=sha256,
            bytes=size,
            content_type=facts.content_type,
            width=facts.width,
            height=facts.height,
            taken_at=facts.taken_at,
            latitude=facts.latitude,
            longitude=facts.longitude,
            received_at=now,
            **columns_of(facts.looks),
        )
        db.session.add(photo)
        db.session.flush()
    upload = queries.upload(sha256, actor.id)
    if upload is not None:
        return photo, upload.received_at, False
    db.session.add(PhotoUpload(id=new_id(), sha256=sha256, user_id=actor.id, received_at=now))
    return photo, now, True


def list_evidence(
    photos: Iterable[tuple[str, str, Mapping[str, Any]]],
    *,
    store_id: uuid.UUID,
    person_id: uuid.UUID,
    now: datetime,
    inspection_id: uuid.UUID | None = None,
    task_id: uuid.UUID | None = None,
) -> None:
    """Lists photos as (item key, slot, the phone's description) under an inspection or a task."""
    db.session.add_all(
        evidence_rows(
            photos,
            store_id=store_id,
            person_id=person_id,
            now=now,
            inspection_id=inspection_id,
            task_id=task_id,
        )
    )


def evidence_rows(
    photos: Iterable[tuple[str, str, Mapping[str, Any]]],
    *,
    store_id: uuid.UUID,
    person_id: uuid.UUID,
    now: datetime,
    inspection_id: uuid.UUID | None = None,
    task_id: uuid.UUID | None = None,
) -> list[Evidence]:
    """The rows of `list_evidence`, not yet in the unit: they can be looked at before they are listed."""
    return [
        Evidence(
            id=new_id(),
            sha256=photo["sha256"],
            store_id=store_id,
            inspection_id=inspection_id,
            task_id=task_id,
            item_key=item_key,
            slot=slot,
            photo_id=photo["id"],
            bytes=photo["bytes"],
            width=photo["width"],
            height=photo["height"],
            taken_at=photo["taken_at"],
            source=photo["source"],
            latitude=photo["latitude"],
            longitude=photo["longitude"],
            accuracy=photo["accuracy"],
            person_id=person_id,
            listed_at=now,
        )
        for item_key, slot, photo in photos
    ]


def opened(blobs: Blobs, sha256: str, size: str, words: Sequence[str] = ()) -> Any:
    """The bytes to show, a displayed copy with these words on it.

    A copy that is missing is made: a shown one from the original, one with words from the shown one.

    Raises BlobMissing when even the original is gone.
    """
    if size == "original":
        return blobs.open(keys.original(sha256))
    if words and size == "display":
        return _marked(blobs, sha256, words)
    key = keys.derived(sha256, "thumb" if size == "thumb" else "display")
    try:
        return blobs.open(key)
    except BlobMissing:
        with blobs.open(keys.original(sha256)) as file:
            copies = images.derive(file.read())
        for shown in ("display", "thumb"):
            blobs.put(keys.derived(sha256, shown), copies[shown], "image/jpeg")
        return blobs.open(key)


def _marked(blobs: Blobs, sha256: str, words: Sequence[str]) -> Any:
    key = keys.marked(sha256, watermarks.sign(words))
    try:
        return blobs.open(key)
    except BlobMissing:
        with opened(blobs, sha256, "display") as file:
            copy = images.mark(file.read(), words)
        blobs.put(key, copy, "image/jpeg")
        return blobs.open(key)
