"""The deeds of somebody about their own messages: reading, choosing, having a browser pushed to."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import IdReused, NotFound
from api.notifications import people, queries
from api.notifications.models import NotificationSetting, PushSubscription
from api.notifications.posting import post, tell_phones
from api.notifications.types import Addressed, Told

BROWSERS_EACH = 10
TEST_EVERY_SECONDS = 10


def mark(actor: Actor, ids: Collection[uuid.UUID] | None, *, read: bool, now: datetime) -> list[uuid.UUID]:
    """Marks one's own messages as read or not; all of them without ids. Gives those that changed."""
    changed = queries.messages_of(actor.id, ids, read=not read)
    for message in changed:
        message.read_at = now if read else None
    marked = [message.id for message in changed]
    tell_phones("messages.read", actor.id, marked, now)
    return marked


def choose(actor: Actor, given: Mapping[str, Any], now: datetime) -> None:
    """Keeps what somebody wants of messages."""
    setting = queries.setting_of(actor.id)
    if setting is None:
        setting = NotificationSetting(user_id=actor.id)
        db.session.add(setting)
    setting.email = given["email"] or None
    setting.choices = {
        "groups": given["groups"],
        "quiet": given["quiet"],
        "digest_at": given["digest_at"],
        "timezone": given["timezone"],
    }
    setting.updated_at = now


def shown_settings(actor: Actor, *, mail_offered: bool) -> dict[str, Any]:
    """What holds for somebody, and what there is to choose from."""
    choices = people.choices_of([actor.id])[actor.id]
    setting = queries.setting_of(actor.id)
    company = people.company_quiet()
    return {
        "email": choices.email,
        "groups": choices.groups,
        "quiet": setting.choices.get("quiet") if setting else None,
        "digest_at": choices.digest_at,
        "timezone": choices.zone,
        "company_quiet": {"from": company[0], "to": company[1]} if company else None,
        "mail_offered": mail_offered,
        "browsers": queries.subscription_count(actor.id),
    }


def subscribe(
    actor: Actor, subscription_id: uuid.UUID, given: Mapping[str, Any], now: datetime
) -> tuple[PushSubscription, bool]:
    """Has a browser pushed to; whether it is new. A browser that changed hands belongs to whoever is signed in.

    Raises IdReused when the id belongs to somebody else. Of too many browsers the oldest is forgotten.
    """
    known = queries.subscription(subscription_id)
    if known is not None and known.user_id != actor.id:
        raise IdReused()
    there = queries.subscription_at(given["endpoint"])
    if there is not None and there is not known:
        db.session.delete(there)
        db.session.flush()
    keys = given["keys"]
    if known is None:
        mine = queries.live_subscriptions([actor.id]).get(actor.id, [])
        for old in mine[: max(0, len(mine) + 1 - BROWSERS_EACH)]:
            db.session.delete(old)
        known = PushSubscription(id=subscription_id, user_id=actor.id, created_at=now, last_sent_at=None)
        db.session.add(known)
        is_new = True
    else:
        is_new = False
    known.session_id = actor.session_id
    known.endpoint, known.p256dh, known.auth = given["endpoint"], keys["p256dh"], keys["auth"]
    return known, is_new


def unsubscribe(actor: Actor, subscription_id: uuid.UUID) -> None:
    """Leaves a browser alone. Raises NotFound unless it is one's own."""
    known = queries.subscription(subscription_id)
    if known is None or known.user_id != actor.id:
        raise NotFound()
    db.session.delete(known)


def try_out(actor: Actor, now: datetime) -> int:
    """Sends somebody a message to see that it arrives; one in ten seconds, however often they ask."""
    told = Told(
        kind="test",
        matter=f"test:{int(now.timestamp()) // TEST_EVERY_SECONDS}",
        link="/me/notifications",
        facts={"flag": "redline"},  # quiet hours are no reason to wait for what one has just asked for
        people={"self": (actor.id,)},
        at=now,
        seq=0,
    )
    return post([(told, [Addressed(actor.id, "self", True)])], now)
