"""A manager makes a plan; its visits come to the supervisor's phone and leave it with a pause. What was missed is excused."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Instance, Phone
from tests.e2e.test_checklist_management import by_code, call


@pytest.fixture(scope="module")
def overlooked(browser: Browser, instance: Instance) -> dict[str, Any]:
    """A visit that was due two days ago. Made before all else, because the jobs look once a minute."""
    device = Phone(browser, instance, "en-GB")
    device.sign_in("manager")
    store = next(s for s in call(device, "GET", "/stores?limit=50")["items"] if s["code"] == "SH003")
    due = datetime.now(UTC) - timedelta(days=2)
    given = {
        "store_id": store["id"],
        "checklist_id": by_code(device, "CVS-01")["id"],
        "assignee_id": store["supervisor_id"],
        "opens_at": (due - timedelta(hours=8)).isoformat(),
        "due_at": due.isoformat(),
    }
    made: dict[str, Any] = call(device, "POST", "/visits", given)
    device.context.close()
    return made


def until(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def visits_on(device: Phone, name: str) -> list[dict[str, Any]]:
    """The visits of a plan that this phone would show as work, after a sync."""
    device.page.evaluate("window.dispatchEvent(new Event('online'))")
    rows = device.rows("visits")
    return [v for v in rows if (v["plan_name"] or {}).get("zh") == name and v["state"] == "scheduled"]


@pytest.mark.usefixtures("overlooked")
def test_a_plan_comes_to_the_phone_and_a_pause_takes_it_back(phone: Any) -> None:
    supervisor = phone("zh-CN")
    supervisor.sign_in("supervisor")
    manager = phone("zh-CN")
    manager.sign_in("manager")
    page = manager.page
    name = f"晨检 {time.time_ns()}"
    page.goto("/overview")
    page.get_by_role("link", name="巡店计划").click()
    page.get_by_role("link", name="新建").or_(page.get_by_role("link", name="建第一个计划")).first.click()
    page.locator("select[name=checklist]").select_option(by_code(manager, "CVS-01")["id"])
    page.get_by_role("button", name="选择区域").click()
    page.get_by_role("dialog").get_by_label("上海").check()
    page.get_by_role("dialog").get_by_role("button", name="完成").click()
    page.get_by_text("上海 4 家店").wait_for()
    page.locator("select[name=preset]").select_option("daily")
    page.get_by_text("每天 09:00 起 13 小时").wait_for()
    page.locator("input[name=name_zh]").fill(name)
    page.get_by_role("button", name="下一步：预览").click()
    page.get_by_text("接下来 12 次（门店当地时间）").wait_for()
    page.get_by_role("table", name="每人每周次数").get_by_text("上海督导").wait_for()
    page.get_by_role("button", name="建立计划").click()
    page.get_by_text("计划已生效：已生成").wait_for()
    page.get_by_text("每天 09:00 起 13 小时").wait_for()

    until(lambda: len(visits_on(supervisor, name)) >= 4 * 30, "the visits did not come to the phone")

    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("dialog").get_by_role("button", name="暂停计划").click()
    page.get_by_role("dialog").get_by_text("今天起").click()
    page.locator("input[name=reason]").fill("门店装修")
    page.get_by_role("dialog").get_by_role("button", name="暂停计划").click()
    page.get_by_text("次待巡的任务已收回").wait_for()
    until(lambda: visits_on(supervisor, name) == [], "the pause did not take the visits back")


def test_a_missed_visit_is_excused_on_the_desk(phone: Any, overlooked: dict[str, Any]) -> None:
    device = phone("en-GB", viewport={"width": 1280, "height": 800}, has_touch=False)
    device.sign_in("manager")
    page = device.page
    unsettled = "/visits?unsettled=true&limit=200"

    def on_the_desk() -> bool:
        return any(v["id"] == overlooked["id"] for v in call(device, "GET", unsettled)["items"])

    until(on_the_desk, "nobody marked the visit as missed", seconds=70)
    page.goto("/overview")
    page.locator("a[href='/desk']").click()
    row = page.locator("li", has_text=overlooked["store_name"]["en"]).first
    row.get_by_text("not handed in by").wait_for()
    row.get_by_role("button", name="Excuse").click()
    page.get_by_role("dialog").get_by_role("button", name="Weather").click()
    page.get_by_role("dialog").get_by_role("button", name="Excuse").click()
    page.get_by_text("1 visit excused").wait_for()
    assert not on_the_desk()
    kept = call(device, "GET", f"/visits?store_id={overlooked['store_id']}&state=excused")["items"]
    assert [v["reason"] for v in kept if v["id"] == overlooked["id"]] == ["Weather"]
