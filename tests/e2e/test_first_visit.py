"""The whole line: inspected offline, fixed by the store, closed by the supervisor, seen by the manager."""

import hashlib
import json
import time
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from tests.e2e.checklist import WORDS, answer, take_photo
from tests.e2e.conftest import Phone

STORE = {"zh": "人民路店", "en": "Renmin Road"}
CHECKLIST = {"zh": "便利店督导巡店", "en": "Convenience store – supervisor visit"}
WRONG = "CVS-01-02"  # floor and shelves: graded, its photo only when wrong


def camera(number: int) -> bytes:
    """A photo of 12 megapixels, as a phone takes them."""
    image = Image.linear_gradient("L").resize((4032, 3024)).convert("RGB")
    ImageDraw.Draw(image).text((800, 900), f"photo {number}", fill=(200, number * 9 % 255, 40), font_size=600)
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def items_of(phone: Phone, checklist_id: str) -> list[dict[str, Any]]:
    version = next(v for v in phone.rows("versions") if v["checklist_id"] == checklist_id)
    return [item for section in version["content"]["sections"] for item in section["items"]]


def inspect_offline(phone: Phone, lang: str) -> dict[str, Any]:
    """From the first tap to the finished report without a network, over a reload; gives the outbox entry."""
    page = phone.page
    page.get_by_text(STORE[lang], exact=True).first.wait_for()
    phone.until_offline_ready()
    phone.offline(True)
    page.reload()
    page.locator("a.visit", has_text=STORE[lang]).filter(has_text=CHECKLIST[lang]).click()
    page.get_by_role("button", name={"zh": "签到并开始", "en": "Check in and begin"}[lang]).click()
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    draft = phone.rows("drafts")[0]
    items = items_of(phone, draft["checklist_id"])
    for number, item in enumerate(items):
        card = page.locator(f"#item-{item['key']}")
        if not card.count():
            page.get_by_role("button", name=WORDS[lang]["next"]).click()
        card.wait_for()
        answer(page, item, camera(number), lang, fail=item["key"] == WRONG)
        if number == len(items) // 2:
            page.reload()  # what was answered is on the disk
            page.locator("article.item").first.wait_for()
            page.get_by_role("button", name=WORDS[lang]["next"]).click()
    page.get_by_role("link", name=WORDS[lang]["finish"]).click()
    page.get_by_role("button", name={"zh": "提交报告", "en": "Submit the report"}[lang]).click()
    page.wait_for_url(lambda url: "/finish" not in url)
    assert phone.rows("drafts") == []
    entries = phone.rows("outbox")
    assert [entry["kind"] for entry in entries] == ["inspection"]
    assert not entries[0]["delivered"]
    return entries[0]


def until_sent(phone: Phone) -> None:
    deadline = time.monotonic() + 60
    while phone.rows("outbox"):
        assert time.monotonic() < deadline, phone.rows("outbox")
        phone.page.wait_for_timeout(250)


def test_from_the_first_tap_to_the_closed_task(phone: Any) -> None:
    supervisor = phone()
    supervisor.sign_in("supervisor")
    entry = inspect_offline(supervisor, "zh")
    supervisor.offline(False)
    until_sent(supervisor)
    supervisor.page.get_by_text("可以离店").wait_for()

    document = json.loads(entry["body"])
    report = supervisor.context.request.get(f"/api/v1/inspections/{entry['id']}").json()
    assert report["content_sha256"] == hashlib.sha256(entry["body"].encode()).hexdigest()
    assert report["missing_photos"] == []
    assert [a["item_key"] for a in report["answers"] if a["finding"]] == [WRONG]
    for photo in [p for a in document["answers"] for p in a["photos"]]:
        kept = supervisor.context.request.get(f"/api/v1/photos/{photo['sha256']}?size=original").body()
        assert hashlib.sha256(kept).hexdigest() == photo["sha256"]
        assert max(Image.open(BytesIO(kept)).size) <= 1920

    task_id = report["task_ids"][0]
    store = phone()
    store.sign_in("store")
    store.page.goto(f"/tasks/{task_id}")
    store.page.get_by_text("提交整改").wait_for()
    store.until_offline_ready()
    store.offline(True)
    take_photo(store.page.locator("form"), "fix", camera(99))
    store.page.locator("form textarea").fill("已清洁货架与地面")
    store.page.get_by_role("button", name="提交整改").click()
    store.page.get_by_text("已存本机，等待发送").first.wait_for()
    store.offline(False)
    until_sent(store)

    supervisor.page.goto(f"/tasks/{task_id}")
    supervisor.page.get_by_role("button", name="通过").click()
    supervisor.page.get_by_text("已闭环").first.wait_for()  # at once, before the server knows
    until_sent(supervisor)
    supervisor.page.get_by_text("已闭环").first.wait_for()
    history = supervisor.context.request.get(f"/api/v1/tasks/{task_id}").json()["history"]
    assert [step["action"] for step in history] == ["open", "submit", "approve"]

    manager = phone()
    manager.sign_in("manager")
    manager.page.wait_for_url("**/overview")
    manager.page.get_by_text(STORE["zh"]).first.wait_for()
    score = str(report["score"])
    manager.page.goto(f"/inspections/{entry['id']}")
    manager.page.get_by_text(score).first.wait_for()


def test_english_and_a_second_person_on_the_same_phone(phone: Any) -> None:
    device = phone("en-GB")
    device.sign_in("supervisor")
    device.page.get_by_text("Today's visits").wait_for()
    assert device.page.locator("html").get_attribute("lang") == "en"
    device.page.goto("/me")
    device.page.get_by_role("button", name="Sign out", exact=True).click()
    device.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    device.page.wait_for_url("**/sign-in**")
    device.sign_in("store")
    device.page.get_by_text("To put right").first.wait_for()
    device.page.get_by_text("Renmin Road").first.wait_for()
    assert {row["code"] for row in device.rows("stores")} == {"SH001"}


def test_a_wrong_password_is_said_in_words(phone: Any) -> None:
    device = phone()
    device.page.goto("/")
    device.page.locator("input[name=username]").fill("supervisor")
    device.page.locator("input[name=password]").fill("wrong")
    device.page.locator("form button[type=submit]").click()
    device.page.get_by_text("用户名或密码不对").first.wait_for()
    assert device.page.locator("input[name=username]").input_value() == "supervisor"
