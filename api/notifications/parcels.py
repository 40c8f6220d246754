"""What is handed to somebody who sends: plain data, good without a database."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Browser:
    """Where a browser is pushed to, and the keys it gave."""

    id: uuid.UUID
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Parcel:
    """One thing to send by one way: to a browser or to a mailbox.

    `tag` names the matter; `lines` are the parts of a digest with their links, empty for a single message.
    """

    delivery_id: uuid.UUID
    title: str
    body: str
    link: str
    tag: str
    locale: str
    urgent: bool
    unread: int
    browser: Browser | None = None
    email: str | None = None
    lines: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of it: sent, gone (the browser wants no more), refused for good, or to be tried again."""

    result: str
    reason: str = ""
    wait_seconds: int | None = None


SENT, GONE, REFUSED, AGAIN = "sent", "gone", "refused", "again"
