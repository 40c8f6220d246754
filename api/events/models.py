"""What happened, for ever: one row a fact, numbered in the order of commits."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class Event(Model):
    """A fact. `seq` has no gaps and follows the order of commits, so a reader never skips one."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_entity", "entity_type", "entity_id"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(60))
    entity_type: Mapped[str] = mapped_column(String(30))
    entity_id: Mapped[uuid.UUID]
    store_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    actor_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


class Counter(Model):
    """Numbers given out in the order of commits; the row is locked from the giving to the commit."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class ServerFact(Model):
    """Facts about this database, such as its epoch, which changes at every restore."""

    __tablename__ = "server_facts"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
