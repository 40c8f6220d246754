"""Head office builds a checklist with every kind of item by hand; a supervisor fills it in without a network."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from api.checklists.content import KINDS
from api.core.shapes import moment_text
from tests.e2e.checklist import WORDS, answer
from tests.e2e.conftest import PASSWORD, Phone
from tests.e2e.test_first_visit import camera, items_of, until_sent

NAMES = {
    "pass_fail": ("地面干燥", "Floor is dry"),
    "graded": ("货架整洁", "Shelves are tidy"),
    "numeric": ("冷柜温度", "Chiller temperature"),
    "count": ("过期商品数", "Expired goods found"),
    "single": ("灶具用什么燃料", "What the stove burns"),
    "multiple": ("看到哪些隐患", "Hazards seen"),
    "date": ("证照有效期", "Licence valid until"),
    "text": ("店长姓名", "Name of the manager"),
    "photo": ("门头照片", "Picture of the front"),
    "signature": ("签字", "Signature"),
    "barcode": ("设备条码", "Bar code of the machine"),
}


def fill(page: Page, field: str, text: str) -> None:
    page.locator(f"[data-field='{field}'] input").first.fill(text)


def write_item(page: Page, kind: str) -> None:
    """Writes the item whose editor is open."""
    zh, en = NAMES[kind]
    page.get_by_label("What is judged (Chinese)").fill(zh)
    page.get_by_label("What is judged (English)").fill(en)
    page.locator("[data-field='kind'] select").select_option(kind)
    fill(page, "points", "10")
    if kind == "numeric":
        fill(page, "unit", "℃")
        fill(page, "min", "0")
        fill(page, "max", "8")
    elif kind in ("single", "multiple"):
        write_choices(page, kind)
    elif kind == "count":
        fill(page, "step", "2.5")
    elif kind == "date":
        fill(page, "warn_days", "30")


def write_choices(page: Page, kind: str) -> None:
    field = page.locator("[data-field='choices']")
    while field.locator(".choice").count() < 2:
        field.get_by_role("button", name="Add choice").click()
    words = [("天然气", "Gas", "100"), ("煤", "Coal", "0")] if kind == "single" else [("电线裸露", "Bare wires", "-50"), ("通道堵塞", "Blocked exit", "-50")]  # fmt: skip
    for place, (zh, en, percent) in enumerate(words):
        row = field.locator(".choice").nth(place)
        row.locator("input").nth(0).fill(zh)
        row.locator("input").nth(1).fill(en)
        row.locator("input").nth(2).fill(percent)
    if kind == "multiple":
        fill(page, "base", "100")


def build(admin: Phone) -> str:
    """From the empty sheet to the published version; gives the checklist's id."""
    page = admin.page
    page.goto("/checklists")
    page.get_by_role("button", name="Add").click()
    page.get_by_text("New checklist").first.click()
    sheet = page.get_by_role("dialog")
    sheet.locator("input").nth(0).fill("每种题型都有")
    sheet.locator("input").nth(1).fill("Every kind there is")
    sheet.get_by_role("button", name="Create").click()
    page.wait_for_url("**/edit")
    page.get_by_role("button", name="Add section").first.click()
    page.get_by_label("Name (Chinese)").first.fill("全部题型")
    page.get_by_label("Name (English)").first.fill("All kinds")
    for place, kind in enumerate(KINDS):
        if place:
            page.get_by_role("button", name="Add an item to “All kinds”").click()
        else:
            page.locator("nav.outline").get_by_text("Nothing written yet").click()
        write_item(page, kind)
    page.get_by_text("Saved", exact=True).first.wait_for()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    page.wait_for_url(lambda url: "/edit" not in url)
    return page.url.rstrip("/").split("?")[0].split("/")[-1]


def plan_today(phone: Phone, checklist_id: str) -> None:
    """A visit by that checklist for the demo's supervisor, by the API."""
    call = phone.context.request
    body = {"username": "manager", "password": PASSWORD, "device_name": "e2e", "transport": "bearer"}
    bearer = {"Authorization": f"Bearer {call.post('/api/v1/auth/login', data=body).json()['access_token']}"}
    store = next(row for row in phone.rows("stores") if row["code"] == "SH001")
    now = datetime.now(UTC)
    visit = {
        "store_id": store["id"],
        "checklist_id": checklist_id,
        "assignee_id": store["supervisor_id"],
        "opens_at": moment_text(now - timedelta(hours=1)),
        "due_at": moment_text(now + timedelta(hours=9)),
    }
    clean = phone.context.browser
    assert clean is not None
    other = clean.new_context(base_url=phone.instance.url)
    answer = other.request.post("/api/v1/visits", data=visit, headers=bearer)
    assert answer.status == 201, answer.text()
    other.close()


def test_every_kind_is_built_by_hand_and_filled_in_offline(phone: Any) -> None:
    admin = phone("en-GB", viewport={"width": 1280, "height": 800}, has_touch=False)
    admin.sign_in("admin")
    checklist_id = build(admin)

    supervisor = phone("en-GB")
    supervisor.sign_in("supervisor")
    supervisor.page.get_by_text("Renmin Road", exact=True).first.wait_for()
    plan_today(supervisor, checklist_id)
    supervisor.page.reload()
    page = supervisor.page
    mine = page.locator("a.visit", has_text="Every kind there is")
    mine.wait_for()
    supervisor.until_offline_ready()
    supervisor.offline(True)
    page.reload()
    mine.click()
    page.get_by_role("button", name="Check in and begin").click()
    page.wait_for_url("**/check")
    items = items_of(supervisor, checklist_id)
    assert [item["kind"] for item in items] == list(KINDS)
    for number, item in enumerate(items):
        page.locator(f"[id='item-{item['key']}']").wait_for()
        if item["kind"] == "signature":
            sign(page)
        else:
            answer(page, item, camera(number), "en", fail=item["kind"] == "single")
    page.get_by_role("link", name=WORDS["en"]["finish"]).click()
    page.get_by_role("button", name="Submit the report").click()
    page.wait_for_url(lambda url: "/finish" not in url)
    (entry,) = supervisor.rows("outbox")
    supervisor.offline(False)
    until_sent(supervisor)

    report = supervisor.context.request.get(f"/api/v1/inspections/{entry['id']}").json()
    assert report["missing_photos"] == []
    assert {a["item_key"]: a["result"] for a in report["answers"]} == {
        item["key"]: "fail" if item["kind"] == "single" else "pass" for item in items
    }
    document = json.loads(entry["body"])
    assert {a["item_key"]: a["value"] for a in document["answers"]} == {
        a["item_key"]: a["value"] for a in report["answers"]
    }
    assert (report["score"], report["raw_score"]) == (90.9, 90.9)


def sign(page: Page) -> None:
    """Draws with the finger and keeps it."""
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 20 + (step % 2) * 30)
    page.mouse.up()
    page.get_by_role("button", name="Keep signature").click()
    page.get_by_role("button", name="Sign again").wait_for()
