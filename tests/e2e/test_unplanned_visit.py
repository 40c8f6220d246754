"""A visit that nobody had planned: begun at the store's door without a network, handed in, and safe."""

import json
from typing import Any

from tests.e2e.conftest import Phone
from tests.e2e.test_first_visit import items_of, until_sent
from tests.e2e.test_leaving import call, fill

STORE = "SH003"


def until_mirrored(phone: Phone) -> dict[str, Any]:
    """Waits until the phone has its stores and checklists; gives the store of this test."""
    for _ in range(40):
        stores = [row for row in phone.rows("stores") if row["code"] == STORE]
        if stores and phone.rows("versions"):
            return stores[0]
        phone.page.wait_for_timeout(500)
    raise AssertionError("the stores did not come")


def test_begun_at_the_door_without_a_network(phone: Any) -> None:
    supervisor = phone()
    supervisor.sign_in("supervisor")
    store = until_mirrored(supervisor)
    supervisor.context.set_geolocation(
        {"latitude": store["latitude"], "longitude": store["longitude"], "accuracy": 15}
    )
    supervisor.until_offline_ready()
    page = supervisor.page
    page.goto(f"/stores/{store['id']}")
    supervisor.offline(True)
    page.get_by_role("link", name="开始巡店").click()
    page.wait_for_url("**/begin")
    page.locator("label.segment", has_text="飞行").click()
    sizes = {row["id"]: len(items_of(supervisor, row["id"])) for row in supervisor.rows("checklists")}
    shortest = min(sizes, key=lambda key: sizes[key])
    page.locator(f"input[value='{shortest}']").check()
    page.get_by_role("button", name="签到并开始").click()
    give_reason(page)
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    begun = next(d for d in supervisor.rows("drafts") if d["store_id"] == store["id"])
    assert (begun["visit_id"], begun["kind"], begun["checklist_id"]) == (None, "unannounced", shortest)

    page.goto("/today")  # it is found again among what is to be done, also after a reload
    page.locator(f"a[href='/visits/{begun['id']}']").first.click()
    page.get_by_text("计划外巡店").wait_for()
    page.get_by_role("button", name="继续巡店").click()
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    fill(supervisor, None, pictures=200)
    page.get_by_role("button", name="提交报告").click()
    page.wait_for_url(lambda url: "/finish" not in url)
    entry = next(e for e in supervisor.rows("outbox") if e["id"] == begun["id"])
    assert json.loads(entry["body"])["kind"] == "unannounced"
    supervisor.offline(False)
    until_sent(supervisor)
    page.get_by_text("可以离店").wait_for()
    report = call(supervisor, "GET", f"/inspections/{begun['id']}")
    assert (report["kind"], report["visit_id"], report["missing_photos"]) == ("unannounced", None, [])


def give_reason(page: Any) -> None:
    """The demo's stores lie close together; when it asks for a reason, one is given."""
    dialog = page.get_by_role("dialog")
    page.wait_for_function(
        "() => location.pathname.endsWith('/check') || document.querySelector('[role=dialog] textarea')"
    )
    if dialog.count():
        dialog.locator("textarea").fill("地下商场没有信号")
        dialog.get_by_role("button", name="继续").click()
