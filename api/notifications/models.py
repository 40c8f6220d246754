"""Messages to people, the ways they go out, and what each person wants of them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Message(Model):
    """Something one person should know. One matter, one message: `matter` names it, once for each person.

    `kind` and `facts` are put into words in the reader's language when it is shown; `link` is the address in the
    app of what it is about.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("user_id", "matter"),
        Index("ix_messages_user_created", "user_id", "created_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    matter: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    link: Mapped[str] = mapped_column(String(200))
    urgent: Mapped[bool]
    store_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stores.id"))
    event_seq: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Delivery(Model):
    """One message, or one day's digest, on its way by one channel to one address; sent at least once.

    `key` says what it is, once for ever, so that nothing is queued twice. Claimed by whoever sends it until
    `claimed_until`.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("channel IN ('push','email')", name="channel"),
        CheckConstraint("state IN ('waiting','sent','failed','dropped')", name="state"),
        Index("ix_deliveries_state_next", "state", "next_at"),
        Index("ix_deliveries_user", "user_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[str] = mapped_column(String(10))
    address_id: Mapped[uuid.UUID | None]
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("messages.id"))
    digest_day: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text)


class PushSubscription(Model):
    """A browser that wants to be pushed to; forgotten when its service says that it is gone."""

    __tablename__ = "push_subscriptions"
    __table_args__ = (UniqueConstraint("endpoint"), Index("ix_push_subscriptions_user", "user_id"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    session_id: Mapped[uuid.UUID | None]
    endpoint: Mapped[str] = mapped_column(String(1000))
    p256dh: Mapped[str] = mapped_column(String(200))
    auth: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    last_sent_at: Mapped[datetime | None]


class NotificationSetting(Model):
    """What one person has chosen; whoever has no row gets what the product comes with."""

    __tablename__ = "notification_settings"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254))
    choices: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
