"""Faster than paper: how many touches a long checklist takes when all is right."""

from typing import Any

from tests.e2e.checklist import WORDS, choose
from tests.e2e.conftest import Phone
from tests.e2e.long_checklist import ITEMS, SECTIONS, plan_long_visit

MOST = 50
COUNT = """
window.taps = 0
addEventListener('pointerdown', () => { window.taps += 1 }, true)
"""


def taps(phone: Phone) -> int:
    """What the page itself has counted; the app never reloads on the way."""
    counted: int = phone.page.evaluate("window.taps")
    return counted


def test_45_items_that_all_pass_take_at_most_50_taps(phone: Any) -> None:
    device = phone()
    visit = plan_long_visit(device)
    device.context.add_init_script(COUNT)
    device.sign_in("supervisor")
    page = device.page
    page.goto(f"/visits/{visit}")
    begin = page.get_by_role("button", name="签到并开始")
    begin.wait_for()
    assert taps(device) == 0
    begin.click()
    page.wait_for_url("**/check")
    for number in range(1, SECTIONS * ITEMS + 1):
        card = page.locator(f"#item-i{number}")
        card.wait_for()
        choose(card, WORDS["zh"]["pass"])
        card.and_(page.locator(".pass")).wait_for()
    page.get_by_role("link", name=WORDS["zh"]["finish"]).click()
    page.get_by_role("button", name="提交报告").click()
    page.wait_for_url(f"**/visits/{visit}")
    taken = taps(device)
    assert SECTIONS * ITEMS < taken <= MOST
    assert device.rows("drafts") == []


def test_nothing_answers_more_than_one_item(phone: Any) -> None:
    device = phone()
    visit = plan_long_visit(device)
    device.sign_in("supervisor")
    page = device.page
    page.goto(f"/visits/{visit}")
    page.get_by_role("button", name="签到并开始").click()
    page.wait_for_url("**/check")
    choose(page.locator("#item-i1"), WORDS["zh"]["pass"])
    page.locator("#item-i1.pass").wait_for()
    assert [a["item_key"] for a in device.rows("drafts")[0]["answers"].values()] == ["i1"]
    for _ in range(3):
        page.get_by_role("button", name=WORDS["zh"]["next"]).click()
    assert [a["item_key"] for a in device.rows("drafts")[0]["answers"].values()] == ["i1"]
    page.locator("#item-i2:focus").wait_for()
