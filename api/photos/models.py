"""Rows about photos; the bytes lie in the store under their hash."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Photo(Model):
    """A picture that is stored, whole and checked. Width and height are those seen upright."""

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


class PhotoUpload(Model):
    """Who sent a picture; a person gets "have it already" only for what they sent themselves."""

    __tablename__ = "photo_uploads"
    __table_args__ = (UniqueConstraint("sha256", "user_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("photos.sha256"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[datetime]


class Evidence(Model):
    """A photo that an inspection or a task shows. It may be listed before its bytes arrive."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(inspection_id IS NULL) <> (task_id IS NULL)", name="one_place"),
        Index("ix_evidence_sha256", "sha256"),
        Index("ix_evidence_inspection", "inspection_id"),
        Index("ix_evidence_task", "task_id"),
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
