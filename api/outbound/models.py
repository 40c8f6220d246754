"""Who outside is told: signed webhooks of other systems, and robots in chat groups."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Webhook(Model):
    """An address outside that is told of facts of some kinds, signed with its secret."""

    __tablename__ = "webhooks"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(1000))
    secret: Mapped[str] = mapped_column(String(100))
    kinds: Mapped[list[Any]]
    is_active: Mapped[bool]
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class WebhookDelivery(Model):
    """One fact on its way to one webhook; delivered at least once, in the order of the facts of each thing."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_seq"),
        CheckConstraint("state IN ('waiting','delivered','dead')", name="state"),
        Index("ix_webhook_deliveries_state_next", "state", "next_at"),
        Index("ix_webhook_deliveries_entity", "webhook_id", "entity_id", "event_seq"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("webhooks.id"))
    event_seq: Mapped[int] = mapped_column(BigInteger)
    entity_id: Mapped[uuid.UUID]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class Robot(Model):
    """A robot of a chat group of WeCom, DingTalk or Feishu, told of some kinds of matters of some regions."""

    __tablename__ = "robots"
    __table_args__ = (CheckConstraint("platform IN ('wecom','dingtalk','feishu')", name="platform"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(1000))
    secret: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(2))
    kinds: Mapped[list[Any]]
    region_ids: Mapped[list[Any]]
    is_active: Mapped[bool]
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class RobotPost(Model):
    """One matter on its way to one group; said once, within the limits of its platform."""

    __tablename__ = "robot_posts"
    __table_args__ = (
        UniqueConstraint("robot_id", "matter"),
        CheckConstraint("state IN ('waiting','sent','dead')", name="state"),
        Index("ix_robot_posts_state_next", "state", "next_at"),
        Index("ix_robot_posts_sent", "robot_id", "sent_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    robot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("robots.id"))
    matter: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    link: Mapped[str] = mapped_column(String(200))
    urgent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
