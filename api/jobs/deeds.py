"""What is done without anybody asking; each deed is one short unit and may run twice."""

from datetime import timedelta

import sqlalchemy as sa

from api.accounts.models import LoginThrottle, RefreshToken, Session
from api.core.clock import now
from api.core.db import db
from api.core.transaction import in_transaction
from api.plans import services as visits

SESSION_LIFE = timedelta(days=60)


def mark_missed_visits() -> int:
    """Visits whose time has run out."""
    return in_transaction(visits.mark_missed, now())


def forget_old_sessions() -> int:
    """Sessions nobody used for sixty days, with their tokens, and old failed sign-ins."""
    return in_transaction(_forget)


def _forget() -> int:
    before = now() - SESSION_LIFE
    old = sa.select(Session.id).where(Session.last_used_at < before)
    db.session.execute(sa.delete(RefreshToken).where(RefreshToken.session_id.in_(old)))
    gone = db.session.execute(sa.delete(Session).where(Session.last_used_at < before))
    db.session.execute(
        sa.delete(LoginThrottle).where(LoginThrottle.last_failed_at < now() - timedelta(days=1))
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
