"""Telling people: what happened goes into inboxes, what is due goes out, and once a day the rest."""

from datetime import timedelta

from flask import current_app

from api.core.clock import now
from api.core.transaction import in_transaction
from api.notifications import digests, sending, tidying
from api.notifications.sending import Ways
from api.telling import services as telling

BATCHES_EACH = 20
MESSAGES_KEPT = timedelta(days=180)
DELIVERIES_KEPT = timedelta(days=60)


def tell() -> int:
    """Tells of what happened since the last time, some batches at most; how many facts were read."""
    read = 0
    for _ in range(BATCHES_EACH):
        batch = telling.tell(now())
        if not batch:
            break
        read += batch
    return read


def send_messages() -> int:
    """Hands over what is due to push services and the mail server."""
    return sending.send_due(ways())


def queue_digests() -> int:
    """Queues the daily digests of those for whom it is time."""
    return in_transaction(digests.queue, now())


def forget_old_messages() -> int:
    """Messages of half a year ago, and what became of deliveries of two months ago."""
    return in_transaction(tidying.forget, now() - MESSAGES_KEPT, now() - DELIVERIES_KEPT)


def ways() -> Ways:
    """By what messages go out here."""
    return Ways(
        public_url=current_app.config["PUBLIC_URL"],
        vapid_key=current_app.config["VAPID_PRIVATE_KEY"],
        mail_server=current_app.config["MAIL_SERVER"],
        post=current_app.extensions["rounds_outside"].post,
    )
