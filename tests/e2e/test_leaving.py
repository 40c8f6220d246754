"""Leaving the store: signed by finger without a network, objected to later, and the code on the wall."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.e2e.checklist import WORDS, answer
from tests.e2e.conftest import Phone
from tests.e2e.test_first_visit import camera, items_of, until_sent

SUMMARY = "**/finish"


def call(phone: Phone, method: str, path: str, body: Any = None) -> Any:
    """A call to the API by the signed-in person of a phone."""
    cookies = {c["name"]: c["value"] for c in phone.context.cookies()}
    token = next(value for name, value in cookies.items() if name.endswith("rounds_csrf"))
    options = {"data": json.dumps(body)} if body is not None else {}
    answered = phone.context.request.fetch(
        f"/api/v1{path}",
        method=method,
        headers={"X-CSRF-TOKEN": token, "Content-Type": "application/json"},
        **options,
    )
    assert answered.ok, answered.text()
    return answered.json()


def plan(manager: Phone, kind: str, assignee: str) -> dict[str, Any]:
    """A visit to the store of the demo's store manager, by its shortest checklist; from now until tonight."""
    store = next(s for s in call(manager, "GET", "/stores?limit=200")["items"] if s["code"] == "SH001")
    lists = call(manager, "GET", "/checklists?limit=200")["items"]
    sizes = {
        one["id"]: len(content_items(manager, one["id"], one["published_version"]))
        for one in lists
        if one["published_version"]
    }
    people = call(manager, "GET", "/users?limit=200")["items"]
    now = datetime.now(UTC)
    body = {
        "id": str(new_id()),
        "store_id": store["id"],
        "checklist_id": min(sizes, key=lambda key: sizes[key]),
        "assignee_id": next(p["id"] for p in people if p["username"] == assignee),
        "kind": kind,
        "opens_at": moment_text(now - timedelta(hours=1)),
        "due_at": moment_text(now + timedelta(minutes=30)),
        "note": "",
    }
    made: dict[str, Any] = call(manager, "POST", "/visits", body)
    return made


def content_items(phone: Phone, checklist_id: str, number: int) -> list[dict[str, Any]]:
    version = call(phone, "GET", f"/checklists/{checklist_id}/versions/{number}")
    return [item for section in version["content"]["sections"] for item in section["items"]]


def until_here(phone: Phone, visit_id: str) -> None:
    """Waits until the phone has got a visit."""
    phone.page.wait_for_timeout(500)
    for _ in range(40):
        if any(row["id"] == visit_id for row in phone.rows("visits")):
            return
        phone.page.evaluate("window.dispatchEvent(new Event('online'))")
        phone.page.wait_for_timeout(500)
    raise AssertionError("the visit did not come")


def fill(phone: Phone, wrong: str | None) -> None:
    """Answers everything right but one."""
    page = phone.page
    draft = phone.rows("drafts")[0]
    for number, item in enumerate(items_of(phone, draft["checklist_id"])):
        card = page.locator(f"[id='item-{item['key']}']")
        if not card.count():
            page.get_by_role("button", name=WORDS["zh"]["next"]).click()
        card.wait_for()
        answer(page, item, camera(number), "zh", fail=item["key"] == wrong)
    page.get_by_role("link", name=WORDS["zh"]["finish"]).click()
    page.wait_for_url(SUMMARY)


def sign(phone: Phone) -> None:
    """Draws on the field as a finger does."""
    pad = phone.page.locator("canvas.pad")
    pad.evaluate("pad => pad.scrollIntoView({block: 'center'})")
    box = pad.bounding_box()
    assert box is not None
    mouse = phone.page.mouse
    mouse.move(box["x"] + 30, box["y"] + box["height"] / 2)
    mouse.down()
    for step in range(1, 9):
        mouse.move(box["x"] + 30 + step * 25, box["y"] + box["height"] * (0.3 if step % 2 else 0.7))
    mouse.up()


def test_signed_without_a_network_and_objected_to_later(phone: Any) -> None:
    manager = phone()
    manager.sign_in("manager")
    visit = plan(manager, "special", "supervisor")
    supervisor = phone()
    supervisor.sign_in("supervisor")
    until_here(supervisor, visit["id"])
    supervisor.until_offline_ready()
    page = supervisor.page
    page.goto(f"/visits/{visit['id']}")
    page.get_by_role("button", name="签到并开始").wait_for()
    supervisor.offline(True)
    page.get_by_role("button", name="签到并开始").click()
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    wrong = next(i["key"] for i in items_of(supervisor, visit["checklist_id"]) if i["kind"] == "pass_fail")
    fill(supervisor, wrong)

    page.get_by_role("link", name="请店长签字").click()
    page.get_by_text("项不合格，要在期限内整改").wait_for()
    page.locator("input[name=signer]").fill("陈店长")
    page.get_by_role("button", name="签好了").click()
    page.get_by_text("还没有签名").wait_for()
    sign(supervisor)
    page.get_by_role("button", name="签好了").click()
    page.wait_for_url(SUMMARY)
    page.get_by_text("已签字确认 · 陈店长").wait_for()
    page.get_by_role("button", name="提交报告").click()
    page.wait_for_url(lambda url: "/finish" not in url)
    entry = next(e for e in supervisor.rows("outbox") if e["kind"] == "inspection")
    document = json.loads(entry["body"])
    assert document["sign_off"]["photo"]["sha256"] in entry["photos"]
    assert (document["check_out"]["source"], len(document["check_out"]["fixes"]) > 0) == ("gps", True)
    supervisor.offline(False)
    until_sent(supervisor)

    store = phone()
    store.sign_in("store")
    store.page.goto(f"/inspections/{entry['id']}")
    store.page.get_by_text("已签字确认 · 陈店长").wait_for()
    store.page.get_by_role("button", name="有异议").click()
    store.page.get_by_role("dialog").locator("textarea").fill("照片里的不是本店的货架")
    store.page.get_by_role("dialog").get_by_role("button", name="发送").click()
    store.page.get_by_text("已签字，有异议").wait_for()
    assert store.page.get_by_role("button", name="有异议").count() == 0

    page.goto(f"/inspections/{entry['id']}")
    page.get_by_text("照片里的不是本店的货架").wait_for()
    report = call(supervisor, "GET", f"/inspections/{entry['id']}")
    assert (report["sign_off"]["name"], report["missing_photos"]) == ("陈店长", [])
    assert [(s["action"], s["outcome"]) for s in report["history"]] == [("sign_off", "objection")]
    signature = supervisor.context.request.get(f"/api/v1/photos/{report['sign_off']['photo']['sha256']}")
    assert signature.ok


def test_an_answer_changed_after_the_signature_asks_for_a_new_one(phone: Any) -> None:
    manager = phone()
    manager.sign_in("manager")
    visit = plan(manager, "special", "supervisor")
    supervisor = phone()
    supervisor.sign_in("supervisor")
    until_here(supervisor, visit["id"])
    page = supervisor.page
    page.goto(f"/visits/{visit['id']}")
    page.get_by_role("button", name="签到并开始").click()
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    fill(supervisor, None)
    page.get_by_role("link", name="请店长签字").click()
    page.get_by_text("没人在", exact=True).click()
    page.locator("form textarea").fill("店长去总部开会")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("无人在场").wait_for()
    page.go_back()
    page.goto(f"/visits/{visit['id']}/check")
    item = next(i for i in items_of(supervisor, visit["checklist_id"]) if i["kind"] == "pass_fail")
    if not page.locator(f"[id='item-{item['key']}']").count():
        page.goto(f"/visits/{visit['id']}/check?item={item['key']}")
    answer(page, item, camera(77), "zh", fail=True)
    page.goto(f"/visits/{visit['id']}/finish")
    page.get_by_text("签字后又改了答案").wait_for()
    draft = next(d for d in supervisor.rows("drafts") if d["visit_id"] == visit["id"])
    assert draft["sign_off"]["outcome"] == "absent"


def test_the_code_on_the_wall_opens_the_self_check(phone: Any) -> None:
    manager = phone()
    manager.sign_in("manager")
    visit = plan(manager, "self", "store")
    manager.page.goto(f"/stores/{visit['store_id']}/qr")
    manager.page.locator("svg.qr path").wait_for()
    url = call(manager, "GET", f"/stores/{visit['store_id']}/qr")["url"]

    store = phone()
    store.sign_in("store")
    until_here(store, visit["id"])
    page = store.page
    page.goto(url)
    page.wait_for_url("**/self?store=*")
    store.until_offline_ready()
    store.offline(True)
    name = visit["checklist_name"]["zh"]
    page.locator("button.self-check", has_text=name).first.click()
    page.wait_for_url("**/self/*")
    items = items_of(store, visit["checklist_id"])
    for number, item in enumerate(items):
        page.get_by_text(item["text"]["zh"], exact=True).wait_for()
        if item["kind"] == "pass_fail":
            page.locator("button.choice.pass").click()
        elif item["kind"] in ("graded", "single"):
            page.locator("button.choice").first.click()
        elif item["kind"] != "photo":
            answer_big(page, item)
        shown = item["kind"] == "photo" or item["photo"]["rule"] == "always"
        if shown:
            page.locator(f"input[data-photo='{item['key']}-photos']").set_input_files(
                {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": camera(number)}
            )
            page.locator(".r-photo-thumb").first.wait_for()
        if item["kind"] not in ("pass_fail", "graded", "single") or shown:
            page.get_by_role("button", name="下一项").click()
    page.get_by_role("button", name="提交自检").click()
    page.wait_for_url("**/self")
    entry = next(e for e in store.rows("outbox") if e["kind"] == "inspection")
    assert json.loads(entry["body"])["check_in"]["store_token"] == url.rsplit("/", 1)[1]
    store.offline(False)
    until_sent(store)
    report = call(store, "GET", f"/inspections/{entry['id']}")
    assert (report["kind"], report["store_token"]) == ("self", True)
    assert not {"no_position", "not_assignee"} & set(report["flags"])


def answer_big(page: Any, item: dict[str, Any]) -> None:
    """An item that one tap does not answer."""
    if item["kind"] == "numeric":
        low, high = item["min"], item["max"]
        page.locator("input[type=text]").fill(
            str(low if low is not None else high if high is not None else 5)
        )
        if low is None and high is None:
            page.locator("label.segment").first.click()
    elif item["kind"] == "count":
        page.locator("button.number").click()
    elif item["kind"] == "date":
        page.locator("input[type=date]").fill("2030-01-01")
    elif item["kind"] == "text":
        page.locator("textarea").first.fill("OK")
    else:
        raise AssertionError(f"the shortest checklist has an item of kind {item['kind']}")


def test_a_supervisor_who_scans_the_code_is_led_to_the_visit(phone: Any) -> None:
    manager = phone()
    manager.sign_in("manager")
    visit = plan(manager, "special", "supervisor")
    url = call(manager, "GET", f"/stores/{visit['store_id']}/qr")["url"]
    supervisor = phone("en-GB")
    supervisor.sign_in("supervisor")
    until_here(supervisor, visit["id"])
    supervisor.page.goto(url)
    supervisor.page.wait_for_url("**/visits/*")
    supervisor.page.get_by_text("Your scan in the store is noted").wait_for()
    supervisor.page.goto(url[:-36] + "A" * 36)
    supervisor.page.get_by_text("This store is not among yours").wait_for()
    supervisor.page.goto(url[:-36] + "nothing")
    supervisor.page.get_by_text("This is no store code").wait_for()
