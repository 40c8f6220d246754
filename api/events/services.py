"""Recording facts. They are numbered last of all in their unit, just before the commit."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.core.db import db
from api.core.transaction import before_commit
from api.events.models import Counter, Event, ServerFact

_PENDING = "pending_events"


def record(
    kind: str,
    entity_type: str,
    entity_id: uuid.UUID,
    *,
    at: datetime,
    actor_id: uuid.UUID | None = None,
    store_id: uuid.UUID | None = None,
    **data: Any,
) -> None:
    """Notes a fact in the running unit; it is stored with the unit or not at all."""
    event = Event(
        kind=kind,
        entity_type=entity_type,
        entity_id=entity_id,
        store_id=store_id,
        actor_id=actor_id,
        at=at,
        data=data,
    )
    db.session.info.setdefault(_PENDING, []).append(event)


def _number_and_store(session: Any) -> None:
    pending: list[Event] = session.info.pop(_PENDING, [])
    if not pending:
        return
    session.flush()
    session.execute(
        sa.update(Counter).where(Counter.name == "events").values(value=Counter.value + len(pending))
    )
    last = session.execute(sa.select(Counter.value).where(Counter.name == "events")).scalar_one()
    for seq, event in enumerate(pending, start=last - len(pending) + 1):
        event.seq = seq
    session.add_all(pending)


def forget_pending(session: Session) -> None:
    """A unit that was rolled back leaves no facts behind."""
    session.info.pop(_PENDING, None)


def last_seq() -> int:
    """The number of the newest fact; 0 when there is none."""
    return db.session.execute(sa.select(Counter.value).where(Counter.name == "events")).scalar_one()


def server_epoch() -> str:
    """Names this database's life; a phone that sees another one offers again what it sent."""
    return db.session.execute(sa.select(ServerFact.value).where(ServerFact.name == "epoch")).scalar_one()


before_commit(_number_and_store)
sa.event.listen(db.session, "after_rollback", forget_pending)
