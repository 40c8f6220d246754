"""Web Push: a small JSON document, encrypted for one browser and handed to its push service (RFC 8030, 8188, 8291,
8292). The service cannot read it; it learns only which server sent it, how long to keep it, and what it replaces.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from py_vapid import Vapid02
from pywebpush import WebPusher

from api.core.clock import now
from api.core.outside import Answer
from api.notifications.parcels import AGAIN, GONE, REFUSED, SENT, Outcome, Parcel

KEPT_SECONDS = 24 * 3600
LONGEST_BODY = 400
_GONE = (404, 410)
_PASSES = (408, 425, 429)


Post = Callable[[str, bytes, Mapping[str, str]], Answer]


def send(parcel: Parcel, private_key: str, subject: str, post: Post) -> Outcome:
    """Sends to one browser. Whatever goes wrong is an outcome, never raised."""
    assert parcel.browser is not None
    try:
        body = encrypted(parcel)
        answer = post(parcel.browser.endpoint, body, headers(parcel, private_key, subject))
    except ValueError as error:
        return Outcome(REFUSED, f"{type(error).__name__}: {error}")
    except Exception as error:
        return Outcome(AGAIN, f"{type(error).__name__}: {error}")
    return judged(answer)


def judged(answer: Answer) -> Outcome:
    """What an answer means for the delivery."""
    if 200 <= answer.status < 300:
        return Outcome(SENT)
    if answer.status in _GONE:
        return Outcome(GONE, f"{answer.status}")
    if answer.status in _PASSES or answer.status >= 500:
        return Outcome(AGAIN, f"{answer.status}", answer.retry_after)
    return Outcome(REFUSED, f"{answer.status}")


def payload(parcel: Parcel) -> bytes:
    """What the service worker is told."""
    body = parcel.body if len(parcel.body) <= LONGEST_BODY else parcel.body[: LONGEST_BODY - 1] + "…"
    told = {
        "title": parcel.title,
        "body": body,
        "link": parcel.link,
        "tag": parcel.tag,
        "locale": parcel.locale,
        "unread": parcel.unread,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def encrypted(parcel: Parcel) -> bytes:
    """The payload for this browser's eyes. Raises ValueError for keys that are none."""
    browser = parcel.browser
    assert browser is not None
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    pusher = WebPusher({"endpoint": browser.endpoint, "keys": keys})
    body: bytes = pusher.encode(payload(parcel), content_encoding="aes128gcm")["body"]
    return body


def headers(parcel: Parcel, private_key: str, subject: str) -> dict[str, str]:
    """Who sends, how pressing it is, how long it is kept, and what it replaces."""
    assert parcel.browser is not None
    where = urlsplit(parcel.browser.endpoint)
    claims = {
        "aud": f"{where.scheme}://{where.netloc}",
        "exp": int(now().timestamp()) + KEPT_SECONDS // 2,
        "sub": subject,
    }
    signed = Vapid02.from_raw(private_key.encode()).sign(claims)
    topic = base64.urlsafe_b64encode(hashlib.sha256(parcel.tag.encode()).digest()[:24]).decode()
    return {
        "Authorization": signed["Authorization"],
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Urgency": "high" if parcel.urgent else "normal",
        "Topic": topic,
    }
