"""A campaign: the manager starts it, the store sees it, the board moves. And a task by hand, without a network."""

import json
import time
from typing import Any

from api.core.ids import new_id
from tests.e2e.conftest import Phone
from tests.e2e.test_checklist_management import call
from tests.support.company import digest_header


def step(device: Phone, task: dict[str, Any], action: str, note: str = "") -> dict[str, Any]:
    """A step as this person's phone sends it."""
    at = "2026-11-25T00:00:00.000Z"
    body = json.dumps({"action": action, "version": task["version"], "note": note, "device_at": at}).encode()
    csrf = next(c["value"] for c in device.context.cookies() if c["name"].endswith("rounds_csrf"))
    answer = device.context.request.put(
        f"/api/v1/tasks/{task['id']}/transitions/{new_id()}",
        headers={"X-CSRF-TOKEN": csrf, "Content-Type": "application/json"} | digest_header(body),
        data=body,
    )
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def test_a_campaign_comes_to_the_store_and_its_board_moves(phone: Any) -> None:
    title = f"换灯箱片 {time.time_ns()}"
    manager, store, supervisor = phone("zh-CN"), phone("zh-CN"), phone("zh-CN")
    manager.sign_in("manager")
    store.sign_in("store")
    supervisor.sign_in("supervisor")
    page = manager.page
    page.goto("/overview")
    page.get_by_role("link", name="专项整改").click()
    page.locator("a[href='/campaigns/new']").first.click()
    page.locator("input[name=title-zh]").fill(title)
    page.locator("input[name=needs_photo]").uncheck()
    page.get_by_role("button", name="添加门店").first.click()
    page.get_by_role("dialog").get_by_label("人民路店").check()
    page.get_by_role("dialog").locator("footer button, button.primary").last.click()
    page.get_by_role("status").get_by_text("上海 1 家店").wait_for()
    page.locator("button[type=submit]").click()
    page.get_by_role("dialog").get_by_role("button", name="下发整改").click()
    page.get_by_text("完成 0/1").first.wait_for()

    store.page.goto("/tasks?tab=todo")
    store.page.get_by_text(title).first.wait_for()
    task = next(t for t in call(store, "GET", "/tasks?limit=200")["items"] if t["title"]["zh"] == title)
    assert task["assignee"]["name"].startswith("人民路店长")
    fixed = step(store, task, "submit", "已更换")
    page.get_by_role("button", name="刷新").click()
    page.get_by_role("button", name="待复核 1").wait_for()
    step(supervisor, fixed, "approve")
    page.get_by_role("button", name="刷新").click()
    page.get_by_text("完成 1/1").first.wait_for()
    page.get_by_text("全部完成").wait_for()


def test_a_task_by_hand_waits_for_the_network(phone: Any) -> None:
    title = f"灯坏了 {time.time_ns()}"
    store = phone("zh-CN")
    store.sign_in("store")
    store.until_offline_ready()
    page = store.page
    page.goto("/tasks?tab=todo")
    page.locator("a[href='/new-task']").click()
    page.locator("input[name=title]").wait_for()
    store.offline(True)
    page.locator("input[name=title]").fill(title)
    page.locator("button[type=submit]").click()
    page.get_by_text(title).first.wait_for()
    (entry,) = [row for row in store.rows("outbox") if row["kind"] == "deed" and not row["delivered"]]
    store.offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    deadline = time.monotonic() + 30
    while not any(row["id"] == entry["id"] for row in store.rows("tasks")):
        assert time.monotonic() < deadline, "the task did not arrive"
        time.sleep(0.3)
    task = call(store, "GET", f"/tasks/{entry['id']}")
    assert (task["title"]["zh"], task["status"]) == (title, "open")
