"""Rectification tasks and the append-only history of what was done to them.

Around them: extensions that were asked for, comments, steps of the escalation ladder that fired, and campaigns
that open one task in many stores.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Task(Model):
    """What must be put right in a store, by whom, until when. At most one for each finding.

    `source_id` is the complaint or the campaign it came from; `recurs_id` the closed task of which this is the
    recurrence. While `paused_at` is set (an appeal is pending) its clock stands.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("inspection_id", "item_key"),
        CheckConstraint(
            "status IN ('open','in_progress','submitted','closed','waived','cancelled')", name="status"
        ),
        CheckConstraint("flag IN ('general','key','redline')", name="flag"),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        CheckConstraint("source IN ('inspection','manual','complaint','campaign')", name="source"),
        Index("ix_tasks_store_status", "store_id", "status"),
        Index("ix_tasks_created", "created_at", "id"),
        Index("ix_tasks_status_due", "status", "due_at"),
        Index("uq_tasks_source_store", "source_id", "store_id", unique=True),
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
    source: Mapped[str] = mapped_column(String(12), server_default="inspection")
    source_id: Mapped[uuid.UUID | None]
    recurs_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    first_response_at: Mapped[datetime | None]
    review_due_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
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


class TaskExtension(Model):
    """More time that was asked for, and what became of it (domain rules 7)."""

    __tablename__ = "task_extensions"
    __table_args__ = (
        CheckConstraint("state IN ('pending','granted','refused','withdrawn')", name="state"),
        Index("ix_task_extensions_task", "task_id", "asked_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tasks.id"))
    state: Mapped[str] = mapped_column(String(10))
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    old_due_at: Mapped[datetime]
    new_due_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    interim: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(Text)


class TaskComment(Model):
    """What somebody said about a task; its id comes from their phone."""

    __tablename__ = "task_comments"
    __table_args__ = (Index("ix_task_comments_task", "task_id", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tasks.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    body: Mapped[str] = mapped_column(Text)
    photos: Mapped[list[Any]]
    mentions: Mapped[list[Any]]
    content_sha256: Mapped[str] = mapped_column(String(64))


class Escalation(Model):
    """A step of the ladder that fired: once for each task, step and due date."""

    __tablename__ = "escalations"
    __table_args__ = (UniqueConstraint("task_id", "step", "due_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tasks.id"))
    step: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
    recipients: Mapped[list[Any]]


class TaskCampaign(Model):
    """One thing to be put right in many stores until one moment, by head office or a region's manager."""

    __tablename__ = "task_campaigns"
    __table_args__ = (Index("ix_task_campaigns_created", "created_at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    guide: Mapped[dict[str, Any] | None]
    flag: Mapped[str] = mapped_column(String(10))
    needs_photo: Mapped[bool]
    photos: Mapped[list[Any]]
    selection: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
