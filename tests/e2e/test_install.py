"""On the home screen, and newer: the app can be installed, and a new version never comes into a visit."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from api.core.config import ROOT
from tests.e2e.conftest import BIN, Instance, Phone
from tests.e2e.long_checklist import plan_long_visit
from tests.reliability.serving import serving

BUILT = Path(os.environ.get("ROUNDS_PWA_FOLDER", ROOT / "pwa" / "dist"))
UPDATE = "navigator.serviceWorker.getRegistration().then(one => one.update()).then(() => null)"
WAITING = "navigator.serviceWorker.getRegistration().then(one => one.waiting !== null)"
INSTALLABLE = """
window.addEventListener('load', () => {
  const question = new Event('beforeinstallprompt', { cancelable: true })
  window.asked = 0
  question.prompt = () => { window.asked += 1; return Promise.resolve({ outcome: 'accepted' }) }
  window.dispatchEvent(question)
  window.quiet = question.defaultPrevented
})
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The folder of the app that is served, to put a new version into."""
    return Path(shutil.copytree(BUILT, tmp_path / "app"))


@pytest.fixture
def device(shelf: Path, tmp_path: Path, browser: Browser) -> Iterator[Phone]:
    env = os.environ | {
        "ROUNDS_PWA_FOLDER": str(shelf),
        "ROUNDS_DATABASE_URL": f"sqlite:///{tmp_path / 'rounds.sqlite3'}",
        "ROUNDS_STORAGE_URL": str(tmp_path / "photos"),
        "ROUNDS_SECRET_KEY": "install" * 6,
        "ROUNDS_LOG_LEVEL": "WARNING",
    }
    for command in (["migrate"], ["seed", "demo"]):
        subprocess.run(
            [BIN / "flask", "--app", "wsgi", *command], cwd=ROOT, env=env, check=True, capture_output=True
        )
    with serving(env) as port:
        phone = Phone(browser, Instance(f"http://localhost:{port}"), "zh-CN")
        yield phone
        phone.context.close()
        assert phone.errors == []


def until_waiting(phone: Phone) -> None:
    phone.page.evaluate(UPDATE)
    for _ in range(100):
        if phone.page.evaluate(WAITING):
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError("no new version came")


def test_a_new_version_waits_until_the_visit_is_over(device: Phone, shelf: Path) -> None:
    page = device.page
    visit = plan_long_visit(device)
    device.sign_in("supervisor")
    device.until_offline_ready()
    page.goto(f"/visits/{visit}")
    page.get_by_role("button", name="签到并开始").click()
    page.locator("#item-i1").wait_for()
    page.evaluate("window.stillTheSame = true")

    worker = shelf / "sw.js"
    worker.write_text(f"{worker.read_text(encoding='utf-8')}\n// a later version\n", encoding="utf-8")
    until_waiting(device)
    offer = page.get_by_text("新版本已准备好")
    for path in ("check", "finish", "sign"):
        # By the app's own way, as a tap would go; a load of the page would be no proof.
        page.evaluate(
            "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }",
            f"/visits/{visit}/{path}",
        )
        page.wait_for_timeout(600)
        assert offer.count() == 0, path
    assert page.evaluate("window.stillTheSame")

    page.goto("/today")
    offer.wait_for()
    assert device.page.evaluate(WAITING), "nobody has said yes"
    with page.expect_event("load"):
        page.get_by_role("button", name="立即更新").click()
    page.locator("a.visit").first.wait_for()
    assert not page.evaluate(WAITING)
    assert [draft["visit_id"] for draft in device.rows("drafts")] == [visit]


def test_the_browsers_question_waits_until_somebody_asks_for_it(phone: Any) -> None:
    device = phone()
    device.context.add_init_script(INSTALLABLE)
    device.sign_in("supervisor")
    page = device.page
    page.goto("/me")
    page.wait_for_function("window.quiet === true")
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="安装").click()
    page.get_by_role("button", name="安装").wait_for(state="detached")
    assert page.evaluate("window.asked") == 1


def test_an_iphone_is_told_how(phone: Any) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Safari/604.1"
    device = phone(user_agent=agent)
    device.sign_in("supervisor")
    device.page.goto("/me")
    device.page.get_by_text("添加到主屏幕").first.wait_for()


def test_the_browser_finds_nothing_missing_for_the_home_screen(phone: Any) -> None:
    device = phone()
    device.page.goto("/sign-in")
    device.until_offline_ready()
    session = device.context.new_cdp_session(device.page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"].endswith("/manifest.webmanifest")
    # A window without a history of its own is no place to install into; nothing else may be wrong.
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {fault["errorId"] for fault in faults} <= {"in-incognito"}
