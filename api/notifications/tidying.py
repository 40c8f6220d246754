"""Forgetting old messages and old deliveries."""

from datetime import datetime

import sqlalchemy as sa

from api.core.db import db
from api.notifications.models import Delivery, Message


def forget(messages_before: datetime, deliveries_before: datetime) -> int:
    """Deletes messages from before then with their deliveries, and deliveries from before then that have ended."""
    old = sa.select(Message.id).where(Message.created_at < messages_before)
    db.session.execute(sa.delete(Delivery).where(Delivery.message_id.in_(old)))
    ended = sa.and_(Delivery.state != "waiting", Delivery.next_at < deliveries_before)
    db.session.execute(sa.delete(Delivery).where(ended))
    gone = db.session.execute(sa.delete(Message).where(Message.created_at < messages_before))
    return int(gone.rowcount)  # type: ignore[attr-defined]
