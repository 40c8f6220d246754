"""Browsers that are pushed to, a mail server, and telling at once, for tests of messages."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import http_ece
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from api.core.ids import new_id
from api.core.outside import Answer
from api.notifications.mail import MailServer
from api.notifications.sending import Ways, send_due
from api.telling import services as telling
from tests.support.company import Person
from tests.support.real_parts import free_ports

SENDER = "Rounds <rounds@example.com>"


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class TestBrowser:
    """A browser with keys of its own, so that a test can read what only it should."""

    endpoint: str = field(default_factory=lambda: f"https://push.example.com/{new_id()}")
    id: str = field(default_factory=lambda: str(new_id()))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"0123456789abcdef"
    __test__ = False

    @property
    def subscription(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "keys": {"p256dh": b64(point), "auth": b64(self.auth)}}

    def subscribe(self, person: Person) -> None:
        status, answer = person.call("PUT", f"/push-subscriptions/{self.id}", self.subscription)
        assert status == 201, answer

    def read(self, body: bytes) -> dict[str, Any]:
        """What was pushed, in the clear."""
        told: dict[str, Any] = json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth))
        return told


@dataclass
class PushService:
    """A push service that answers as it is told."""

    status: int = 201
    got: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.got.append((url, body, headers))
        if self.status == 0:
            raise OSError("no way")
        return Answer(self.status)

    def read_by(self, browser: TestBrowser) -> list[dict[str, Any]]:
        """What came for one browser, in the clear."""
        return [browser.read(body) for url, body, _ in self.got if url == browser.endpoint]


class Mailbox:
    """What a mail server took."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], EmailMessage]] = []
        self.refuses: str | None = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuses:
            return self.refuses
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.got.append((envelope.rcpt_tos, letter))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for people, letter in self.got if address in people]


@contextmanager
def mail_server() -> Iterator[tuple[MailServer, Mailbox]]:
    """A real SMTP server of this test."""
    box = Mailbox()
    (port,) = free_ports(1)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield MailServer("127.0.0.1", port, "", "", False, SENDER), box
    finally:
        controller.stop()


def tell(app: Flask, now: datetime | None = None) -> None:
    """Tells of everything that happened until now."""
    with app.app_context():
        while telling.tell(now or datetime.now(UTC)):
            pass


def send(app: Flask, service: PushService, mails: MailServer | None = None) -> None:
    """Sends everything that is due."""
    with app.app_context():
        send_due(Ways("https://rounds.example.com", None, mails, service.post))


def inbox(person: Person, **query: Any) -> list[dict[str, Any]]:
    """Somebody's messages, newest first."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    status, answer = person.get(f"/notifications?{asked}")
    assert status == 200, answer
    items: list[dict[str, Any]] = answer["items"]
    return items


def choose(person: Person, **changes: Any) -> dict[str, Any]:
    """Changes what somebody wants; never quiet, unless the test says so."""
    status, now = person.get("/notifications/settings")
    assert status == 200
    given = {name: now[name] for name in ("email", "groups", "digest_at", "timezone")}
    given |= {"quiet": {"from": "00:00", "to": "00:00"}} | changes
    status, answer = person.call("PUT", "/notifications/settings", given)
    assert status == 200, answer
    settings: dict[str, Any] = answer
    return settings
