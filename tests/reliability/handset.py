"""A phone with the app on it: a real Chromium with a folder of its own, that can be killed and started again."""

import base64
import os
import shutil
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from api.core.ids import new_id
from tests.support.company import PASSWORD, Company, photo_facts
from tests.support.real_parts import MissingProgram

SCREEN = {"width": 360, "height": 780}
Row = dict[str, Any]

_PUT = """async ({ drafts, outbox, photos }) => {
  const opened = await new Promise((done, fail) => {
    const open = indexedDB.open('rounds')
    open.onsuccess = () => done(open.result)
    open.onerror = () => fail(open.error)
  })
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer
  const work = opened.transaction(['drafts', 'outbox', 'photos'], 'readwrite', { durability: 'strict' })
  for (const row of drafts) work.objectStore('drafts').put(row)
  for (const row of outbox) work.objectStore('outbox').put(row)
  for (const { base64, ...row } of photos) work.objectStore('photos').put({ ...row, bytes: bytes(base64) })
  await new Promise((done, fail) => { work.oncomplete = done; work.onerror = () => fail(work.error) })
  opened.close()
}"""
_ROWS = """async table => {
  const opened = await new Promise((done, fail) => {
    const open = indexedDB.open('rounds')
    open.onsuccess = () => done(open.result)
    open.onerror = () => fail(open.error)
  })
  const rows = await new Promise((done, fail) => {
    const all = opened.transaction(table).objectStore(table).getAll()
    all.onsuccess = () => done(all.result)
    all.onerror = () => fail(all.error)
  })
  opened.close()
  const hex = part => Array.from(new Uint8Array(part), one => one.toString(16).padStart(2, '0')).join('')
  return Promise.all(rows.map(async ({ bytes, ...row }) =>
    bytes ? { ...row, found: hex(await crypto.subtle.digest('SHA-256', bytes)) } : row))
}"""


class Handset:
    """One person's phone at `url`. Nothing of it is lost when it is killed, unless the app loses it."""

    def __init__(self, playwright: Playwright, folder: Path, url: str) -> None:
        self.playwright, self.folder, self.url = playwright, folder, url
        self.errors: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.start()

    def start(self, *, offline: bool = False) -> None:
        """Opens the browser on what its folder holds."""
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        if chromium is None:
            raise MissingProgram("Chromium is missing: apt-get install chromium")
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            viewport={"width": SCREEN["width"], "height": SCREEN["height"]},
            locale="en-GB",
            timezone_id="Asia/Shanghai",
            base_url=self.url,
            geolocation={"latitude": 31.2, "longitude": 121.4, "accuracy": 10},
            permissions=["geolocation"],
            offline=offline,
        )
        self.context.set_default_timeout(30_000)
        self.page = self.context.pages[0]
        self.hear(self.page)

    def hear(self, page: Page) -> None:
        """An error that a page reports is kept for the test to look at."""
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def tab(self) -> Page:
        """One more tab of the app."""
        page = self.context.new_page()
        self.hear(page)
        page.goto("/me")
        page.get_by_role("button", name="Sign out", exact=True).wait_for()
        return page

    def strike(self) -> None:
        """kill -9, as when the battery is pulled out. May be called from another thread."""
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def bury(self) -> None:
        """Clears away what a killed browser leaves behind; never its data."""
        self.strike()
        with suppress(Error):
            self.context.close()
        deadline = time.monotonic() + 10
        while self._processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        for lock in self.folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        """Those of this phone's browser alone: they name its folder."""
        mark = f"--user-data-dir={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    if mark in (entry / "cmdline").read_bytes():
                        found.append(int(entry.name))
        return found

    def close(self) -> None:
        """Puts the phone away."""
        with suppress(Error):
            self.context.close()

    def sign_in(self, username: str) -> None:
        """Signs in and waits until the first data is here and the app opens without a network."""
        self.page.goto("/")
        self.sign_in_here(username)
        self.until(lambda: bool(self.rows("versions")) and bool(self.meta("first_pull")), "the first data")

    def sign_in_here(self, username: str) -> None:
        """Fills the sign-in that is on the screen."""
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def rows(self, table: str) -> list[Row]:
        """A table of the phone's own database; of bytes it gives the hash that they have (`found`)."""
        rows: list[Row] = self.page.evaluate(_ROWS, table)
        return rows

    def meta(self, key: str) -> Any:
        """A single fact that the phone knows."""
        return next((row["value"] for row in self.rows("meta") if row["key"] == key), None)

    def keep(
        self,
        *,
        drafts: Sequence[Row] = (),
        outbox: Sequence[Row] = (),
        pictures: Mapping[str, bytes] | None = None,
    ) -> None:
        """Puts work onto the phone, as the app would have done it."""
        owner = str(self.meta("owner"))
        photos = [photo_row(owner, digest, body) for digest, body in (pictures or {}).items()]
        self.page.evaluate(_PUT, {"drafts": list(drafts), "outbox": list(outbox), "photos": photos})

    def until(self, true: Any, what: str, seconds: float = 60) -> float:
        """Waits for it, and tells how long it took."""
        began = time.monotonic()
        while not true():
            assert time.monotonic() - began < seconds, f"waited in vain for {what}"
            self.page.wait_for_timeout(200)
        return time.monotonic() - began

    def nudge(self, page: Page | None = None) -> None:
        """The network says that it is back."""
        (page or self.page).evaluate("window.dispatchEvent(new Event('online'))")


def photo_row(owner: str, digest: str, body: bytes) -> Row:
    """A photo as the app keeps it."""
    return {
        "sha256": digest,
        "base64": base64.b64encode(body).decode(),
        "type": "image/jpeg",
        "width": 64,
        "height": 48,
        "user_id": owner,
        "created_at": "2026-11-25T01:00:00.000Z",
        "sent_at": None,
    }


def draft_row(company: Company, owner: str, visit: Row, pictures: Sequence[bytes] = ()) -> Row:
    """A begun report of a visit; with photos it is wholly answered."""
    at = "2026-11-25T01:00:00.000Z"
    row: Row = {
        "id": str(new_id()),
        "user_id": owner,
        "visit_id": visit["id"],
        "store_id": visit["store_id"],
        "store_name": visit["store_name"],
        "checklist_id": visit["checklist_id"],
        "checklist_name": visit["checklist_name"],
        "checklist_version": 1,
        "started_at": at,
        "updated_at": at,
        "on_date": "2026-11-25",
        "check_in": None,
        "note": "",
        "answers": {},
        "context": None,
        "rounds": {},
    }
    if pictures:
        answers = company.document()["answers"]
        answers[1]["photos"] = [photo_facts(one) for one in pictures]
        blank: Row = {
            "value": None,
            "note": "",
            "reason": "",
            "photos": [],
            "fix_photos": [],
            "fixed_on_spot": False,
        }
        row["answers"] = {answer["item_key"]: blank | answer for answer in answers}
    return row
