"""The camera in the page: shots, a drawing, the ghost of before, and the way on when there is no camera."""

import hashlib
import json
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Locator, Page

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.e2e.checklist import WORDS, answer, take_photo
from tests.e2e.conftest import PASSWORD, Phone
from tests.e2e.test_every_screen import faults
from tests.e2e.test_first_visit import items_of, until_sent

STORE = "静安寺店"
THERE = {"latitude": 31.2234, "longitude": 121.4455, "accuracy": 15}
NO_CAMERA = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
"""


def shelves(blur: int = 0, light: float = 1.0) -> bytes:
    """A photo with many edges; out of focus or in the dark when wanted."""
    image = Image.new("RGB", (1600, 1200), (150, 150, 150))
    draw = ImageDraw.Draw(image)
    for place in range(0, 1600, 40):
        draw.rectangle((place, place % 240, place + 20, 1100), fill=(place % 255, 90, 200))
    image = image.filter(ImageFilter.GaussianBlur(blur)).point(lambda value: value * light)
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def begin(phone: Phone) -> list[dict[str, Any]]:
    """Checks in at the store and gives the items of its checklist."""
    page = phone.page
    page.locator("a.visit", has_text=STORE).first.click()
    page.get_by_role("button", name="签到并开始").click()
    page.wait_for_url("**/check")
    page.locator("article.item").first.wait_for()
    return items_of(phone, phone.rows("drafts")[0]["checklist_id"])


def until(page: Page, seen: Callable[[], bool]) -> None:
    """Waits for something that no locator tells; the page's policy refuses scripts that look again and again."""
    deadline = time.monotonic() + 15
    while not seen():
        assert time.monotonic() < deadline, "it did not come"
        page.wait_for_timeout(100)


def shots(page: Page) -> Locator:
    return page.locator("[data-last-shot] .thumb")


def shoot(page: Page) -> None:
    """One press of the shutter, until the photo is kept."""
    before = shots(page).get_attribute("src") if shots(page).count() else None
    page.locator("[data-shutter]").click()
    until(page, lambda: shots(page).count() == 1 and shots(page).get_attribute("src") != before)


def open_camera(page: Page, tile: Locator) -> None:
    tile.click()
    page.locator("[data-shutter]:not([disabled])").wait_for()


def draw(page: Page) -> None:
    """An arrow and a circle on the photo that is open for drawing."""
    canvas = page.locator("[data-mark-up] canvas")
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    for name in ("箭头", "圈出"):
        page.get_by_role("button", name=name).click()
        page.mouse.move(box["x"] + 60, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
        page.mouse.up()
    page.locator("[data-mark-up] .keep").click()
    page.locator("[data-mark-up]").wait_for(state="detached")


def photos_of(phone: Phone, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.rows("drafts")[0]["answers"][key]["photos"]
    return found


def test_two_shots_one_drawn_on_arrive_byte_for_byte(phone: Any) -> None:
    supervisor = phone(geolocation=THERE)
    supervisor.sign_in("supervisor")
    page = supervisor.page
    page.locator("a.visit", has_text=STORE).first.wait_for()
    supervisor.until_offline_ready()
    supervisor.offline(True)
    items = begin(supervisor)
    first = next(item for item in items if item["photo"]["rule"] == "always")
    card = page.locator(f"#item-{first['key']}")
    open_camera(page, card.locator(".tile").first)
    assert faults(page) == []
    shoot(page)
    shoot(page)
    page.get_by_role("button", name="标注").click()
    draw(page)
    shots(page).wait_for()
    page.get_by_role("button", name="完成", exact=True).click()
    card.locator(".r-photo-thumb").nth(1).wait_for()
    assert card.locator(".r-photo-thumb").count() == 2  # the original of the drawing is no third one
    plain, drawn, original = photos_of(supervisor, first["key"])
    assert [plain.get("marks_of"), drawn["marks_of"], original.get("marks_of")] == [
        None,
        original["sha256"],
        None,
    ]

    for item in items:
        if not page.locator(f"#item-{item['key']}").count():
            page.get_by_role("button", name=WORDS["zh"]["next"]).click()
        if item is first:
            continue_with(page, item)
        else:
            answer(page, item, shelves(), "zh", fail=False)
    page.get_by_role("link", name=WORDS["zh"]["finish"]).click()
    submit(page)
    supervisor.offline(False)
    until_sent(supervisor)
    entry = supervisor.rows("sent")[-1]
    report = supervisor.context.request.get(f"/api/v1/inspections/{entry['id']}").json()
    assert report["missing_photos"] == []
    kept = next(a for a in report["answers"] if a["item_key"] == first["key"])["photos"]
    assert [p["sha256"] for p in kept] == [p["sha256"] for p in (plain, drawn, original)]
    assert [p["marks_of"] for p in kept] == [None, original["sha256"], None]
    bodies = [original_of(supervisor, p["sha256"]) for p in kept]
    for photo, body in zip(kept, bodies, strict=True):
        assert hashlib.sha256(body).hexdigest() == photo["sha256"]
        assert len(body) == photo["bytes"] <= 400_000
    assert red_pixels(bodies[1]) > 200 > red_pixels(bodies[2])
    listed = [p["sha256"] for a in json.loads(entry["body"])["answers"] for p in a["photos"]]
    assert report["evidence"] == {"listed": len(set(listed)), "stored": len(set(listed))}


def continue_with(page: Page, item: dict[str, Any]) -> None:
    """Answers an item that has its photos already."""
    answer(page, item | {"photo": {"rule": "none"}}, b"", "zh", fail=False)


def submit(page: Page) -> None:
    page.get_by_role("button", name="提交报告").click()
    page.wait_for_url(lambda url: "/finish" not in url)


def original_of(phone: Phone, sha256: str) -> bytes:
    return phone.context.request.get(f"/api/v1/photos/{sha256}?size=original").body()


def red_pixels(body: bytes) -> int:
    """How many pixels have the red of the pen; the test picture of the camera is green."""
    raw = Image.open(BytesIO(body)).convert("RGB").tobytes()
    pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
    return sum(1 for r, g, b in pixels if r > 180 and g < 110 and b < 110)


def test_again_delete_and_undo_inside_the_camera(phone: Any) -> None:
    store = phone()
    page = open_fix(store)
    open_camera(page, page.locator("form .tile").first)
    shoot(page)
    page.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="撤销").click()
    shots(page).wait_for()
    page.get_by_role("button", name="重拍").click()
    shots(page).wait_for(state="detached")
    shoot(page)
    page.get_by_role("button", name="完成", exact=True).click()
    page.locator("form .r-photo-thumb").first.wait_for()
    assert page.locator("form .r-photo-thumb").count() == 1
    page.reload()  # what is being prepared is on the disk
    page.locator("form .r-photo-thumb").first.wait_for()


def open_fix(phone: Phone) -> Page:
    """A task of the store that shows how it was before, open and ready to be fixed."""
    task = made_task(phone.instance.url, shelves())
    phone.sign_in("store")
    phone.page.goto(f"/tasks/{task}")
    phone.page.locator("form .tile").first.wait_for()
    return phone.page


def made_task(url: str, before: bytes) -> str:
    """The supervisor opens a task by hand, with a photo."""
    words = {"username": "supervisor", "password": PASSWORD, "device_name": "e2e", "transport": "bearer"}
    token = call(url, "POST", "/auth/login", words)["access_token"]
    sha256 = hashlib.sha256(before).hexdigest()
    call(url, "PUT", f"/photos/{sha256}", before, token)
    store = next(s for s in call(url, "GET", "/stores", None, token)["items"] if s["code"] == "SH001")
    photo = {"id": str(new_id()), "sha256": sha256, "bytes": len(before), "width": 1600, "height": 1200}
    photo |= {"taken_at": moment_text(datetime.now(UTC)), "source": "camera"}
    body = {"store_id": store["id"], "title": {"zh": "货架", "en": "Shelves"}, "photos": [photo]}
    return str(call(url, "POST", "/tasks", body, token)["id"])


def call(url: str, method: str, path: str, body: Any, token: str = "") -> dict[str, Any]:
    """One call to the API without a browser."""
    kind = "image/jpeg" if isinstance(body, bytes) else "application/json"
    raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(f"{url}/api/v1{path}", raw, headers, method=method)
    with urllib.request.urlopen(asked, timeout=20) as answered:
        told: dict[str, Any] = json.load(answered)
        return told


def test_the_ghost_of_before_lies_over_the_live_picture_without_a_network(phone: Any) -> None:
    store = phone()
    page = open_fix(store)
    store.until_offline_ready()
    kept = "caches.open('rounds-before').then(cache => cache.keys()).then(all => all.length)"
    until(page, lambda: page.evaluate(kept) > 1)
    store.offline(True)
    page.reload()
    open_camera(page, page.locator("form .tile").first)
    ghost = page.locator("[data-ghost]")
    ghost.wait_for()
    assert float(ghost.evaluate("img => getComputedStyle(img).opacity")) == pytest.approx(0.35)
    assert ghost.evaluate("img => img.decode().then(() => img.naturalWidth)") > 100
    page.get_by_role("slider", name="叠影浓淡").fill("60")
    assert float(ghost.evaluate("img => getComputedStyle(img).opacity")) == pytest.approx(0.6)
    assert faults(page) == []
    page.get_by_role("button", name="整改前叠影").click()
    ghost.wait_for(state="detached")


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (shelves(blur=12), "第 1 张可能模糊，重拍？"),
        (shelves(light=0.08), "第 1 张太暗，重拍？"),
        (shelves(), None),
    ],
    ids=["blurred", "dark", "good"],
)
def test_a_poor_photo_is_said_at_once_and_may_be_kept(phone: Any, picture: bytes, words: str | None) -> None:
    store = phone()
    page = open_fix(store)
    take_photo(page.locator("form"), "fix", picture)
    hint = page.locator("[data-quality-hint]")
    kept = store.rows("photos")[0]
    if words is None:
        assert (hint.count(), kept["quality"]["faults"]) == (0, [])
        return
    hint.get_by_text(words).wait_for()
    assert faults(page) == []
    assert len(kept["quality"]["faults"]) == 1
    page.get_by_role("button", name="保留").click()
    hint.wait_for(state="detached")
    until(page, lambda: store.rows("photos")[0].get("quality_accepted") is True)


def test_without_a_camera_the_phones_own_takes_the_photo(phone: Any) -> None:
    store = phone("en-GB", color_scheme="dark")
    store.context.add_init_script(NO_CAMERA)
    page = open_fix(store)
    page.locator("form .tile").first.click()
    page.get_by_text("It may not be used here.").wait_for()
    assert faults(page) == []
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Use the phone's camera").click()
    chosen.value.set_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": shelves()})
    page.locator("form .r-photo-thumb").first.wait_for()


def test_before_and_after_under_one_slider_by_keys(phone: Any) -> None:
    store = phone()
    page = open_fix(store)
    path = page.url
    take_photo(page.locator("form"), "fix", shelves())
    page.locator("form textarea").fill("已整改")
    page.get_by_role("button", name="提交整改").click()
    until_sent(store)
    supervisor = phone()
    supervisor.sign_in("supervisor")
    page = supervisor.page
    page.goto(path)
    slider = page.get_by_role("slider", name="整改前后对比")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "整改前占 60%"
    assert "40%" in page.locator("[data-compare] img").nth(1).evaluate(
        "img => getComputedStyle(img).clipPath"
    )
    assert faults(page) == []
    page.get_by_role("button", name="全屏看整改后").click()
    picture = page.locator("[data-zoomed]")
    picture.wait_for()
    page.keyboard.press("+")
    until(page, lambda: "scale(1.5)" in (picture.get_attribute("style") or ""))
    page.keyboard.press("0")
    page.get_by_role("button", name="核对原图").click()
    page.get_by_text("原图与登记一致").wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    picture.wait_for(state="detached")
