"""What becomes of unsent work when people, servers, files and the phone itself change under it."""

import shutil
import sqlite3
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Playwright

from tests.reliability.conftest import House
from tests.reliability.fault_proxy import FaultProxy, fault_proxy
from tests.reliability.finished_work import check_arrived, fill, started
from tests.reliability.handset import Handset, draft_row
from tests.reliability.serving import serving
from tests.support.company import Company
from tests.support.real_parts import free_ports

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture
def network(house: House) -> Iterator[FaultProxy]:
    with serving(house.env) as port, fault_proxy(port, 0, good_only=True) as proxy:
        yield proxy


@pytest.fixture
def handset(house: House, network: FaultProxy, playwright: Playwright, tmp_path: Path) -> Iterator[Handset]:
    made = Handset(playwright, tmp_path / "phone", f"http://localhost:{network.port}")
    made.sign_in(name_of(house.company, "supervisor"))
    yield made
    made.close()
    assert made.errors == []


def name_of(company: Company, who: str) -> str:
    return company.people[who].username


def wipe(handset: Handset) -> None:
    """The phone clears the databases of the app, as browsers do when room is short; cookies stay."""
    session = handset.context.new_cdp_session(handset.page)
    handset.page.goto("about:blank")
    session.send("Storage.clearDataForOrigin", {"origin": handset.url, "storageTypes": "indexeddb"})


def test_sign_out_is_refused_a_second_person_sees_a_number_and_a_file_brings_it_back(
    house: House, handset: Handset, network: FaultProxy, tmp_path: Path
) -> None:
    page = handset.page
    handset.context.set_offline(True)
    hashes, pictures = fill(house, handset, 1)
    page.goto("/me")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    page.get_by_text("1 item is unfinished or unsent").wait_for()
    with page.expect_download() as started_download:
        page.get_by_role("button", name="Export to a file").click()
    saved = tmp_path / "work.rounds"
    started_download.value.save_as(saved)

    network.cut = "/api/v1/inspections/"
    handset.context.set_offline(False)
    page.get_by_role("button", name="Exported; sign out").click()
    page.wait_for_url("**/sign-in**")
    assert [row["id"] for row in handset.rows("outbox")] == list(hashes)

    handset.sign_in(name_of(house.company, "stranger"))
    page.goto("/outbox")
    page.get_by_text("supervisor: 1 item waiting").wait_for()
    assert page.get_by_text("Nothing is waiting").count() == 1
    assert page.get_by_text("Report ·").count() == 0
    page.locator("input[data-import]").set_input_files(saved)
    page.get_by_text("This file belongs to supervisor").wait_for()
    network.cut = ""
    handset.nudge()
    page.wait_for_timeout(1_500)
    assert [row["id"] for row in handset.rows("outbox")] == list(hashes)

    wipe(handset)
    handset.context.clear_cookies()
    handset.sign_in(name_of(house.company, "supervisor"))
    page.goto("/outbox")
    page.locator("input[data-import]").set_input_files(saved)
    page.get_by_text("1 item brought in").wait_for()
    handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
    page.locator("input[data-import]").set_input_files(saved)
    page.get_by_text("1 item was here or had arrived").wait_for()
    check_arrived(house, hashes, pictures)


def test_a_phone_that_cleared_our_data_says_so_and_goes_on(house: House, handset: Handset) -> None:
    hashes, _ = fill(house, handset, 1)
    handset.nudge()
    handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
    wipe(handset)
    page = handset.page
    page.goto("/")
    page.get_by_text("The phone has removed this app’s data").first.wait_for()
    handset.until(lambda: bool(handset.rows("inspections")), "what the server knows")
    page.goto("/outbox")
    page.get_by_text("The server has these reports of yours").wait_for()
    assert page.locator(f"a[href='/inspections/{next(iter(hashes))}']").count() == 1
    page.get_by_role("button", name="I see").click()
    page.reload()
    page.get_by_text("Nothing is waiting").wait_for()
    assert page.get_by_text("has removed this app’s data").count() == 0


def test_a_full_phone_is_told_before_the_photo_and_drops_nothing(house: House, handset: Handset) -> None:
    company = house.company
    visit = company.visit()
    draft = draft_row(company, str(handset.meta("owner")), visit)
    handset.keep(drafts=[draft])
    handset.nudge()
    handset.until(lambda: handset.rows("visits"), "the visit")
    handset.context.close()
    handset.start()
    page = handset.page
    session = handset.context.new_cdp_session(page)
    used = session.send("Storage.getUsageAndQuota", {"origin": handset.url})["usage"]
    session.send("Storage.overrideQuotaForOrigin", {"origin": handset.url, "quotaSize": used + 1_500_000})
    page.goto(f"/visits/{visit['id']}/check")
    card = page.locator("#item-cold")
    thumbs = card.locator(".r-photo-thumb")
    card.locator("input[type=text]").first.fill("12")

    def take() -> None:
        noise = Image.effect_noise((1200, 900), 90).convert("RGB")
        out = BytesIO()
        noise.save(out, "JPEG", quality=95)
        shot: Any = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
        card.locator("input[data-photo='cold-photos']").set_input_files(shot)

    full = page.get_by_text("The phone is almost full; please make room").first
    taken = 0
    while not full.is_visible():
        taken = thumbs.count()
        take()
        full.or_(thumbs.nth(taken)).first.wait_for()
    assert thumbs.count() == taken >= 1
    page.get_by_text("The phone is almost full; send before").wait_for()
    (kept,) = handset.rows("drafts")
    listed = {one["sha256"] for one in kept["answers"]["cold"]["photos"]}
    assert len(listed) == taken
    assert listed == {row["found"] for row in handset.rows("photos")}
    session.send("Storage.overrideQuotaForOrigin", {"origin": handset.url})
    take()
    thumbs.nth(taken).wait_for()
    page.get_by_text("The phone is almost full; send before").wait_for(state="detached")


def test_an_expired_sign_in_pauses_and_goes_on_after_it(house: House, handset: Handset) -> None:
    page = handset.page
    handset.context.clear_cookies()
    hashes, pictures = fill(house, handset, 2)
    handset.nudge()
    page.get_by_text("Your work is safe here").first.wait_for()
    assert [row["state"] for row in handset.rows("outbox")] == ["waiting"] * 2
    page.get_by_text("Your work is safe here").first.click()
    handset.sign_in_here(name_of(house.company, "supervisor"))
    handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
    check_arrived(house, hashes, pictures)


def test_a_restored_server_gets_back_what_the_phones_had_sent(
    house: House, playwright: Playwright, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company, (port,) = house.company, free_ports(1)
    url = f"http://localhost:{port}"
    here = Path(house.env["ROUNDS_DATABASE_URL"].removeprefix("sqlite:///"))
    photos = Path(house.env["ROUNDS_STORAGE_URL"])
    phones: list[Handset] = []
    hashes: dict[str, str] = {}
    pictures: dict[str, bytes] = {}

    def send(reports: int) -> None:
        more, shots = fill(house, phones[0], reports)
        hashes.update(more)
        pictures.update(shots)
        empty(phones[0])

    def empty(phone: Handset) -> None:
        phone.nudge()
        phone.until(lambda: not phone.rows("outbox"), "an empty outbox")

    def begin_fixes() -> None:
        """The store's phone takes the first step on every task it has not begun."""
        phone = phones[1]
        phone.nudge()
        phone.until(lambda: len(phone.rows("tasks")) == len(hashes), "the tasks")
        phone.keep(outbox=[started(phone, task) for task in phone.rows("tasks") if task["status"] == "open"])
        empty(phone)

    try:
        with serving(house.env, port):
            for who in ("supervisor", "keeper"):
                phones.append(Handset(playwright, tmp_path / who, url))
                phones[-1].sign_in(name_of(company, who))
            send(3)
            begin_fixes()
        shutil.copytree(photos, tmp_path / "photos-then")
        with sqlite3.connect(here) as now, sqlite3.connect(tmp_path / "then") as then:
            now.backup(then)
        with serving(house.env, port):
            send(4)
            begin_fixes()
        house.forget_connections()
        for leftover in here.parent.glob(f"{here.name}*"):
            leftover.unlink()
        shutil.copy(tmp_path / "then", here)
        shutil.rmtree(photos)
        shutil.copytree(tmp_path / "photos-then", photos)
        with sqlite3.connect(here) as restored:
            restored.execute("UPDATE server_facts SET value = 'restored' WHERE name = 'epoch'")
        with serving(house.env, port):
            phones[1].nudge()  # the steps are offered before the reports that they belong to
            phones[1].until(lambda: len(phones[1].rows("outbox")) == 4, "the steps to be offered again")
            phones[1].page.wait_for_timeout(1_500)
            assert {row["state"] for row in phones[1].rows("outbox")} == {"waiting"}
            phones[0].nudge()
            phones[0].until(lambda: phones[0].meta("epoch") == "restored", "the new life of the server")
            empty(phones[0])
            took = phones[1].until(lambda: not phones[1].rows("outbox"), "the steps to arrive")
            check_arrived(house, hashes, pictures)
            tasks: Any = company.keeper.get("/tasks?limit=200")[1]["items"]
            assert [(one["version"], one["status"]) for one in tasks] == [(2, "in_progress")] * 7
    finally:
        for phone in phones:
            phone.close()
    with capsys.disabled():
        print(f"\n4 reports, 12 photos and 4 steps came back by themselves; the last after {took:.0f} s")
    assert [error for phone in phones for error in phone.errors] == []
