"""Visits: one dated duty for one store."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Visit(Model):
    """Who inspects which store by which checklist, from when until when."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(
            "state IN ('scheduled','in_progress','submitted','missed','excused','cancelled')", name="state"
        ),
        CheckConstraint("opens_at < due_at AND due_at <= missed_at", name="window"),
        Index("ix_visits_store_due", "store_id", "due_at"),
        Index("ix_visits_assignee_due", "assignee_id", "due_at"),
        Index("ix_visits_state_missed", "state", "missed_at"),
        Index("ix_visits_created", "created_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    store_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stores.id"))
    checklist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("checklists.id"))
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    missed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    inspection_id: Mapped[uuid.UUID | None]
    note: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
