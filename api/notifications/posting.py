"""Putting matters into inboxes, and on their ways."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.events import services as events
from api.notifications import queries
from api.notifications.choices import CHANNELS, NOW, PUSH, Choices
from api.notifications.kinds import group_of
from api.notifications.models import Delivery, Message, PushSubscription
from api.notifications.people import choices_of
from api.notifications.types import Addressed, Told

Post = tuple[Told, Sequence[Addressed]]
STALE = timedelta(hours=24)
IDS_IN_ONE_FACT = 50


def post(posts: Sequence[Post], now: datetime, *, as_of_old: bool = False) -> int:
    """Stores each matter once for each person and queues what goes out; gives how many were new.

    What happened more than a day ago rings nowhere any more. With `as_of_old` messages bear the time of what
    happened (for the past of a demo).
    """
    people = list({one.user_id for _, addressed in posts for one in addressed})
    if not people:
        return 0
    known = queries.told_already({told.matter for told, _ in posts})
    choices = choices_of(people)
    browsers = queries.live_subscriptions(people)
    fresh: dict[uuid.UUID, list[uuid.UUID]] = {}
    for told, addressed in posts:
        for one in addressed:
            if (one.user_id, told.matter) in known or one.user_id not in choices:
                continue
            known.add((one.user_id, told.matter))
            message = _message(told, one, told.at if as_of_old else now)
            db.session.add(message)
            fresh.setdefault(one.user_id, []).append(message.id)
            if now - told.at < STALE:
                db.session.flush()
                db.session.add_all(
                    ways(message, choices[one.user_id], browsers.get(one.user_id, ()), one.why, now)
                )
    for user_id, ids in fresh.items():
        tell_phones("messages.told", user_id, ids, now)
    return sum(len(ids) for ids in fresh.values())


def _message(told: Told, one: Addressed, at: datetime) -> Message:
    own = dict(told.own.get(one.user_id, {}))
    link = own.pop("link", told.link)
    return Message(
        id=new_id(),
        user_id=one.user_id,
        matter=told.matter,
        kind=told.kind,
        facts={**told.facts, **own, "why": one.why, "happened": moment_text(told.at)},
        link=link,
        urgent=one.urgent,
        store_id=told.store_id,
        event_seq=told.seq or None,
        created_at=at,
        read_at=None,
    )


def ways(
    message: Message, choices: Choices, browsers: Sequence[PushSubscription], why: str, now: datetime
) -> list[Delivery]:
    """What goes out at once, or at the end of the quiet hours; the digest finds the rest by itself."""
    group = group_of(message.kind, why)
    at = choices.ring_at(now, redline=_is_redline(message.facts))
    found = []
    for channel in CHANNELS:
        if choices.pace(group, channel, urgent=message.urgent) != NOW:
            continue
        if channel == PUSH:
            for browser in browsers:
                key = f"push:{message.id}:{browser.id}"
                found.append(new_delivery(key, channel, message.user_id, at, message.id, browser.id))
        elif choices.email:
            found.append(new_delivery(f"email:{message.id}", channel, message.user_id, at, message.id))
    return found


def _is_redline(facts: Mapping[str, Any]) -> bool:
    return facts.get("flag") == "redline"


def new_delivery(
    key: str,
    channel: str,
    user_id: uuid.UUID,
    at: datetime,
    message_id: uuid.UUID | None = None,
    address_id: uuid.UUID | None = None,
    digest_day: date | None = None,
    digest_until: datetime | None = None,
) -> Delivery:
    """Something to be sent from then on."""
    return Delivery(
        id=new_id(),
        key=key,
        user_id=user_id,
        channel=channel,
        address_id=address_id,
        message_id=message_id,
        digest_day=digest_day,
        digest_until=digest_until,
        state="waiting",
        attempts=0,
        next_at=at,
        claimed_until=None,
        sent_at=None,
        last_error="",
    )


def tell_phones(kind: str, user_id: uuid.UUID, ids: Sequence[uuid.UUID], now: datetime) -> None:
    """Notes for the feed that these messages of one person came or changed."""
    for start in range(0, len(ids), IDS_IN_ONE_FACT):
        part = [str(i) for i in ids[start : start + IDS_IN_ONE_FACT]]
        events.record(kind, "messages", user_id, at=now, ids=part)


def read_before(moment: datetime, now: datetime) -> None:
    """Everybody has read what came before then."""
    db.session.execute(
        sa.update(Message).where(Message.created_at < moment, Message.read_at.is_(None)).values(read_at=now)
    )
