"""Rows about photos; the bytes lie in the store under their hash."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Photo(Model):
    """A picture that is stored, whole and checked. Width and height are those seen upright.

    The four fingerprints are what it looks like (storage/fingerprint.py); none where there is nothing to see.
    """

    __tablename__ = "photos"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int]
    content_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    taken_at: Mapped[str | None] = mapped_column(String(19))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    received_at: Mapped[datetime]
    dhash: Mapped[int | None] = mapped_column(BigInteger)
    phash: Mapped[int | None] = mapped_column(BigInteger)
    core_dhash: Mapped[int | None] = mapped_column(BigInteger)
    core_phash: Mapped[int | None] = mapped_column(BigInteger)


class PhotoUpload(Model):
    """Who sent a picture; a person gets "have it already" only for what they sent themselves."""

    __tablename__ = "photo_uploads"
    __table_args__ = (UniqueConstraint("sha256", "user_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("photos.sha256"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[datetime]


FINGERPRINTS = ("dhash", "phash", "core_dhash", "core_phash")
_HAS_LOOKS = text("phash IS NOT NULL")
_NOT_LOOKED_AT = text("looked_at IS NULL")


class Evidence(Model):
    """A photo that an inspection or a task shows. It may be listed before its bytes arrive.

    `listed_at` is when the server got the list, `person_id` whose list it was. `looked_at` is when the
    photo was compared with earlier ones; only then it has the fingerprints of its photo, by which later ones
    find it. They are kept here a second time, so that the search stays within one index.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(inspection_id IS NULL) <> (task_id IS NULL)", name="one_place"),
        Index("ix_evidence_sha256", "sha256"),
        Index("ix_evidence_inspection", "inspection_id"),
        Index("ix_evidence_task", "task_id"),
        Index(
            "ix_evidence_store_looks",
            "store_id",
            "listed_at",
            postgresql_include=["id", *FINGERPRINTS],
            postgresql_where=_HAS_LOOKS,
            sqlite_where=_HAS_LOOKS,
        ),
        Index(
            "ix_evidence_person_looks",
            "person_id",
            "listed_at",
            postgresql_include=["id", *FINGERPRINTS],
            postgresql_where=_HAS_LOOKS,
            sqlite_where=_HAS_LOOKS,
        ),
        Index(
            "ix_evidence_not_looked_at",
            "listed_at",
            postgresql_where=_NOT_LOOKED_AT,
            sqlite_where=_NOT_LOOKED_AT,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    store_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stores.id"))
    inspection_id: Mapped[uuid.UUID | None]
    task_id: Mapped[uuid.UUID | None]
    item_key: Mapped[str] = mapped_column(String(64))
    slot: Mapped[str] = mapped_column(String(12))
    photo_id: Mapped[uuid.UUID]
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    taken_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(10))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy: Mapped[float | None]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    listed_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]
    dhash: Mapped[int | None] = mapped_column(BigInteger)
    phash: Mapped[int | None] = mapped_column(BigInteger)
    core_dhash: Mapped[int | None] = mapped_column(BigInteger)
    core_phash: Mapped[int | None] = mapped_column(BigInteger)
