"""Filling a checklist by hand, as a supervisor does."""

from typing import Any

from playwright.sync_api import Locator, Page

WORDS = {
    "zh": {"pass": "合格", "fail": "不合格", "next": "下一未答项", "finish": "去小结", "none": "以上都没有"},
    "en": {
        "pass": "Pass",
        "fail": "Fail",
        "next": "Next open item",
        "finish": "To the summary",
        "none": "None of these",
    },
}


def answer(page: Page, item: dict[str, Any], photo: Any, lang: str, *, fail: bool) -> None:
    """Answers one item; the card must be on the screen."""
    card = page.locator(f"[id='item-{item['key']}']")
    kind = item["kind"]
    if kind == "pass_fail":
        choose(card, WORDS[lang]["fail" if fail else "pass"])
    elif kind == "graded":
        name = item["grades"][-1 if fail else 0]["name"][lang]
        choose(card, name)
    elif kind == "single":
        worth = sorted(item["choices"], key=lambda choice: choice["percent"])
        choose(card, worth[0 if fail else -1]["name"][lang])
    elif kind == "multiple":
        choose(card, WORDS[lang]["none"])
    elif kind == "barcode":
        card.locator("input[type=text]").fill(item["codes"][0] if item["codes"] else "6901234567892")
    elif kind == "text":
        card.locator("textarea").first.fill("OK")
    elif kind == "numeric":
        low, high = item["min"], item["max"]
        right = low if low is not None else high if high is not None else 5
        card.locator("input[type=text]").fill(str(right))
        if low is None and high is None:
            choose(card, WORDS[lang]["pass"])
    elif kind == "count":
        card.locator("button.number").click()
    elif kind == "date":
        card.locator("input[type=date]").fill("2030-01-01")
    rule = item["photo"]["rule"]
    if rule == "always" or (rule == "on_fail" and fail) or kind == "photo":
        take_photo(card, f"{item['key']}-photos", photo)


def choose(card: Locator, label: str) -> None:
    """Taps one choice by its exact words, whether they stand side by side or in rows."""
    card.locator("label.segment, label.choice").filter(
        has=card.page.get_by_text(label, exact=True)
    ).first.click()


def take_photo(place: Locator, name: str, body: bytes) -> None:
    """Hands a picture to the camera field and waits until it is kept."""
    before = place.locator(".r-photo-thumb, .photo img").count()
    place.locator(f"input[data-photo='{name}']").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": body}
    )
    place.locator(".r-photo-thumb, .photo img").nth(before).wait_for()
