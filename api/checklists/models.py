"""Checklists: a draft that head office works on, and published versions that never change."""

import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.checklists.content_defaults import with_defaults
from api.core.db import Model


class Checklist(Model):
    """An SOP broken into items. `draft` is JSON text, or nothing when nothing is being prepared."""

    __tablename__ = "checklists"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    draft: Mapped[str | None] = mapped_column(Text)
    draft_revision: Mapped[int] = mapped_column()
    published_version: Mapped[int | None]
    retired_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": draft_revision}

    @property
    def name(self) -> dict[str, str]:
        """Both languages."""
        return {"zh": self.name_zh, "en": self.name_en}

    @property
    def draft_content(self) -> dict[str, Any] | None:
        """The draft as it was kept, faults and all; None when nothing is being prepared."""
        return json.loads(self.draft) if self.draft else None


class ChecklistVersion(Model):
    """A published version: the exact JSON text and its SHA-256. Never changed, never deleted."""

    __tablename__ = "checklist_versions"
    __table_args__ = (UniqueConstraint("checklist_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    checklist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("checklists.id"))
    number: Mapped[int]
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    content_text: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))

    @property
    def name(self) -> dict[str, str]:
        """Both languages, as they were at publication."""
        return {"zh": self.name_zh, "en": self.name_en}

    @property
    def content(self) -> dict[str, Any]:
        """The checklist itself; what an older version could not say yet has its default."""
        return with_defaults(json.loads(self.content_text))
