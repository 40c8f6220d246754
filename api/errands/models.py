"""Errands: work that takes longer than a request may, done by the job process with its progress told."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Errand(Model):
    """One piece of long work. Whoever runs it holds it until `lease_until` and renews that as it goes on."""

    __tablename__ = "errands"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','running','done','failed','cancelled')", name="state"),
        Index("ix_errands_state_created", "state", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12))
    done: Mapped[int]
    total: Mapped[int]
    result_text: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    requested_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
