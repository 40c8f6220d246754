"""Reloads at every step of a visit, and new and old builds of the app over unsent work."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from api.core.config import ROOT
from tests.e2e.checklist import choose, take_photo
from tests.reliability.conftest import House
from tests.reliability.fault_proxy import FaultProxy, fault_proxy
from tests.reliability.finished_work import check_arrived, fill
from tests.reliability.handset import Handset, draft_row
from tests.reliability.serving import serving
from tests.support.company import picture

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
BUILT = ROOT / "pwa" / "dist"
VERSION = re.search(r'"version": "([\d.]+)"', (ROOT / "pwa" / "package.json").read_text())
assert VERSION is not None
OWN, OTHER = VERSION.group(1), "9.9.9"


def other_build(folder: Path) -> None:
    """The same app as another version: every file of code has another name, and the old names are gone."""
    shutil.copytree(BUILT, folder, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    names = {path.name for path in (folder / "assets").iterdir()}
    renamed = {name: re.sub(r"\.(\w+)$", r"-next.\1", name) for name in names}
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for path in [*(folder / "assets").iterdir(), folder / "index.html", folder / "sw.js"]:
        if path.suffix in (".js", ".css", ".html"):
            text = pattern.sub(lambda found: renamed[found.group()], path.read_text(encoding="utf-8"))
            text = text.replace(f'"{OWN}"', f'"{OTHER}"').replace(f"`{OWN}`", f"`{OTHER}`")
            path.write_text(text, encoding="utf-8")
    sw = folder / "sw.js"
    sw.write_text(re.sub(r'(revision:"|"revision":")(\w)', r"\1next\2", sw.read_text()), encoding="utf-8")
    for name in names:
        (folder / "assets" / name).rename(folder / "assets" / renamed[name])


class Shelf:
    """The folder that the server serves, and what lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.other = folder / "app", folder / "other"
        other_build(self.other)
        shutil.copytree(BUILT, self.folder)

    def put(self, build: Path) -> None:
        """Deploys a build over the one that is there."""
        shutil.rmtree(self.folder)
        shutil.copytree(build, self.folder)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def network(house: House, shelf: Shelf) -> Iterator[FaultProxy]:
    env = house.env | {"ROUNDS_PWA_FOLDER": str(shelf.folder)}
    with serving(env) as port, fault_proxy(port, 0, good_only=True) as proxy:
        yield proxy


@pytest.fixture
def handset(house: House, network: FaultProxy, playwright: Playwright, tmp_path: Path) -> Iterator[Handset]:
    made = Handset(playwright, tmp_path / "phone", f"http://localhost:{network.port}")
    try:
        made.sign_in(house.company.people["supervisor"].username)
        yield made
    finally:
        made.close()


def update(page: Page) -> None:
    """A new version is looked for, offered, and taken."""
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update()).then(() => null)")
    with page.expect_event("load"):
        page.get_by_role("button", name="Update now").click()


def shown_version(page: Page) -> str:
    page.goto("/me")
    text = page.get_by_text(re.compile(r"Version [\d.]+")).inner_text()
    return text.rsplit(" ", 1)[1]


def test_updates_and_back_again_keep_what_is_unsent(
    house: House, handset: Handset, shelf: Shelf, network: FaultProxy
) -> None:
    page = handset.page
    network.cut = "/api/"
    hashes, pictures = fill(house, handset, 3)
    draft = draft_row(house.company, str(handset.meta("owner")), house.company.visit())
    handset.keep(drafts=[draft])

    def check() -> None:
        assert {row["id"]: row["sha256"] for row in handset.rows("outbox")} == hashes
        assert [row["id"] for row in handset.rows("drafts")] == [draft["id"]]
        assert {row["found"] for row in handset.rows("photos")} == set(pictures)

    assert shown_version(page) == OWN
    second = handset.tab()
    shelf.put(shelf.other)
    page.reload()
    assert shown_version(page) == OWN, "a new version waits until somebody says yes"
    check()
    update(page)
    assert shown_version(page) == OTHER
    check()
    second.bring_to_front()
    second.goto("/outbox")
    second.get_by_role("heading", name="Waiting to be sent").wait_for()
    check()
    handset.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Sign out", exact=True).wait_for()
    handset.context.set_offline(False)

    page.evaluate(_NEWER_TABLES)
    shelf.put(BUILT)
    page.goto("/me")
    update(page)
    assert shown_version(page) == OWN
    check()
    second.close()

    network.cut = ""
    handset.nudge()
    handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
    check_arrived(house, hashes, pictures)


# What a later version may do to the tables; the earlier one must live with it when somebody goes back.
_NEWER_TABLES = """() => new Promise((done, fail) => {
  const look = indexedDB.open('rounds')
  look.onsuccess = () => {
    const version = look.result.version + 10
    look.result.close()
    const open = indexedDB.open('rounds', version)
    open.onupgradeneeded = () => open.result.createObjectStore('of_tomorrow', { keyPath: 'id' })
    open.onsuccess = () => { open.result.close(); done(version) }
    open.onerror = () => fail(open.error)
  }
})"""


def test_a_page_of_the_old_build_survives_that_its_files_are_gone(
    house: House, handset: Handset, shelf: Shelf
) -> None:
    """Without its service worker, as on a forced reload: the page asks for files that no longer exist."""
    page = handset.page
    hashes, _ = fill(house, handset, 1)
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.unregister()).then(() => null)")
    page.evaluate(
        "caches.keys().then(all => Promise.all(all.map(one => caches.delete(one)))).then(() => null)"
    )
    page.reload()
    shelf.put(shelf.other)
    page.goto("/outbox")
    page.get_by_role("button", name="Sync now").wait_for()
    known = {row["id"] for table in ("outbox", "sent") for row in handset.rows(table)}
    assert set(hashes) <= known


def test_a_reload_after_each_of_twenty_steps_loses_nothing(house: House, handset: Handset) -> None:
    page, company = handset.page, house.company
    visit = company.visit()
    draft = draft_row(company, str(handset.meta("owner")), visit)
    handset.keep(drafts=[draft])
    handset.nudge()
    handset.until(lambda: handset.rows("visits"), "the visit")
    page.goto(f"/visits/{visit['id']}/check")
    floor, cold, date = (page.locator(f"#item-{key}") for key in ("floor", "cold", "date"))
    shot = "cold-photos"

    def photo() -> None:
        take_photo(cold, shot, picture(size=(320, 240)))

    def note(card: Any, text: str) -> Callable[[], None]:
        return lambda: card.locator("textarea").first.fill(text)

    steps: list[tuple[Callable[[], None], Callable[[dict[str, Any]], bool]]] = [
        (lambda: choose(floor, "Pass"), lambda a: a["floor"]["result"] == "pass"),
        (lambda: choose(floor, "Fail"), lambda a: a["floor"]["result"] == "fail"),
        (note(floor, "dust"), lambda a: a["floor"]["note"] == "dust"),
        (note(floor, "dust in the corner"), lambda a: a["floor"]["note"] == "dust in the corner"),
        (lambda: choose(floor, "Pass"), lambda a: a["floor"]["result"] == "pass"),
        (lambda: cold.locator("input[type=text]").first.fill("1"), lambda a: a["cold"]["value"] == 1),
        (lambda: cold.locator("input[type=text]").first.fill("12"), lambda a: a["cold"]["value"] == 12),
        (photo, lambda a: len(a["cold"]["photos"]) == 1),
        (photo, lambda a: len(a["cold"]["photos"]) == 2),
        (note(cold, "door open"), lambda a: a["cold"]["note"] == "door open"),
        (photo, lambda a: len(a["cold"]["photos"]) == 3),
        (
            lambda: cold.get_by_role("button", name=re.compile("Remove")).first.click(),
            lambda a: len(a["cold"]["photos"]) == 2,
        ),
        (note(cold, "door was open"), lambda a: a["cold"]["note"] == "door was open"),
        (lambda: choose(date, "Fail"), lambda a: a["date"]["result"] == "fail"),
        (note(date, "expired"), lambda a: a["date"]["note"] == "expired"),
        (lambda: choose(date, "Pass"), lambda a: a["date"]["result"] == "pass"),
        (lambda: choose(floor, "Fail"), lambda a: a["floor"]["result"] == "fail"),
        (lambda: choose(floor, "Pass"), lambda a: a["floor"]["result"] == "pass"),
    ]
    for number, (step, holds) in enumerate(steps, 1):
        floor.wait_for()
        step()
        page.wait_for_timeout(1_000)  # what one typed may need a second
        page.reload()
        floor.wait_for()
        (kept,) = handset.rows("drafts")
        assert holds(kept["answers"]), f"step {number}: {kept['answers']}"
        assert page.url.endswith(f"/visits/{visit['id']}/check")
    page.goto(f"/visits/{visit['id']}/finish")
    page.reload()
    page.get_by_role("button", name="Submit the report").click()
    page.wait_for_url(lambda url: "/finish" not in url)
    page.reload()
    ids = [row["id"] for table in ("outbox", "sent") for row in handset.rows(table)]
    assert ids == [draft["id"]]
    assert handset.rows("drafts") == []
    handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
    page.get_by_text("you may leave").first.wait_for()
