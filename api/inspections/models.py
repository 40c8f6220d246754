"""Inspections with their answers: submitted once, never changed; reviewed by transitions."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Fixed, Model


class Inspection(Model):
    """One report: the phone's exact document beside what the server made of it.

    `region_id` is the store's region when the report came, so that history stays where it was. What was
    noticed about the evidence is kept with its facts (`signals`); `flags` are their names. `proof` is from 0
    to 3, and None in reports from before it was reckoned.
    """

    __tablename__ = "inspections"
    __table_args__ = (
        CheckConstraint("status IN ('submitted','approved','in_review','returned','voided')", name="status"),
        CheckConstraint("outcome IN ('pass','fail','not_scored')", name="outcome"),
        Index("ix_inspections_store_date", "store_id", "on_date"),
        Index("ix_inspections_date", "on_date"),
        Index("ix_inspections_inspector_started", "inspector_id", "started_at"),
        Index("ix_inspections_received", "received_at", "id"),
        Index("ix_inspections_visit", "visit_id"),
        Index("ix_inspections_checklist_received", "checklist_id", "received_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(20))
    store_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stores.id"))
    region_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("regions.id"))
    checklist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("checklists.id"))
    checklist_version: Mapped[int]
    inspector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    status: Mapped[str] = mapped_column(String(12))
    content_text: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))
    on_date: Mapped[date]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime]
    received_at: Mapped[datetime]
    score: Mapped[Decimal | None] = mapped_column(Fixed(1))
    raw_score: Mapped[Decimal | None] = mapped_column(Fixed(1))
    band: Mapped[str | None] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(12))
    ranked: Mapped[bool]
    findings: Mapped[int]
    score_facts: Mapped[dict[str, Any]]
    flags: Mapped[list[Any]]
    signals: Mapped[list[Any]] = mapped_column(server_default="[]")
    proof: Mapped[int | None]
    proof_facts: Mapped[dict[str, Any] | None]
    distance_m: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    recheck_visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Answer(Model):
    """One answer as it was judged."""

    __tablename__ = "answers"

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    item_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    result: Mapped[str] = mapped_column(String(14))
    finding: Mapped[bool]
    warning: Mapped[bool]
    earned: Mapped[Decimal | None] = mapped_column(Fixed(6))
    max: Mapped[Decimal | None] = mapped_column(Fixed(6))
    value: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    fixed_on_spot: Mapped[bool]
    answered_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class InspectionTransition(Model):
    """A review deed, with the id its caller gave it."""

    __tablename__ = "inspection_transitions"
    __table_args__ = (Index("ix_inspection_transitions_inspection", "inspection_id", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"))
    action: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    content_sha256: Mapped[str] = mapped_column(String(64))
