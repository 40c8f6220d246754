"""What is done without anybody asking; each deed is one short unit and may run twice."""

import uuid
from datetime import timedelta

import sqlalchemy as sa
import structlog

from api.accounts.models import LoginThrottle, RefreshToken, Session
from api.core.clock import now
from api.core.db import db
from api.core.transaction import in_transaction
from api.inspections import late_photos
from api.photos import looking
from api.plans import following, materialising
from api.plans import services as visits

SESSION_LIFE = timedelta(days=60)
CHUNKS_AT_ONCE = 8
LATE_PHOTOS_AT_ONCE = 500
log = structlog.get_logger()


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


def look_at_late_photos() -> int:
    """Photos that came after their reports are compared with earlier ones; how many they were."""
    lists = looking.waiting(now(), LATE_PHOTOS_AT_ONCE)
    return sum(_looked_at(*one) for one in lists)


def _looked_at(inspection_id: uuid.UUID | None, task_id: uuid.UUID | None) -> int:
    """One list; a failure keeps the others from nothing, and is tried again at the next run."""
    try:
        return in_transaction(late_photos.look_at, inspection_id, task_id, now())
    except Exception:
        log.exception("photos not looked at", inspection=str(inspection_id), task=str(task_id))
        return 0


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
