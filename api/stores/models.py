"""The region tree and the stores that hang on it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Region(Model):
    """A node of the tree. `path` names all nodes down to this one, so a subtree is one prefix."""

    __tablename__ = "regions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("regions.id"), index=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(500), index=True)
    created_at: Mapped[datetime]

    @property
    def name(self) -> dict[str, str]:
        """Both languages."""
        return {"zh": self.name_zh, "en": self.name_en}


class Store(Model):
    """A store. Its point says in which system it was taken; times are shown in its time zone."""

    __tablename__ = "stores"
    __table_args__ = (
        CheckConstraint("status IN ('open','suspended','closed')", name="status"),
        CheckConstraint("coord_sys IN ('WGS-84','GCJ-02')", name="coord_sys"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_point"),
        CheckConstraint("geofence_m >= 50", name="geofence"),
        Index("ix_stores_region_code", "region_id", "code"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20))
    tags: Mapped[list[Any]] = mapped_column(server_default="[]")
    opening_hours: Mapped[dict[str, Any] | None]
    closed_dates: Mapped[list[Any]] = mapped_column(server_default="[]")
    region_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("regions.id"))
    address: Mapped[str] = mapped_column(String(400))
    city: Mapped[str] = mapped_column(String(120))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    coord_sys: Mapped[str] = mapped_column(String(10))
    timezone: Mapped[str] = mapped_column(String(60))
    geofence_m: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    supervisor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> dict[str, str]:
        """Both languages."""
        return {"zh": self.name_zh, "en": self.name_en}
