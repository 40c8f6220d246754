"""Once a day, what was not urgent enough to ring: one message by each way that somebody chose for it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from api.core.db import db
from api.notifications import queries
from api.notifications.choices import CHANNELS, DIGEST, PUSH, Choices
from api.notifications.kinds import group_of
from api.notifications.models import Delivery, Message, PushSubscription
from api.notifications.parcels import Browser, Parcel
from api.notifications.people import choices_of
from api.notifications.posting import new_delivery
from api.notifications.quiet import last_digest
from api.notifications.words import word, words

LOOKS_BACK = timedelta(days=7)
# What is told in the very second of the digest has time to be stored before it is looked for.
SETTLES = timedelta(seconds=30)
TITLES = 5
PEOPLE_AT_ONCE = 500


def queue(now: datetime) -> int:
    """Queues today's digests of everybody for whom it is time and who has something to read; gives how many."""
    people = queries.people_with_unread(now - LOOKS_BACK)
    return sum(
        _queue(people[start : start + PEOPLE_AT_ONCE], now) for start in range(0, len(people), PEOPLE_AT_ONCE)
    )


def _queue(people: Sequence[uuid.UUID], now: datetime) -> int:
    last = queries.last_digests(people)
    browsers = queries.live_subscriptions(people)
    queued = 0
    for user_id, choices in choices_of(people).items():
        day, moment = last_digest(now - SETTLES, choices.zone, choices.digest_at)
        for channel in CHANNELS:
            before = last.get((user_id, channel))
            if before is not None and before.digest_day is not None and before.digest_day >= day:
                continue
            since = before.digest_until if before and before.digest_until else moment - LOOKS_BACK
            if not _news(user_id, choices, channel, since, moment):
                continue
            for address in _addresses(user_id, choices, channel, browsers):
                db.session.add(_delivery(channel, user_id, address, day, moment))
                queued += 1
    return queued


def _addresses(
    user_id: uuid.UUID,
    choices: Choices,
    channel: str,
    browsers: Mapping[uuid.UUID, Sequence[PushSubscription]],
) -> list[uuid.UUID | None]:
    """The browsers, or the one mailbox (None)."""
    if channel == PUSH:
        return [browser.id for browser in browsers.get(user_id, ())]
    return [None] if choices.email else []


def _delivery(
    channel: str, user_id: uuid.UUID, address: uuid.UUID | None, day: date, moment: datetime
) -> Delivery:
    key = f"digest:{channel}:{address or user_id}:{day}"
    return new_delivery(key, channel, user_id, moment, None, address, day, moment)


def _news(
    user_id: uuid.UUID, choices: Choices, channel: str, since: datetime, until: datetime
) -> list[Message]:
    """What came in this time, is not read, and is kept for the digest of this way."""
    return [
        message
        for message in queries.unread_between(user_id, max(since, until - LOOKS_BACK), until)
        if _pace(message, choices, channel) == DIGEST
    ]


def _pace(message: Message, choices: Choices, channel: str) -> str:
    group = group_of(message.kind, str(message.facts.get("why", "")))
    return choices.pace(group, channel, urgent=message.urgent)


def parcel(row: Delivery, choices: Choices, browser: Browser | None, email: str | None) -> Parcel | None:
    """The digest in words; None when everything in it was read meanwhile."""
    assert row.digest_until is not None
    before = queries.digest_before(row.user_id, row.channel, row)
    since = before.digest_until if before and before.digest_until else row.digest_until - LOOKS_BACK
    news = _news(row.user_id, choices, row.channel, since, row.digest_until)
    if not news:
        return None
    locale = choices.locale
    said = [words(message.kind, message.facts, locale) for message in news]
    count = {"count": len(news)}
    alone = news[0] if len(news) == 1 else None
    more = {"count": len(news) - TITLES}
    shown = [f"· {one.title}" for one in said[:TITLES]]
    if len(news) > TITLES:
        shown.append(word("digest.more", locale, more))
    return Parcel(
        delivery_id=row.id,
        title=said[0].title if alone else word("digest", locale, count),
        body=said[0].body if alone else "\n".join(shown),
        link=alone.link if alone else "/messages",
        tag=f"digest:{row.digest_day}",
        locale=locale,
        urgent=False,
        unread=queries.unread_count(row.user_id),
        browser=browser,
        email=email,
        lines=()
        if alone
        else tuple((one.title, one.body, message.link) for one, message in zip(said, news, strict=True)),
    )
