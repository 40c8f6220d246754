"""Head office manages checklists: copies one, changes it, sees what changed, rehearses it, takes it out and in again."""

import json
import time
import uuid
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Phone

LAPTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False}


def call(device: Phone, method: str, path: str, body: Any = None) -> Any:
    """A call of the API by who is signed in on this device."""
    csrf = next((c["value"] for c in device.context.cookies() if c["name"].endswith("rounds_csrf")), "")
    answer = device.context.request.fetch(
        f"/api/v1{path}",
        method=method,
        headers={"X-CSRF-TOKEN": csrf, "Content-Type": "application/json"},
        data=None if body is None else json.dumps(body),
    )
    assert answer.ok, answer.text()
    return answer.json()


def by_code(device: Phone, code: str) -> dict[str, Any]:
    lists = call(device, "GET", "/checklists?limit=200")["items"]
    return next(one for one in lists if one["code"] == code)


def draft_of(device: Phone, checklist: dict[str, Any]) -> dict[str, Any]:
    """The published content as a draft: one item dearer, one gone, one asked under a condition."""
    number = checklist["published_version"]
    content: dict[str, Any] = call(device, "GET", f"/checklists/{checklist['id']}/versions/{number}")[
        "content"
    ]
    first = content["sections"][0]
    first["items"][0]["points"] += 5
    gone = content["sections"][1]["items"].pop()
    last = content["sections"][-1]["items"][-1]
    last["show_if"] = {"item": first["items"][0]["key"], "result": ["fail", "partial"]}
    body = {"content": content, "revision": checklist["draft_revision"]}
    call(device, "PUT", f"/checklists/{checklist['id']}/draft", body)
    return {"dearer": first["items"][0], "gone": gone, "asked": last}


def test_a_draft_is_compared_and_rehearsed(phone: Any) -> None:
    device = phone("en-GB", **LAPTOP)
    device.sign_in("admin")
    page = device.page
    checklist = by_code(device, "CVS-01")
    changed = draft_of(device, checklist)
    try:
        page.goto("/checklists?show=drafts")
        page.locator("main a", has_text="CVS-01").click()
        page.get_by_role("tab", name="Versions").click()
        row = page.locator("li", has_text=changed["dearer"]["text"]["en"])
        new = changed["dearer"]["points"]
        said = row.locator(".change", has_text="Points").inner_text().split()
        assert said == ["Points", "Before", str(new - 5), "After", str(new)]
        page.locator("li", has_text=changed["gone"]["text"]["en"]).get_by_text("Removed").wait_for()
        asked = page.locator("li", has_text=changed["asked"]["text"]["en"])
        asked.get_by_text(f"“{changed['dearer']['text']['en']}” is Fail or Partial").wait_for()

        page.get_by_role("tab", name="Rehearsal").click()
        page.get_by_role("button", name="Rehearse", exact=True).click()
        page.get_by_role("progressbar").or_(page.get_by_text("reports scored again")).first.wait_for()
        page.get_by_text("reports scored again").wait_for()
        gone = page.locator("li", has_text=changed["gone"]["text"]["en"])
        gone.get_by_text("Gone from the draft").wait_for()
        page.reload()
        page.get_by_text("reports scored again").wait_for()
        page.get_by_role("table", name="Stores that change most").get_by_role("link").first.click()
        page.wait_for_url("**/stores/*")
    finally:
        revision = by_code(device, "CVS-01")["draft_revision"]
        call(device, "DELETE", f"/checklists/{checklist['id']}/draft?revision={revision}")


def test_a_copy_goes_out_as_a_workbook_and_comes_back_unchanged(phone: Any, tmp_path: Path) -> None:
    device = phone("zh-CN")
    device.sign_in("admin")
    page = device.page
    code = f"E2E-{uuid.uuid4().hex[:8].upper()}"
    page.goto(f"/checklists/{by_code(device, 'FIRE-01')['id']}")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("button", name="复制一份").click()
    page.locator("input[name=code]").fill("FIRE-01")
    page.get_by_role("dialog").get_by_role("button", name="复制一份").click()
    page.get_by_text("这个编号已经有了").wait_for()
    page.locator("input[name=code]").fill(code)
    page.get_by_role("dialog").get_by_role("button", name="复制一份").click()
    page.get_by_text(f"已复制为 {code}").wait_for()
    copied = by_code(device, code)
    page.wait_for_url(f"**/checklists/{copied['id']}")

    page.get_by_role("button", name="更多操作").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == f"{code}-draft.xlsx"

    page.goto("/checklists/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("与现有内容完全一致").wait_for()
    assert page.get_by_role("button", name="导入为草稿").count() == 0

    content = call(device, "GET", f"/checklists/{copied['id']}")["draft"]
    content["sections"][0]["items"][0]["points"] += 1
    call(device, "PUT", f"/checklists/{copied['id']}/draft", {"content": content, "revision": 1})
    page.reload()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("有改动").wait_for()
    page.get_by_role("button", name="导入为草稿").click()
    page.wait_for_url(f"**/checklists/{copied['id']}?version=draft")
    back = call(device, "GET", f"/checklists/{copied['id']}")["draft"]
    assert back["sections"][0]["items"][0]["points"] == content["sections"][0]["items"][0]["points"] - 1


def test_a_checklist_is_retired_and_the_undo_brings_it_back(phone: Any) -> None:
    device = phone("en-GB")
    device.sign_in("admin")
    page = device.page
    page.goto(f"/checklists/{by_code(device, 'BKY-01')['id']}")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Retire").click()
    page.get_by_text("This checklist is retired").wait_for()
    assert by_code(device, "BKY-01")["retired_at"] is not None
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("This checklist is retired").wait_for(state="detached")
    deadline = time.monotonic() + 10
    while by_code(device, "BKY-01")["retired_at"] is not None:
        assert time.monotonic() < deadline, "the undo did not arrive"
        time.sleep(0.1)


def test_the_library_shows_what_is_here_and_what_is_inside(phone: Any) -> None:
    device = phone("zh-CN")
    device.sign_in("admin")
    page = device.page

    def not_here(route: Any) -> None:
        answer = route.fetch()
        entries = answer.json()
        entries["items"][0]["adopted_id"] = None
        route.fulfill(response=answer, json=entries)

    page.route("**/api/v1/library", not_here, times=1)
    page.goto("/checklists/library")
    page.get_by_text("已采用 ·").first.wait_for()
    page.get_by_role("button", name="看内容").click()
    page.get_by_role("dialog").locator("li").nth(18).wait_for()
    page.get_by_role("dialog").get_by_role("button", name="采用", exact=True).click()
    # It is here after all: the server refuses, and the list says how things stand.
    page.get_by_text("没能采用").wait_for()
    page.locator(".entry button").wait_for(state="detached")


def test_a_supervisor_reads_checklists_and_manages_none(phone: Any) -> None:
    device = phone("en-GB")
    device.sign_in("supervisor")
    page = device.page
    page.goto("/checklists")
    page.locator("main a", has_text="CVS-01").click()
    page.get_by_text("How it is scored").wait_for()
    assert page.get_by_role("tab").count() == 0
    assert page.get_by_role("button", name="More actions").count() == 0
    page.goto("/checklists/library")
    page.wait_for_url("**/today")
