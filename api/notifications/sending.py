"""Sending what is due: taken in hand in one short unit, sent without any, settled in another.

A dead mail server or a slow push service holds up nothing but its own deliveries.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog

from api.core.clock import now
from api.core.transaction import end_reading, in_transaction
from api.notifications import deliveries, mail, push, queries, vapid
from api.notifications.mail import MailServer
from api.notifications.parcels import REFUSED, Outcome, Parcel

ROUNDS_EACH = 20
PUSHES_AT_ONCE = 4
log = structlog.get_logger()


@dataclass(frozen=True)
class Ways:
    """By what messages go out, as the server is set up."""

    public_url: str
    vapid_key: str | None
    mail_server: MailServer | None
    post: push.Post

    @property
    def subject(self) -> str:
        """Whom a push service may write to about us: a mailbox, or our address when it is https."""
        if self.mail_server:
            return f"mailto:{self.mail_server.address}"
        if self.public_url.startswith("https://"):
            return self.public_url
        return f"mailto:rounds@{urlsplit(self.public_url).hostname or 'localhost'}"


def send_due(ways: Ways) -> int:
    """Sends what is due until nothing is, for some rounds; gives how many were handed over."""
    sent = 0
    for _ in range(ROUNDS_EACH):
        if not queries.any_due(now()):
            end_reading()
            return sent
        parcels = in_transaction(deliveries.take, now())
        sent += _send(parcels, ways)
    return sent


def _send(parcels: Sequence[Parcel], ways: Ways) -> int:
    mails = [parcel for parcel in parcels if parcel.email]
    pushes = [parcel for parcel in parcels if parcel.browser]
    done = 0
    if pushes:
        key = in_transaction(vapid.private_key, ways.vapid_key)
        with ThreadPoolExecutor(PUSHES_AT_ONCE) as pool:
            outcomes = pool.map(lambda p: push.send(p, key, ways.subject, ways.post), pushes)
            done += sum(_settle(p, outcome) for p, outcome in zip(pushes, outcomes, strict=True))
    if mails:
        done += sum(_settle(p, outcome) for p, outcome in zip(mails, _mailed(mails, ways), strict=True))
    return done


def _mailed(parcels: Sequence[Parcel], ways: Ways) -> list[Outcome]:
    if ways.mail_server is None:
        return [Outcome(REFUSED, "mail is not set up")] * len(parcels)
    return mail.send_all(ways.mail_server, parcels, ways.public_url)


def _settle(parcel: Parcel, outcome: Outcome) -> bool:
    in_transaction(deliveries.settle, parcel.delivery_id, outcome, now())
    if outcome.result != "sent":
        log.info("not delivered", delivery=str(parcel.delivery_id), why=outcome.reason, result=outcome.result)
    return outcome.result == "sent"
