"""Every SELECT about messages, the ways they go, and what people chose."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from api.accounts.models import Session, User, UserScope
from api.company.models import CompanySetting
from api.core.db import db
from api.core.pagination import page
from api.core.shapes import moment_text
from api.notifications.models import Delivery, Message, NotificationSetting, PushSubscription
from api.stores.models import Region, Store


def message_page(
    user_id: uuid.UUID, *, cursor: str | None, limit: int, unread: bool
) -> tuple[list[Message], str | None]:
    """Somebody's messages, newest first."""
    query = sa.select(Message).where(Message.user_id == user_id)
    if unread:
        query = query.where(Message.read_at.is_(None))
    return page(
        db.session,
        query,
        [Message.created_at, Message.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda m: [moment_text(m.created_at, micro=True), str(m.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
        descending=True,
    )


def unread_count(user_id: uuid.UUID) -> int:
    """How many messages somebody has not read."""
    query = (
        sa.select(sa.func.count())
        .select_from(Message)
        .where(Message.user_id == user_id, Message.read_at.is_(None))
    )
    return db.session.execute(query).scalar_one()


def messages_of(user_id: uuid.UUID, ids: Collection[uuid.UUID] | None, *, read: bool) -> Sequence[Message]:
    """Those of somebody's messages that are read, or not; among these ids, or all."""
    state = Message.read_at.is_not(None) if read else Message.read_at.is_(None)
    query = sa.select(Message).where(Message.user_id == user_id, state)
    if ids is not None:
        query = query.where(Message.id.in_(ids))
    return db.session.execute(query.order_by(Message.id)).scalars().all()


def messages_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Message]:
    """These messages."""
    rows = db.session.execute(sa.select(Message).where(Message.id.in_(set(ids)))).scalars()
    return {row.id: row for row in rows}


def told_already(matters: Collection[str]) -> set[tuple[uuid.UUID, str]]:
    """Who was told of these matters."""
    rows = db.session.execute(sa.select(Message.user_id, Message.matter).where(Message.matter.in_(matters)))
    return {(row.user_id, row.matter) for row in rows}


def setting_of(user_id: uuid.UUID) -> NotificationSetting | None:
    """What somebody chose."""
    return db.session.get(NotificationSetting, user_id)


def settings_of(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, NotificationSetting]:
    """What these people chose."""
    query = sa.select(NotificationSetting).where(NotificationSetting.user_id.in_(user_ids))
    return {row.user_id: row for row in db.session.execute(query).scalars()}


def users(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, User]:
    """These people, as far as they still work here."""
    query = sa.select(User).where(User.id.in_(user_ids), User.is_active)
    return {row.id: row for row in db.session.execute(query).scalars()}


def home_zones(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The time zone of a store that each of these people sees; nobody is in it who sees none by name or region."""
    zones: dict[uuid.UUID, str] = {}
    by_store = sa.select(UserScope.user_id, sa.func.min(Store.timezone)).join(
        Store, Store.id == UserScope.store_id
    )
    below = sa.orm.aliased(Region)
    by_region = (
        sa.select(UserScope.user_id, sa.func.min(Store.timezone))
        .join(Region, Region.id == UserScope.region_id)
        .join(below, below.path.startswith(Region.path, autoescape=False))
        .join(Store, Store.region_id == below.id)
    )
    for query in (by_region, by_store):
        rows = db.session.execute(query.where(UserScope.user_id.in_(user_ids)).group_by(UserScope.user_id))
        zones |= {row[0]: row[1] for row in rows}
    return zones


def company_values(names: Collection[str]) -> dict[str, object]:
    """What the company settled of these."""
    rows = db.session.execute(sa.select(CompanySetting).where(CompanySetting.name.in_(names))).scalars()
    return {row.name: row.value["value"] for row in rows}


def live_subscriptions(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[PushSubscription]]:
    """The browsers of these people that are still signed in."""
    query = (
        sa.select(PushSubscription)
        .outerjoin(Session, Session.id == PushSubscription.session_id)
        .where(
            PushSubscription.user_id.in_(user_ids),
            sa.or_(PushSubscription.session_id.is_(None), Session.revoked_at.is_(None)),
        )
        .order_by(PushSubscription.created_at, PushSubscription.id)
    )
    found: dict[uuid.UUID, list[PushSubscription]] = {}
    for row in db.session.execute(query).scalars():
        found.setdefault(row.user_id, []).append(row)
    return found


def subscription(subscription_id: uuid.UUID) -> PushSubscription | None:
    """A browser that wants to be pushed to."""
    return db.session.get(PushSubscription, subscription_id)


def subscription_at(endpoint: str) -> PushSubscription | None:
    """The one with this address."""
    query = sa.select(PushSubscription).where(PushSubscription.endpoint == endpoint)
    return db.session.execute(query).scalar_one_or_none()


def subscription_count(user_id: uuid.UUID) -> int:
    """On how many browsers somebody is pushed to."""
    query = (
        sa.select(sa.func.count()).select_from(PushSubscription).where(PushSubscription.user_id == user_id)
    )
    return db.session.execute(query).scalar_one()


def due_deliveries(now: datetime, limit: int) -> Sequence[Delivery]:
    """What waits to be sent and nobody has in hand; locked, and passing over what somebody else has locked."""
    free = sa.or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now)
    query = (
        sa.select(Delivery)
        .where(Delivery.state == "waiting", Delivery.next_at <= now, free)
        .order_by(Delivery.next_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return db.session.execute(query).scalars().all()


def any_due(now: datetime) -> bool:
    """Whether there is something to send."""
    free = sa.or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now)
    query = sa.select(Delivery.id).where(Delivery.state == "waiting", Delivery.next_at <= now, free)
    return db.session.execute(query.limit(1)).first() is not None


def delivery(delivery_id: uuid.UUID) -> Delivery | None:
    """A delivery."""
    return db.session.get(Delivery, delivery_id)


def unread_between(user_id: uuid.UUID, since: datetime, until: datetime) -> Sequence[Message]:
    """What came for somebody in this time and is not read, oldest first."""
    query = (
        sa.select(Message)
        .where(
            Message.user_id == user_id,
            Message.read_at.is_(None),
            Message.created_at >= since,
            Message.created_at < until,
        )
        .order_by(Message.created_at, Message.id)
    )
    return db.session.execute(query).scalars().all()


def people_with_unread(since: datetime) -> Sequence[uuid.UUID]:
    """Who has something unread from since then."""
    query = sa.select(Message.user_id).where(Message.read_at.is_(None), Message.created_at >= since)
    return db.session.execute(query.distinct()).scalars().all()


def last_digests(user_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], Delivery]:
    """The newest digest of each of these people by each way."""
    newest = (
        sa.select(Delivery.user_id, Delivery.channel, sa.func.max(Delivery.digest_day).label("day"))
        .where(Delivery.user_id.in_(user_ids), Delivery.digest_day.is_not(None))
        .group_by(Delivery.user_id, Delivery.channel)
        .subquery()
    )
    query = sa.select(Delivery).join(
        newest,
        sa.and_(
            Delivery.user_id == newest.c.user_id,
            Delivery.channel == newest.c.channel,
            Delivery.digest_day == newest.c.day,
        ),
    )
    return {(row.user_id, row.channel): row for row in db.session.execute(query).scalars()}


def digest_before(user_id: uuid.UUID, channel: str, delivery: Delivery) -> Delivery | None:
    """The digest before this one."""
    query = (
        sa.select(Delivery)
        .where(
            Delivery.user_id == user_id,
            Delivery.channel == channel,
            Delivery.digest_day < delivery.digest_day,
        )
        .order_by(Delivery.digest_day.desc())
    )
    return db.session.execute(query.limit(1)).scalars().first()
