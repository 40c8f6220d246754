"""Every SELECT about people and sessions."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from api.accounts.models import LoginThrottle, RefreshToken, Session, User, UserScope
from api.core.db import db


def user_named(username: str) -> User | None:
    """The person with this user name."""
    return db.session.execute(sa.select(User).where(User.username == username)).scalar_one_or_none()


def user(user_id: uuid.UUID) -> User | None:
    """The person."""
    return db.session.get(User, user_id)


def any_user() -> bool:
    """False on an empty database."""
    return db.session.execute(sa.select(User.id).limit(1)).first() is not None


def live_session(session_id: uuid.UUID) -> tuple[Session, User] | None:
    """A session that was not revoked, with its active person."""
    row = db.session.execute(
        sa.select(Session, User)
        .join(User, User.id == Session.user_id)
        .where(Session.id == session_id, Session.revoked_at.is_(None), User.is_active)
    ).first()
    return (row[0], row[1]) if row else None


def sessions_of(user_id: uuid.UUID) -> Sequence[Session]:
    """The devices somebody is signed in on, last used first."""
    return (
        db.session.execute(
            sa.select(Session)
            .where(Session.user_id == user_id, Session.revoked_at.is_(None))
            .order_by(Session.last_used_at.desc(), Session.id)
        )
        .scalars()
        .all()
    )


def refresh_token(token_id: uuid.UUID) -> RefreshToken | None:
    """One link of a chain."""
    return db.session.get(RefreshToken, token_id)


def last_contact(session_id: uuid.UUID, before: datetime) -> datetime | None:
    """When a device last renewed its sign-in, or signed in, before a moment."""
    query = sa.select(sa.func.max(RefreshToken.created_at)).where(
        RefreshToken.session_id == session_id, RefreshToken.created_at < before
    )
    return db.session.execute(query).scalar_one()


def scopes_of(user_id: uuid.UUID) -> Sequence[UserScope]:
    """The regions and stores somebody may see."""
    return (
        db.session.execute(sa.select(UserScope).where(UserScope.user_id == user_id).order_by(UserScope.id))
        .scalars()
        .all()
    )


def throttle(username: str) -> LoginThrottle | None:
    """Failed tries for a user name."""
    return db.session.get(LoginThrottle, username)


def names(user_ids: Sequence[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """The names of these people."""
    wanted = {i for i in user_ids if i is not None}
    if not wanted:
        return {}
    rows = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}
