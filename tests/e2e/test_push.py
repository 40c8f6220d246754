"""From a deed to the lock screen and back into the app: the whole way of a push, with a real service worker.

Only the push service is a stand-in: the browser is given a subscription whose keys the test owns, what the server
sends there is decrypted, and handed to the service worker as the browser's own service would.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.e2e.conftest import Phone
from tests.e2e.test_leaving import call
from tests.support.messages import TestBrowser
from tests.support.pushing import PushStub, push_stub

SUBSCRIBED = """given => {
  const fake = { endpoint: given.endpoint, toJSON: () => given, options: {}, unsubscribe: async () => { localStorage.removeItem('fake-push'); return true } }
  PushManager.prototype.subscribe = async () => { localStorage.setItem('fake-push', '1'); return fake }
  PushManager.prototype.getSubscription = async () => (localStorage.getItem('fake-push') ? fake : null)
}"""


@pytest.fixture
def service() -> Iterator[PushStub]:
    with push_stub() as running:
        yield running


def with_push(phone: Any, browser: TestBrowser, locale: str = "zh-CN") -> Phone:
    """A phone that may notify, and whose push service is the test's."""
    made: Phone = phone(locale, permissions=["geolocation", "notifications"])
    made.context.add_init_script(f"({SUBSCRIBED})({json.dumps(browser.subscription)})")
    return made


def never_quiet(phone: Phone) -> None:
    """Tests run at night as well."""
    now = call(phone, "GET", "/notifications/settings")
    given = {name: now[name] for name in ("email", "groups", "digest_at", "timezone")}
    call(phone, "PUT", "/notifications/settings", given | {"quiet": {"from": "00:00", "to": "00:00"}})


def open_task(phone: Phone, words: str) -> dict[str, Any]:
    store = next(s for s in call(phone, "GET", "/stores?limit=200")["items"] if s["code"] == "SH001")
    people = call(phone, "GET", "/users?limit=200")["items"]
    body = {
        "store_id": store["id"],
        "title": {"zh": words, "en": words},
        "guide": None,
        "flag": "redline",
        "assignee_id": next(p["id"] for p in people if p["username"] == "store"),
        "due_at": moment_text(datetime.now(UTC) + timedelta(hours=5)),
    }
    made: dict[str, Any] = call(phone, "POST", "/tasks", body)
    return made


def deliver(phone: Phone, told: dict[str, Any]) -> None:
    """Hands a push to the service worker, as the browser does when its push service brings one."""
    cdp = phone.context.new_cdp_session(phone.page)
    found: list[str] = []

    def hear(event: dict[str, Any]) -> None:
        found.extend(r["registrationId"] for r in event["registrations"] if not r["isDeleted"])

    cdp.on("ServiceWorker.workerRegistrationUpdated", hear)
    cdp.send("ServiceWorker.enable")
    for _ in range(50):
        if found:
            break
        phone.page.wait_for_timeout(100)
    cdp.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": phone.instance.url,
            "registrationId": found[-1],
            "data": json.dumps(told, ensure_ascii=False),
        },
    )


def shown(phone: Phone, tag: str) -> dict[str, Any]:
    """The notification of a matter, as it stands on the screen."""
    script = """tag => navigator.serviceWorker.ready.then(r => r.getNotifications({tag})).then(
      all => all.map(n => ({title: n.title, body: n.body, lang: n.lang, link: n.data.link})))"""
    for _ in range(100):
        (*found,) = phone.page.evaluate(script, tag)
        if found:
            assert len(found) == 1
            one: dict[str, Any] = found[0]
            return one
        phone.page.wait_for_timeout(100)
    raise AssertionError("no notification was shown")


def tap(phone: Phone, tag: str) -> None:
    """Taps on the notification."""
    script = """tag => self.registration.getNotifications({tag}).then(([notification]) => {
      self.dispatchEvent(new NotificationEvent('notificationclick', {notification}))
    })"""
    phone.context.service_workers[0].evaluate(script, tag)


def test_a_task_reaches_the_lock_screen_and_a_tap_opens_it(phone: Any, service: PushStub) -> None:
    name = f"store-{new_id()}"
    browser = TestBrowser(service.endpoint(name))
    store = with_push(phone, browser)
    store.sign_in("store")
    store.until_offline_ready()
    never_quiet(store)
    page = store.page
    page.goto("/me/notifications")
    page.get_by_role("button", name="开启推送").click()
    page.get_by_text("推送已开启").wait_for()

    supervisor = phone()
    supervisor.sign_in("supervisor")
    task = open_task(supervisor, "收银台下有积水")
    told = browser.read(service.wait_for(name))
    assert told["title"] == "人民路店 新整改单：收银台下有积水"
    assert told["link"] == f"/tasks/{task['id']}"

    page.goto("/today")
    deliver(store, told)
    notification = shown(store, told["tag"])
    assert (notification["title"], notification["lang"]) == (told["title"], "zh-CN")
    assert "前完成" in notification["body"]
    deliver(store, told)  # the same again replaces itself
    page.wait_for_timeout(300)
    shown(store, told["tag"])
    tap(store, told["tag"])
    page.wait_for_url(f"**/tasks/{task['id']}")
    page.get_by_text("收银台下有积水").first.wait_for()

    page.goto("/messages")
    page.get_by_text("人民路店 新整改单：收银台下有积水").click()
    page.wait_for_url(f"**/tasks/{task['id']}")
    page.goto("/messages?only=unread")
    page.get_by_role("heading", name="消息").wait_for()
    page.wait_for_timeout(500)
    assert page.get_by_text("收银台下有积水").count() == 0


def test_a_link_leads_to_its_thing_after_the_sign_in(phone: Any) -> None:
    supervisor = phone()
    supervisor.sign_in("supervisor")
    task = open_task(supervisor, "灭火器过期")
    store = phone("en-GB")
    page = store.page
    page.goto(f"/tasks/{task['id']}")
    page.wait_for_url(lambda url: "/sign-in?next=" in url)
    page.locator("input[name=username]").fill("store")
    page.locator("input[name=password]").fill("rounds-demo-2026")
    page.locator("form button[type=submit]").click()
    page.wait_for_url(f"**/tasks/{task['id']}")
    page.get_by_text("灭火器过期").first.wait_for()


def test_signing_out_ends_the_pushes_of_this_phone(phone: Any, service: PushStub) -> None:
    name = f"staff-{new_id()}"
    browser = TestBrowser(service.endpoint(name))
    staff = with_push(phone, browser, "en-GB")
    staff.sign_in("staff")
    staff.until_offline_ready()
    never_quiet(staff)
    staff.page.goto("/me/notifications")
    staff.page.get_by_role("button", name="Turn push on").click()
    staff.page.get_by_text("Push is on").wait_for()
    staff.page.get_by_role("button", name="Send a test").click()
    assert browser.read(service.wait_for(name))["title"] == "通知可以送达"  # staff reads Chinese
    staff.page.goto("/me")
    staff.page.get_by_role("button", name="Sign out", exact=True).last.click()
    staff.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    staff.page.wait_for_url("**/sign-in*")
    assert staff.page.evaluate("localStorage.getItem('fake-push')") is None
