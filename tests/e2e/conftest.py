"""The built app on a fresh instance with the demo data, and a real Chromium."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from api.core.config import ROOT
from tests.support.real_parts import MissingProgram, free_ports

PASSWORD = "rounds-demo-2026"
PHONE = {"width": 360, "height": 780}
BIN = Path(sys.executable).parent
# A camera that shows a moving test picture, and that nobody is asked about.
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@dataclass
class Instance:
    """A running product."""

    url: str


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A fresh one; or the one that ROUNDS_E2E_URL names, such as a `make run` on an empty folder."""
    if running := os.environ.get("ROUNDS_E2E_URL"):
        yield Instance(running)
        return
    folder = tmp_path_factory.mktemp("instance")
    (port,) = free_ports(1)
    url = f"http://localhost:{port}"
    env = os.environ | {
        "ROUNDS_DATABASE_URL": f"sqlite:///{folder / 'rounds.sqlite3'}",
        "ROUNDS_STORAGE_URL": str(folder / "photos"),
        "ROUNDS_SECRET_KEY": "e2e" * 12,
        "ROUNDS_PUBLIC_URL": url,
        "ROUNDS_LOG_LEVEL": "WARNING",
        "BIND": f"127.0.0.1:{port}",
    }
    for command in (["migrate"], ["seed", "demo"]):
        subprocess.run(
            [BIN / "flask", "--app", "wsgi", *command], cwd=ROOT, env=env, check=True, capture_output=True
        )
    server = subprocess.Popen([BIN / "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"], cwd=ROOT, env=env)
    jobs = subprocess.Popen([BIN / "flask", "--app", "wsgi", "jobs", "run"], cwd=ROOT, env=env)
    try:
        _wait(f"{url}/readyz", server)
        yield Instance(url)
        assert jobs.poll() is None, "the job process ended by itself"
    finally:
        for process in (server, jobs):
            process.terminate()
        for process in (server, jobs):
            process.wait(40)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 40
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert server.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise MissingProgram("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        # The sandbox of the browser needs rights that a test machine's root does not have.
        launched = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", *CAMERA]
        )
        yield launched
        launched.close()


class Phone:
    """Somebody's phone: a browser context that signed in, and every error its page reported."""

    def __init__(self, browser: Browser, instance: Instance, locale: str, **options: Any) -> None:
        self.instance = instance
        self.errors: list[str] = []
        self.context: BrowserContext = browser.new_context(
            **{
                "viewport": PHONE,
                "has_touch": True,
                "locale": locale,
                "timezone_id": "Asia/Shanghai",
                "geolocation": {"latitude": 31.2270, "longitude": 121.4880, "accuracy": 15},
                "permissions": ["geolocation"],
                "base_url": instance.url,
            }
            | options
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        offline = "ERR_INTERNET_DISCONNECTED" in message.text or "Failed to load resource" in message.text
        if message.type == "error" and not offline:
            self.errors.append(message.text)

    def sign_in(self, username: str) -> None:
        self.page.goto("/")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def until_offline_ready(self) -> None:
        """Waits until the app's files are kept by its service worker."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def offline(self, yes: bool) -> None:
        self.context.set_offline(yes)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table of the phone's own database; bytes are left out."""
        script = """table => new Promise((done, fail) => {
          const open = indexedDB.open('rounds')
          open.onerror = () => fail(open.error)
          open.onsuccess = () => {
            const all = open.result.transaction(table).objectStore(table).getAll()
            all.onsuccess = () => { open.result.close(); done(all.result.map(({bytes, ...row}) => row)) }
            all.onerror = () => fail(all.error)
          }
        })"""
        rows: list[dict[str, Any]] = self.page.evaluate(script, table)
        return rows


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Lets the fixture below know that the test failed, so that it keeps pictures of the screens."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.failed:
        item.stash[FAILED] = True


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def phone(request: pytest.FixtureRequest, browser: Browser, instance: Instance) -> Iterator[Any]:
    """Makes phones, and closes them; an error that a page reported fails the test."""
    phones: list[Phone] = []

    def make(locale: str = "zh-CN", **options: Any) -> Phone:
        phones.append(Phone(browser, instance, locale, **options))
        return phones[-1]

    yield make
    errors = [error for one in phones for error in one.errors]
    if request.node.stash.get(FAILED, False):
        for number, one in enumerate(phones):
            one.page.screenshot(path=ROOT / "test-results" / f"{request.node.name}-{number}.png")
    for one in phones:
        one.context.close()
    assert errors == []
