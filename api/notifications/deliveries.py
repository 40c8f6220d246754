"""Deliveries: taken in hand, sent outside of any transaction, and written off.

Whoever takes some has them for a while; when a process dies with them in hand, another takes them up after that.
So everything is sent at least once, and its tag lets the phone show it once.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from api.core.db import db
from api.notifications import digests, queries
from api.notifications.choices import EMAIL, Choices
from api.notifications.models import Delivery, Message, PushSubscription
from api.notifications.parcels import AGAIN, GONE, SENT, Browser, Outcome, Parcel
from api.notifications.people import choices_of
from api.notifications.words import words

IN_HAND = timedelta(seconds=90)
AT_ONCE = 20
GAPS = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600, 43200))


def take(now: datetime) -> list[Parcel]:
    """Takes some of what is due in hand; what nobody wants any more is written off on the way."""
    rows = queries.due_deliveries(now, AT_ONCE)
    people = list({row.user_id for row in rows})
    choices = choices_of(people)
    browsers = {b.id: b for found in queries.live_subscriptions(people).values() for b in found}
    messages = queries.messages_by_id(row.message_id for row in rows if row.message_id)
    parcels = []
    for row in rows:
        parcel = _parcel(row, choices.get(row.user_id), browsers, messages)
        if parcel is None:
            row.state = "dropped"
            continue
        row.claimed_until = now + IN_HAND
        row.attempts += 1
        parcels.append(parcel)
    return parcels


def _parcel(
    row: Delivery,
    choices: Choices | None,
    browsers: Mapping[uuid.UUID, PushSubscription],
    messages: Mapping[uuid.UUID, Message],
) -> Parcel | None:
    """What to send; None when its reader has read it, has left, or is not reached this way any more."""
    if choices is None:
        return None
    email, browser = None, None
    if row.channel == EMAIL:
        email = choices.email
    elif row.address_id and row.address_id in browsers:
        there = browsers[row.address_id]
        browser = Browser(there.id, there.endpoint, there.p256dh, there.auth)
    if not email and not browser:
        return None
    if row.message_id is None:
        return digests.parcel(row, choices, browser, email)
    message = messages[row.message_id]
    if message.read_at is not None:
        return None
    said = words(message.kind, message.facts, choices.locale)
    return Parcel(
        delivery_id=row.id,
        title=said.title,
        body=said.body,
        link=message.link,
        tag=message.matter,
        locale=choices.locale,
        urgent=message.urgent,
        unread=queries.unread_count(row.user_id),
        browser=browser,
        email=email,
    )


def settle(delivery_id: uuid.UUID, outcome: Outcome, now: datetime) -> None:
    """Writes down what came of it; a failure that may pass is tried again with growing gaps."""
    row = queries.delivery(delivery_id)
    if row is None or row.state != "waiting":
        return
    row.claimed_until = None
    row.last_error = outcome.reason[:500]
    browser = queries.subscription(row.address_id) if row.address_id else None
    if outcome.result == SENT:
        row.state, row.sent_at = "sent", now
        if browser is not None:
            browser.last_sent_at = now
    elif outcome.result == GONE:
        row.state = "dropped"
        if browser is not None:
            db.session.delete(browser)
    elif outcome.result == AGAIN and row.attempts <= len(GAPS):
        gap = max(GAPS[row.attempts - 1], timedelta(seconds=min(outcome.wait_seconds or 0, 86_400)))
        row.next_at = now + gap
    else:
        row.state = "failed"
