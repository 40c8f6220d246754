"""Saving mobile data: the report and small previews go at once, the photos when somebody says so."""

from typing import Any

from tests.e2e.test_first_visit import items_of, until_sent
from tests.e2e.test_leaving import call, fill, plan, until_here


def test_previews_go_ahead_and_photos_wait(phone: Any) -> None:
    manager = phone()
    manager.sign_in("manager")
    visit = plan(manager, "special", "supervisor")
    supervisor = phone()
    supervisor.sign_in("supervisor")
    until_here(supervisor, visit["id"])
    page = supervisor.page
    page.goto("/me")
    page.locator("label.segment", has_text="仅 Wi-Fi").click()
    page.get_by_text("15 KB").wait_for()
    page.goto(f"/visits/{visit['id']}")
    page.get_by_role("button", name="签到并开始").click()
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    items = items_of(supervisor, visit["checklist_id"])
    fill(supervisor, next(i["key"] for i in items if i["kind"] == "pass_fail"), pictures=500)
    draft = next(d for d in supervisor.rows("drafts") if d["visit_id"] == visit["id"])
    page.get_by_role("button", name="提交报告").click()
    page.wait_for_url(lambda url: "/finish" not in url)
    page.goto("/outbox")
    page.get_by_text("内容和小图已送达").wait_for()

    report = call(manager, "GET", f"/inspections/{draft['id']}")
    assert report["evidence"]["stored"] == 0 < report["evidence"]["listed"] == len(report["missing_photos"])
    seen = manager.page
    seen.goto(f"/inspections/{draft['id']}")
    shown = seen.locator(".r-photo-thumb img[src*='size=preview']").first
    shown.wait_for()
    assert shown.evaluate("async image => { await image.decode(); return image.naturalWidth }") == 320
    seen.locator(".r-photo-thumb", has_text="预览").first.wait_for()

    page.get_by_role("button", name="现在就发送照片").click()
    until_sent(supervisor)
    assert call(manager, "GET", f"/inspections/{draft['id']}")["missing_photos"] == []
