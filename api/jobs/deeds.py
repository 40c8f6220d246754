"""What is done without anybody asking; each deed is one short unit and may run twice."""

from datetime import timedelta

import sqlalchemy as sa

from api.accounts.models import LoginThrottle, RefreshToken, Session
from api.core.clock import now
from api.core.db import db
from api.core.transaction import in_transaction
from api.plans import following, materialising
from api.plans import services as visits

SESSION_LIFE = timedelta(days=60)
CHUNKS_AT_ONCE = 8


def mark_missed_visits() -> int:
    """Visits whose time has run out."""
    return visits.mark_all_missed(now())


def make_visits() -> int:
    """Goes on with plans that are known to be behind, for some seconds at most."""
    return materialising.go_on(now(), CHUNKS_AT_ONCE)


def look_through_plans() -> int:
    """Looks at every running plan: stores that joined or left, and a new day at the horizon."""
    return materialising.materialise(now()).total


def follow_people() -> int:
    """Visits ahead go to whoever their plans name by now."""
    return following.follow(now())


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
