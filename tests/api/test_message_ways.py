"""How messages go out: browsers, mailboxes, choices, quiet hours, digests; and what becomes of failures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.notifications import deliveries, digests
from api.notifications.mail import MailServer
from api.notifications.models import Delivery
from tests.api.test_messages import two_findings
from tests.support.company import Company, photo_facts, picture
from tests.support.messages import Mailbox, PushService, TestBrowser, choose, mail_server, send, tell

DEAD = MailServer("127.0.0.1", 1, "", "", False, "rounds@example.com")


@pytest.fixture(autouse=True)
def nothing_waits(app: Flask) -> None:
    """What other tests left on its way is no matter of this one."""
    tell(app)
    with app.app_context():
        in_transaction(lambda: db.session.execute(sa.update(Delivery).values(state="dropped")))


@pytest.fixture(scope="module")
def mails() -> Iterator[tuple[MailServer, Mailbox]]:
    with mail_server() as running:
        yield running


def rows(app: Flask, person: Any) -> list[Delivery]:
    with app.app_context():
        db.session.rollback()
        query = sa.select(Delivery).where(Delivery.user_id == person.id).order_by(Delivery.id)
        return [row for row in db.session.execute(query).scalars() if row.state != "dropped"]


def make_due(app: Flask) -> None:
    """The gap before the next try is over."""
    with app.app_context():
        past = datetime.now(UTC) - timedelta(seconds=1)
        in_transaction(lambda: db.session.execute(sa.update(Delivery).values(next_at=past)))


def test_a_browser_gets_what_only_it_can_read(app: Flask, company: Company) -> None:
    browser, other, service = TestBrowser(), TestBrowser(), PushService()
    choose(company.keeper)
    browser.subscribe(company.keeper)
    other.subscribe(company.clerk)
    report, _ = two_findings(company)
    tell(app)
    send(app, service)
    (told,) = service.read_by(browser)
    assert told["title"] == "Shop: 2 things to put right"
    assert (told["link"], told["tag"], told["unread"]) == (
        f"/inspections/{report}",
        f"inspection:{report}:submitted",
        1,
    )
    _, _, headers = service.got[0]
    assert (headers["Urgency"], headers["Content-Encoding"]) == ("high", "aes128gcm")
    assert headers["Authorization"].startswith("vapid t=")
    assert len(headers["Topic"]) == 32
    assert service.read_by(other) == []
    send(app, service)
    assert len(service.got) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(app: Flask, company: Company, status: int) -> None:
    browser, service = TestBrowser(), PushService(status)
    choose(company.keeper)
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    send(app, service)
    assert company.keeper.get("/notifications/settings")[1]["browsers"] == 0
    assert rows(app, company.keeper) == []


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_what_fails_for_now_is_tried_again_and_arrives(app: Flask, company: Company, status: int) -> None:
    browser, service = TestBrowser(), PushService(status)
    choose(company.keeper)
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    send(app, service)
    (row,) = rows(app, company.keeper)
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.next_at > datetime.now(UTC) + timedelta(seconds=5)
    make_due(app)
    service.status = 201
    send(app, service)
    (row,) = rows(app, company.keeper)
    assert (row.state, row.attempts, row.claimed_until) == ("sent", 2, None)


def test_after_eight_tries_it_is_given_up(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService(500)
    choose(company.keeper)
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    for _ in range(12):
        make_due(app)
        send(app, service)
    (row,) = rows(app, company.keeper)
    assert (row.state, row.attempts, row.last_error) == ("failed", 8, "500")


def test_what_a_dead_process_had_in_hand_is_taken_up(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    choose(company.keeper)
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    now = datetime.now(UTC)
    with app.app_context():
        assert len(in_transaction(deliveries.take, now)) == 1
        assert in_transaction(deliveries.take, now) == []
        (again,) = in_transaction(deliveries.take, now + deliveries.IN_HAND + timedelta(seconds=1))
    assert again.title == "Shop: 1 thing to put right"
    assert service.got == []


def test_what_was_read_elsewhere_does_not_ring(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    choose(company.keeper)
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    company.keeper.post("/notifications/read", {"all": True})
    send(app, service)
    assert service.got == []


def test_signing_out_ends_the_pushing(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    choose(company.keeper)
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    assert company.keeper.post("/auth/logout", {})[0] == 204
    send(app, service)
    assert service.got == []


def test_quiet_hours_hold_back_all_but_redlines(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    now = datetime.now(UTC)
    quiet = {"from": f"{now - timedelta(hours=2):%H:%M}", "to": f"{now + timedelta(hours=2):%H:%M}"}
    choose(company.keeper, quiet=quiet, timezone="UTC")
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    send(app, service)
    assert service.got == []
    (row,) = rows(app, company.keeper)
    assert f"{row.next_at:%H:%M}" == quiet["to"]
    two_findings(company)
    tell(app)
    send(app, service)
    assert [told["title"] for told in service.read_by(browser)] == ["Shop: 2 things to put right"]


def test_the_digest_comes_once_a_day_and_not_what_was_read(
    app: Flask, company: Company, mails: tuple[MailServer, Mailbox]
) -> None:
    server, box = mails
    browser, service = TestBrowser(), PushService()
    address = f"s-{company.mark}@example.com"
    choose(company.supervisor, email=address, timezone="Asia/Tokyo", digest_at="08:00")
    browser.subscribe(company.supervisor)
    for _ in range(3):
        task = company.task()
        assert company.step("keeper", task, "start")[0] == 200
        fixed = company.supervisor.get(f"/tasks/{task['id']}")[1]
        status, answer = company.step("keeper", fixed, "submit", note="done", photos=_photos())
        assert status == 200, answer
    tell(app)
    send(app, service, server)
    assert (service.read_by(browser), box.to(address)) == ([], [])
    morning = datetime.now(UTC) + timedelta(hours=25)
    with app.app_context():
        for _ in range(3):
            in_transaction(digests.queue, morning)
    assert len(rows(app, company.supervisor)) == 2
    make_due(app)
    send(app, service, server)
    (told,) = service.read_by(browser)
    assert (told["title"], told["link"]) == ("3 things today", "/messages")
    (letter,) = box.to(address)
    assert letter["Subject"] == "3 things today"
    text = letter.get_body(("plain",))
    assert text is not None and text.get_content().count("Shop, to review") == 3
    with app.app_context():
        in_transaction(digests.queue, morning + timedelta(hours=24))
    assert len(rows(app, company.supervisor)) == 2


def test_a_digest_whose_things_were_read_is_not_sent(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    choose(company.supervisor)
    browser.subscribe(company.supervisor)
    company.step("keeper", company.task(), "submit", note="done", photos=_photos())
    tell(app)
    with app.app_context():
        in_transaction(digests.queue, datetime.now(UTC) + timedelta(hours=25))
    company.supervisor.post("/notifications/read", {"all": True})
    make_due(app)
    send(app, service)
    assert service.got == []


def test_mail_says_it_in_text_and_in_html_and_nothing_gets_into_it(
    app: Flask, company: Company, mails: tuple[MailServer, Mailbox]
) -> None:
    server, box = mails
    address = f"k-{company.mark}@example.com"
    settings = choose(company.keeper, email=address)
    assert settings["email"] == address
    groups = settings["groups"] | {"work": {"push": "now", "email": "now"}}
    choose(company.keeper, email=address, groups=groups)
    nasty = "<script>alert(1)</script>\r\nBcc: x@example.com"
    body = {"store_id": str(company.store), "title": {"zh": nasty, "en": nasty}, "guide": None, "flag": "key"}
    status, task = company.supervisor.post("/tasks", body)
    assert status == 201, task
    tell(app)
    send(app, PushService(), server)
    (letter,) = box.to(address)
    assert letter["Bcc"] is None and "\n" not in letter["Subject"]
    text, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None and html is not None
    assert f"https://rounds.example.com/tasks/{task['id']}" in text.get_content()
    assert "<script>" not in html.get_content() and "&lt;script&gt;" in html.get_content()
    assert letter["Message-ID"].endswith("@example.com>")


def test_a_dead_mail_server_spoils_nothing(
    app: Flask, company: Company, mails: tuple[MailServer, Mailbox]
) -> None:
    server, box = mails
    browser, service = TestBrowser(), PushService()
    address = f"d-{company.mark}@example.com"
    groups = company.keeper.get("/notifications/settings")[1]["groups"]
    choose(company.keeper, email=address, groups=groups | {"work": {"push": "now", "email": "now"}})
    browser.subscribe(company.keeper)
    company.task()
    tell(app)
    send(app, service, DEAD)
    assert len(service.read_by(browser)) == 1
    assert {(row.channel, row.state) for row in rows(app, company.keeper)} == {
        ("push", "sent"),
        ("email", "waiting"),
    }
    make_due(app)
    send(app, service, server)
    assert len(box.to(address)) == 1
    assert len(service.read_by(browser)) == 1


def test_what_is_switched_off_stays_in_the_inbox(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    off = {
        group: {"push": "off", "email": "off"} for group in ("work", "deadlines", "review", "answers", "talk")
    }
    choose(company.keeper, groups=off)
    browser.subscribe(company.keeper)
    two_findings(company)
    tell(app)
    send(app, service)
    assert service.got == []
    assert company.keeper.get("/notifications")[1]["unread"] == 1


def test_trying_it_out(app: Flask, company: Company) -> None:
    browser, service = TestBrowser(), PushService()
    choose(company.keeper)
    browser.subscribe(company.keeper)
    assert company.keeper.post("/notifications/test", {}) == (202, {"browsers": 1, "email": False})
    assert company.keeper.post("/notifications/test", {})[0] == 202
    send(app, service)
    told = service.read_by(browser)
    assert told[0]["title"] == "Notifications reach you" and len(told) <= 2


def test_choices_are_kept_and_checked(app: Flask, company: Company) -> None:
    keeper = company.keeper
    status, first = keeper.get("/notifications/settings")
    assert (status, first["quiet"], first["company_quiet"]) == (200, None, {"from": "22:00", "to": "08:00"})
    assert (first["timezone"], first["mail_offered"]) == ("Asia/Shanghai", False)
    kept = choose(keeper, quiet={"from": "21:00", "to": "07:30"}, digest_at="07:30", timezone="Europe/London")
    assert keeper.get("/notifications/settings")[1] == kept
    good = {name: kept[name] for name in ("email", "groups", "quiet", "digest_at", "timezone")}
    for change in (
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"digest_at": "25:00"},
        {"quiet": {"from": "9", "to": "10:00"}},
        {"email": "nobody"},
        {"email": "a@b.com\nBcc: c@d.com"},
        {"groups": {"work": {"push": "now", "email": "now"}}},
        {"groups": good["groups"] | {"work": {"push": "loud", "email": "now"}}},
        {"more": 1},
    ):
        assert keeper.call("PUT", "/notifications/settings", good | change)[0] == 422, change


def test_subscriptions_are_checked_and_belong_to_one(app: Flask, company: Company) -> None:
    browser = TestBrowser()
    keeper, clerk = company.keeper, company.clerk
    path = f"/push-subscriptions/{browser.id}"
    good = browser.subscription
    for change in (
        {"endpoint": "http://push.example.com/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://user@push.example.com/x"},
        {"endpoint": "https://metadata.google.internal/x"},
        {"keys": {"p256dh": "AAAA", "auth": good["keys"]["auth"]}},
        {"keys": {"p256dh": good["keys"]["p256dh"], "auth": "!"}},
    ):
        assert keeper.call("PUT", path, good | change)[0] == 422, change
    assert keeper.call("PUT", path, good)[0] == 201
    assert keeper.call("PUT", path, good)[0] == 200
    assert clerk.call("PUT", path, good)[0] == 409
    assert clerk.call("DELETE", path)[0] == 404
    handed_on = f"/push-subscriptions/{new_id()}"
    assert clerk.call("PUT", handed_on, good)[0] == 201
    assert keeper.get("/notifications/settings")[1]["browsers"] == 0
    assert clerk.call("DELETE", handed_on)[0] == 204
    assert clerk.call("DELETE", handed_on)[0] == 404


def test_the_key_for_browsers_stays_the_same(company: Company) -> None:
    first, again = (person.get("/push-key") for person in (company.keeper, company.admin))
    assert first[0] == 200 and first == again and len(first[1]["key"]) == 87


def _photos() -> list[dict[str, Any]]:
    return [photo_facts(picture())]
