"""The browser is killed, reloaded and opened twice; what showed as saved is there, and nothing goes twice."""

import hashlib
import os
import random
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from tests.e2e.checklist import choose, take_photo
from tests.reliability.conftest import House
from tests.reliability.fault_proxy import FaultProxy, fault_proxy
from tests.reliability.finished_work import check_arrived, fill, some_pictures
from tests.reliability.handset import Handset, draft_row
from tests.reliability.serving import serving
from tests.support.company import picture

KILLS, TABS_ROUNDS = 15, 20
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@dataclass
class Field:
    """A phone that is signed in, and the network it is on."""

    house: House
    handset: Handset
    proxy: FaultProxy


@pytest.fixture
def field(house: House, playwright: Playwright, tmp_path: Path) -> Iterator[Field]:
    with serving(house.env) as port, fault_proxy(port, 0, good_only=True) as proxy:
        handset = Handset(playwright, tmp_path / "phone", f"http://localhost:{proxy.port}")
        try:
            handset.sign_in(house.company.people["supervisor"].username)
            yield Field(house, handset, proxy)
        finally:
            handset.close()


@dataclass
class Seen:
    """What the screen showed before the end."""

    answered: int = 0
    photos: int = 0
    submitted: bool = False


@contextmanager
def killed_after(handset: Handset, seconds: float) -> Iterator[None]:
    """Kills the browser at that moment, whatever it is doing."""
    timer = threading.Timer(seconds, handset.strike)
    timer.start()
    try:
        with suppress(Error, AssertionError):
            yield
    finally:
        timer.join()


def work_until_killed(handset: Handset, visit_id: str, seen: Seen) -> None:
    """Answers and photographs as fast as the screen allows, noting what it shows."""
    page = handset.page
    page.goto(f"/visits/{visit_id}/check")
    card = page.locator("#item-cold")
    card.wait_for()
    progress = page.locator("header .r-num").first
    for number in range(200):
        choose(page.locator("#item-floor"), "Pass" if number % 2 else "Fail")
        seen.answered = max(seen.answered, int(progress.inner_text().split("/")[0]))
        page.locator("#item-floor textarea").first.fill(f"note {number}")
        card.locator("input[type=text]").first.fill(str(9 + number % 3))
        if number == 0:  # a second tap on the same would take it back
            choose(page.locator("#item-date"), "Pass")
        seen.answered = max(seen.answered, int(progress.inner_text().split("/")[0]))
        if number < 4:
            take_photo(card, "cold-photos", picture(size=(320, 240)))
            seen.photos = max(seen.photos, card.locator(".r-photo-thumb").count())


def submit_until_killed(handset: Handset, visit_id: str, seen: Seen) -> None:
    """Hands a whole report in."""
    page = handset.page
    page.goto(f"/visits/{visit_id}/finish")
    page.get_by_role("button", name="Submit the report").click()
    page.wait_for_url(lambda url: "/finish" not in url)
    seen.submitted = True
    page.wait_for_timeout(60_000)


def check_whole(handset: Handset) -> None:
    """Everything that is listed is there, each byte of it."""
    found = {row["sha256"]: row["found"] for row in handset.rows("photos")}
    assert all(digest == real for digest, real in found.items())
    drafts, outbox = handset.rows("drafts"), handset.rows("outbox")
    listed = [photo["sha256"] for d in drafts for a in d["answers"].values() for photo in a["photos"]]
    assert set(listed) | {one for entry in outbox for one in entry["photos"]} <= set(found)
    for entry in outbox:
        assert hashlib.sha256(entry["body"].encode()).hexdigest() == entry["sha256"]
    assert not {draft["id"] for draft in drafts} & {entry["id"] for entry in outbox}


def test_fifteen_kills_lose_nothing_that_showed_as_saved(
    field: Field, capsys: pytest.CaptureFixture[str]
) -> None:
    handset, company = field.handset, field.house.company
    seed = int(os.environ.get("SEED", secrets.randbelow(1 << 32)))
    dice, owner = random.Random(seed), str(handset.meta("owner"))
    shown = Seen()
    submitted = 0
    began = time.monotonic()
    visits = [company.visit() for _ in range(KILLS)]
    pictures = [some_pictures() for _ in range(KILLS)]
    drafts = [
        draft_row(company, owner, visit, list(own.values()) if number % 3 == 2 else ())
        for number, (visit, own) in enumerate(zip(visits, pictures, strict=True))
    ]
    handset.keep(drafts=drafts, pictures={d: b for own in pictures[2::3] for d, b in own.items()})
    handset.nudge()
    handset.until(lambda: len(handset.rows("visits")) >= KILLS, "the visits")
    handset.context.set_offline(True)
    for number, visit in enumerate(visits):
        seen = Seen()
        work = submit_until_killed if number % 3 == 2 else work_until_killed
        with killed_after(handset, dice.uniform(0.3, 2.5) if number % 3 == 2 else dice.uniform(0.8, 3.0)):
            work(handset, visit["id"], seen)
        handset.bury()
        handset.start(offline=True)
        handset.page.goto("/outbox")
        handset.page.get_by_role("button", name="Sync now").wait_for()
        check_whole(handset)
        left = {row["id"]: row for row in handset.rows("drafts")}
        queued = {row["id"] for row in handset.rows("outbox")}
        draft = drafts[number]["id"]
        assert (draft in left) != (draft in queued)
        if seen.submitted:
            assert draft in queued
        elif draft in left:
            answers = left[draft]["answers"]
            assert sum(1 for one in answers.values() if one["result"] or one["value"]) >= seen.answered
            assert sum(len(one["photos"]) for one in answers.values()) >= seen.photos
        shown.answered, shown.photos = shown.answered + seen.answered, shown.photos + seen.photos
        submitted += seen.submitted
    with capsys.disabled():
        print(
            f"\nseed {seed}: {KILLS} kills, {shown.answered} answers, {shown.photos} photos and {submitted}"
            f" reports had been shown as saved; none lost, {time.monotonic() - began:.0f} s"
        )
    assert shown.answered and shown.photos and submitted


def test_tabs_at_once_send_each_thing_once(field: Field, capsys: pytest.CaptureFixture[str]) -> None:
    handset, house, proxy = field.handset, field.house, field.proxy
    pages = [handset.page, *(handset.tab() for _ in range(3))]
    hashes: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    proxy.sent.clear()
    began = time.monotonic()
    for number in range(TABS_ROUNDS):
        more, shots = fill(house, handset, 1)
        hashes |= more
        pictures |= shots
        for page in pages[: 2 + number % 3]:
            handset.nudge(page)
        handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
    sends = sum(count for path, count in proxy.sent.items() if path.startswith("PUT "))
    items = len(hashes) + len(pictures)
    with capsys.disabled():
        print(
            f"\n{TABS_ROUNDS} times two to four tabs at once: {items} items, {sends} sends, {time.monotonic() - began:.0f} s"
        )
    check_arrived(house, hashes, pictures)
    assert items <= sends <= items * 1.2
    assert handset.errors == []
