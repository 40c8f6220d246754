"""Rectification tasks and the append-only history of what was done to them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Task(Model):
    """What must be put right in a store, by whom, until when. At most one for each finding."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("inspection_id", "item_key"),
        CheckConstraint(
            "status IN ('open','in_progress','submitted','closed','waived','cancelled')", name="status"
        ),
        CheckConstraint("flag IN ('general','key','redline')", name="flag"),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        Index("ix_tasks_store_status", "store_id", "status"),
        Index("ix_tasks_created", "created_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inspections.id"))
    item_key: Mapped[str | None] = mapped_column(String(64))
    checklist_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("checklists.id"))
    checklist_version: Mapped[int | None]
    store_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stores.id"))
    title: Mapped[dict[str, Any]]
    guide: Mapped[dict[str, Any] | None]
    flag: Mapped[str] = mapped_column(String(10))
    severity: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    needs_photo: Mapped[bool]
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    reviewer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    finding: Mapped[dict[str, Any]]
    fix: Mapped[dict[str, Any] | None]
    fixed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    original_due_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reject_count: Mapped[int]
    reopen_count: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class TaskTransition(Model):
    """One deed on a task, with the id its phone gave it; never changed afterwards."""

    __tablename__ = "task_transitions"
    __table_args__ = (Index("ix_task_transitions_task", "task_id", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tasks.id"))
    action: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text)
    photos: Mapped[list[Any]]
    content_sha256: Mapped[str | None] = mapped_column(String(64))
