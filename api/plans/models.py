"""Visits, each one dated duty for one store, and the plans that they come from."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Visit(Model):
    """Who inspects which store by which checklist, from when until when.

    `occurrence` names it within its plan (the local opening that was meant); `early_at` is from when it may
    be begun; `owner_id` is whose duty it was when a deputy has it; a missed one is off the desk once it was
    settled (excused or rescheduled); a recheck names the inspection that asked for it. `finished_at` is when
    its report was finished, as far as the server can prove (lateness.py), and never when it arrived;
    `assigned_by` gave it to its assignee by hand, and then no plan gives it to somebody else.
    """

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
        Index("uq_visits_occurrence", "plan_id", "store_id", "occurrence", unique=True),
        Index("uq_visits_source_inspection", "source_inspection_id", unique=True),
        Index("ix_visits_rescheduled_from", "rescheduled_from"),
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
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plans.id"))
    occurrence: Mapped[str | None] = mapped_column(String(16))
    early_at: Mapped[datetime | None]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    called_off_by_plan: Mapped[bool | None]
    rescheduled_from: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"))
    source_inspection_id: Mapped[uuid.UUID | None]
    settled_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    assigned_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Plan(Model):
    """A recurring duty. What it asks for stands in its revisions, because edits go forward only.

    `scope_region_ids` bounds a regional manager's plan to the regions they had; None is everywhere.
    """

    __tablename__ = "plans"
    __table_args__ = (CheckConstraint("state IN ('active','paused','ended')", name="state"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    scope_region_ids: Mapped[list[Any] | None]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> dict[str, str]:
        """Both languages."""
        return {"zh": self.name_zh, "en": self.name_en}


class PlanRevision(Model):
    """What a plan asks for from a local day on; of those in effect the one with the highest number counts.

    A stopped revision makes no visits: a pause, or the end.
    """

    __tablename__ = "plan_revisions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int]
    effective_from: Mapped[date]
    stopped: Mapped[bool]
    checklist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("checklists.id"))
    terms: Mapped[dict[str, Any]]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]


class PlanStore(Model):
    """How far a plan's visits are made for one store, and what is different there."""

    __tablename__ = "plan_stores"

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    store_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stores.id"), primary_key=True)
    until: Mapped[date | None]
    override: Mapped[dict[str, Any] | None]


class Absence(Model):
    """Somebody is away from the first to the last day, and their visits go to a deputy."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("user_id <> deputy_id", name="deputy"),
        Index("ix_absences_user", "user_id", "last_day"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    deputy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Complaint(Model):
    """A complaint about a store that was taken over from outside; `reference` is its name there."""

    __tablename__ = "complaints"
    __table_args__ = (UniqueConstraint("reference"), Index("ix_complaints_store_date", "store_id", "on_date"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    store_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stores.id"))
    reference: Mapped[str] = mapped_column(String(80))
    on_date: Mapped[date]
    kind: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
