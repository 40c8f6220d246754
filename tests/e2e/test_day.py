"""A supervisor's day: in its order with reasons, without a network after one sync, and in their own order."""

from typing import Any

from tests.e2e.conftest import Phone

NAMES = "ol a.visit .name"


def names(phone: Phone) -> list[str]:
    """The stores of today's way, in the order on the screen."""
    phone.page.locator(NAMES).first.wait_for()
    return phone.page.locator(NAMES).all_inner_texts()


def shows(phone: Phone, expected: list[str]) -> bool:
    """True as soon as the stores stand in this order; what was moved is drawn a moment later."""
    for _ in range(100):
        if names(phone) == expected:
            return True
        phone.page.wait_for_timeout(100)
    return False


def until_ready(phone: Phone) -> None:
    """Everything for the day is on the phone, the reasons among it, and the app says so."""
    phone.page.get_by_text("断网也能巡").wait_for()
    phone.page.locator("ol button.why").first.wait_for()
    phone.until_offline_ready()


def test_the_day_stands_without_a_network_and_in_ones_own_order(phone: Any) -> None:
    device = phone()
    device.sign_in("supervisor")
    until_ready(device)
    page = device.page
    page.get_by_text("已按").wait_for()  # the position was allowed before, so it is read
    proposed = names(device)
    assert len(proposed) >= 3
    reasons = page.locator("ol button.why").all_inner_texts()

    device.offline(True)
    page.reload()
    assert shows(device, proposed)
    assert page.locator("ol button.why").all_inner_texts() == reasons
    page.locator("ol button.why").first.click()
    sheet = page.get_by_role("dialog")
    total = int(sheet.locator("tfoot td.points").inner_text())  # waits until the sheet is drawn
    assert sum(int(text) for text in sheet.locator("tbody td.points").all_inner_texts()) == total
    page.keyboard.press("Escape")
    sheet.wait_for(state="detached")

    page.get_by_role("button", name=f"移动{proposed[0]}").focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)  # a person looks where it went
    own = [proposed[1], proposed[2], proposed[0], *proposed[3:]]
    assert shows(device, own)
    page.get_by_text("你的顺序").wait_for()
    page.reload()
    assert shows(device, own)
    page.get_by_role("button", name="恢复推荐顺序").click()
    page.get_by_text("已恢复推荐顺序").wait_for()
    assert shows(device, proposed)


def test_the_week_and_the_calendar_show_the_same_visits(phone: Any) -> None:
    device = phone()
    device.sign_in("supervisor")
    until_ready(device)
    page = device.page
    today = sorted(names(device))
    page.get_by_role("tab", name="周").click()
    page.wait_for_url("**view=week")
    rows = page.locator("main .r-row-item .title")
    rows.first.wait_for()
    week = rows.all_inner_texts()
    assert set(today) <= set(week)
    page.get_by_role("tab", name="日历").click()
    page.wait_for_url("**view=calendar")
    chosen = page.locator("[aria-selected=true] button.day")
    assert "待巡" in (chosen.get_attribute("aria-label") or "")
    rows.first.wait_for()
    listed = rows.all_inner_texts()
    assert set(listed) <= set(week)
    chosen.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**day=*")
    assert page.evaluate("document.activeElement.dataset.day") in page.url
    page.reload()
    assert page.locator("[aria-selected=true] button.day").get_attribute("data-day") in page.url


def test_the_server_hears_that_a_visit_was_begun(phone: Any) -> None:
    device = phone()
    device.sign_in("supervisor")
    until_ready(device)
    page = device.page
    page.locator("ol a.visit", has_text="徐家汇店").click()
    page.get_by_role("button", name="签到并开始").click()
    # It is not where the store is; that is said, wants a reason, and hinders nobody.
    page.get_by_role("dialog").get_by_role("textbox").fill("在门店对面的停车场签到")
    page.get_by_role("dialog").get_by_role("button", name="继续").click()
    page.wait_for_url("**/check")
    visit_id = page.url.split("/")[-2]
    for _ in range(40):
        begun = device.context.request.get("/api/v1/visits?state=in_progress").json()["items"]
        if any(visit["id"] == visit_id and visit["started_at"] for visit in begun):
            break
        page.wait_for_timeout(250)
    else:
        raise AssertionError("the server has not heard of it")
