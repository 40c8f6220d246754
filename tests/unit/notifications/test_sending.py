"""What is said to push services and mail servers, and what their answers mean."""

import base64
import json
import uuid
from typing import Any

import pytest

from api.core.outside import Answer
from api.notifications import vapid
from api.notifications.mail import letter, mail_server
from api.notifications.parcels import AGAIN, GONE, REFUSED, SENT, Browser, Parcel
from api.notifications.push import headers, judged, payload, send
from api.notifications.sending import Ways
from tests.support.messages import PushService, TestBrowser

KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).decode().rstrip("=")


def parcel(**changes: Any) -> Parcel:
    given: dict[str, Any] = {
        "delivery_id": uuid.UUID(int=1),
        "title": "人民路店：2 项要整改",
        "body": "最早 18:00 前完成",
        "link": "/tasks/1",
        "tag": "task:1:opened",
        "locale": "zh",
        "urgent": False,
        "unread": 3,
    }
    return Parcel(**given | changes)


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, SENT), (201, SENT), (202, SENT), (404, GONE), (410, GONE), (408, AGAIN), (425, AGAIN), (429, AGAIN),
        (500, AGAIN), (503, AGAIN), (400, REFUSED), (401, REFUSED), (403, REFUSED), (413, REFUSED), (302, REFUSED),
    ],
)  # fmt: skip
def test_what_an_answer_means(status: int, result: str) -> None:
    assert judged(Answer(status)).result == result


def test_how_long_a_service_asks_us_to_wait_is_heard() -> None:
    assert judged(Answer(429, b"", 120)).wait_seconds == 120


def test_what_goes_wrong_is_an_outcome() -> None:
    browser = TestBrowser()
    keys = browser.subscription["keys"]
    good = parcel(browser=Browser(uuid.UUID(int=2), browser.endpoint, keys["p256dh"], keys["auth"]))
    bad = parcel(browser=Browser(uuid.UUID(int=2), browser.endpoint, "AAAA", keys["auth"]))
    assert send(good, KEY, "mailto:a@example.com", PushService(0).post).result == AGAIN
    assert send(bad, KEY, "mailto:a@example.com", PushService().post).result in (REFUSED, AGAIN)
    service = PushService()
    assert send(good, KEY, "mailto:a@example.com", service.post).result == SENT
    assert service.read_by(browser)[0]["title"] == "人民路店：2 项要整改"


def test_a_long_body_is_cut_and_fits() -> None:
    told = payload(parcel(body="字" * 2000, title="题" * 200))
    assert len(told) < 3000
    assert json.loads(told)["body"].endswith("…")


def test_who_sends_is_signed_for_that_service_alone() -> None:
    made = headers(
        parcel(browser=Browser(uuid.UUID(int=2), "https://push.example.com:8443/x", "", "")),
        KEY,
        "mailto:a@b.c",
    )
    token, key = (part.split("=", 1)[1] for part in made["Authorization"].removeprefix("vapid ").split(","))
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert (claims["aud"], claims["sub"], key) == (
        "https://push.example.com:8443",
        "mailto:a@b.c",
        vapid.public_key(KEY),
    )
    again = headers(
        parcel(browser=Browser(uuid.UUID(int=3), "https://p.example.com/y", "", "")), KEY, "mailto:a@b.c"
    )
    assert made["Topic"] == again["Topic"]
    assert made["Urgency"] == "normal"


@pytest.mark.parametrize(
    ("public_url", "smtp", "subject"),
    [
        ("https://rounds.example.com", None, "https://rounds.example.com"),
        ("http://localhost:8000", None, "mailto:rounds@localhost"),
        ("http://10.0.0.5", "smtp://mail:25", "mailto:rounds@example.com"),
    ],
)
def test_whom_push_services_may_write_to(public_url: str, smtp: str | None, subject: str) -> None:
    ways = Ways(public_url, None, mail_server(smtp, "Rounds <rounds@example.com>"), PushService().post)
    assert ways.subject == subject


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.com", ("mail.example.com", 587, "", "", False)),
        ("smtps://u%40x:p%3A@mail.example.com", ("mail.example.com", 465, "u@x", "p:", True)),
        ("smtp://mail:2525", ("mail", 2525, "", "", False)),
    ],
)
def test_where_mail_is_handed_in(url: str, expected: tuple[Any, ...]) -> None:
    server = mail_server(url, "a@example.com")
    assert server is not None
    assert (server.host, server.port, server.username, server.password, server.tls) == expected
    assert mail_server(url, None) is None and mail_server(None, "a@example.com") is None


def test_a_digest_as_mail_has_each_thing_with_its_link() -> None:
    lines = (("<b>A</b>", "one\ntwo", "/tasks/1"), ("B", "", "/tasks/2"))
    made = letter(
        "a@example.com",
        parcel(email="k@example.com", lines=lines, title="两件\r\n事"),
        "https://r.example.com",
    )
    assert made["Subject"] == "两件 事"
    text, html = (made.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None and html is not None
    assert "https://r.example.com/tasks/2" in text.get_content()
    assert "&lt;b&gt;A&lt;/b&gt;" in html.get_content() and "<b>" not in html.get_content()
    assert "/me/notifications" in text.get_content()
