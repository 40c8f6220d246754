"""The deeds about people and sessions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.accounts import queries, throttle
from api.accounts.models import LoginThrottle, RefreshToken, Session, User, UserScope
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import AlreadyExists, FieldError, NotFound
from api.core.ids import new_id
from api.events import services as events


@dataclass(frozen=True)
class Rotated:
    """What a refresh came to: the link to issue now, or nothing when the family has ended."""

    user: User | None = None
    session: Session | None = None
    token_id: uuid.UUID | None = None


def actor(user_id: uuid.UUID) -> Actor | None:
    """Somebody with their scope, for what is done on their behalf later; None when they left."""
    user = queries.user(user_id)
    if user is None or not user.is_active:
        return None
    scopes = queries.scopes_of(user_id)
    return Actor(
        id=user.id,
        name=user.name,
        role=user.role,
        region_ids=frozenset(s.region_id for s in scopes if s.region_id),
        store_ids=frozenset(s.store_id for s in scopes if s.store_id),
    )


def blocked_for(username: str, now: datetime) -> int:
    """Whole seconds until this user name may be tried again; 0 when it may."""
    row = queries.throttle(username)
    if row is None or row.blocked_until is None or row.blocked_until <= now:
        return 0
    return int((row.blocked_until - now).total_seconds()) + 1


def note_failure(username: str, now: datetime) -> None:
    """Counts a failed try."""
    row = queries.throttle(username)
    if row is None:
        row = LoginThrottle(username=username, failures=0, last_failed_at=now, blocked_until=None)
        db.session.add(row)
    row.failures = throttle.counted(row.failures, row.last_failed_at, now) + 1
    row.last_failed_at = now
    row.blocked_until = now + throttle.wait_after(row.failures)


def begin_session(
    user_id: uuid.UUID, device_name: str, transport: str, now: datetime
) -> tuple[User, Session, uuid.UUID]:
    """Signs somebody in on a device; gives the first refresh token's id."""
    user = queries.user(user_id)
    if user is None or not user.is_active:
        raise NotFound()
    tries = queries.throttle(user.username)
    if tries is not None:
        db.session.delete(tries)
    session = Session(
        id=new_id(),
        user_id=user.id,
        device_name=device_name,
        transport=transport,
        created_at=now,
        last_used_at=now,
        revoked_at=None,
    )
    db.session.add(session)
    db.session.flush()
    token = _new_link(session, now)
    events.record("session.began", "session", session.id, at=now, actor_id=user.id, device=device_name)
    return user, session, token.id


def rotate(token_id: uuid.UUID, now: datetime) -> Rotated:
    """The next link of a chain.

    A token whose successor was never used may come again (its answer was lost) and gets the same
    successor; one whose successor was used was stolen or copied, and ends the whole family.
    """
    token = queries.refresh_token(token_id)
    live = queries.live_session(token.session_id) if token else None
    if token is None or live is None:
        return Rotated()
    session, user = live
    session.last_used_at = now
    if token.successor_id is None:
        successor = _new_link(session, now)
        token.successor_id = successor.id
        return Rotated(user, session, successor.id)
    known = queries.refresh_token(token.successor_id)
    if known is not None and known.successor_id is None:
        return Rotated(user, session, known.id)
    session.revoked_at = now
    events.record("session.reused", "session", session.id, at=now, actor_id=user.id)
    return Rotated()


def end_session(actor_id: uuid.UUID, session_id: uuid.UUID, now: datetime) -> None:
    """Signs a device out. Raises NotFound unless it is the actor's own."""
    session = db.session.get(Session, session_id)
    if session is None or session.user_id != actor_id:
        raise NotFound()
    if session.revoked_at is None:
        session.revoked_at = now
        events.record("session.ended", "session", session.id, at=now, actor_id=actor_id)


def _new_link(session: Session, now: datetime) -> RefreshToken:
    token = RefreshToken(id=new_id(), session_id=session.id, successor_id=None, created_at=now)
    db.session.add(token)
    db.session.flush()
    return token


def add_user(
    *,
    username: str,
    name: str,
    role: str,
    locale: str,
    password_hash: str,
    region_ids: Sequence[uuid.UUID] = (),
    store_ids: Sequence[uuid.UUID] = (),
    actor: Actor | None,
    now: datetime,
) -> User:
    """Adds a person with their scope. Raises AlreadyExists for a taken user name."""
    username = username.strip().lower()
    if queries.user_named(username) is not None:
        raise AlreadyExists(errors=[FieldError("/username", "taken", "This user name is taken.")])
    user = User(
        id=new_id(),
        username=username,
        name=name,
        role=role,
        locale=locale,
        password_hash=password_hash,
        is_active=True,
        version=1,
        created_at=now,
        updated_at=now,
    )
    db.session.add(user)
    db.session.flush()
    set_scope(user, region_ids, store_ids)
    events.record(
        "user.added",
        "user",
        user.id,
        at=now,
        actor_id=actor.id if actor else None,
        username=username,
        role=role,
    )
    return user


def set_scope(user: User, region_ids: Sequence[uuid.UUID], store_ids: Sequence[uuid.UUID]) -> None:
    """Replaces what somebody may see."""
    for row in queries.scopes_of(user.id):
        db.session.delete(row)
    for region_id in dict.fromkeys(region_ids):
        db.session.add(UserScope(id=new_id(), user_id=user.id, region_id=region_id, store_id=None))
    for store_id in dict.fromkeys(store_ids):
        db.session.add(UserScope(id=new_id(), user_id=user.id, region_id=None, store_id=store_id))


def end_all_sessions(user_id: uuid.UUID, now: datetime) -> None:
    """Signs somebody out everywhere."""
    for session in queries.sessions_of(user_id):
        session.revoked_at = now
