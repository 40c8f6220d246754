"""Finished inspections for the demo, answered by dice with a fixed start, so that each seed is alike."""

import random
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from api.core.ids import new_id
from api.core.shapes import moment_text
from api.demo.pictures import Take


def document(
    content: Mapping[str, Any],
    *,
    visit_id: uuid.UUID | None,
    store: Any,
    checklist_id: uuid.UUID,
    version: int,
    started_at: datetime,
    care: float,
    take: Take,
    dice: random.Random,
) -> dict[str, Any]:
    """A report as a phone would send it. `care` from 0 to 1: how well the store is kept."""
    items = [item for section in content["sections"] for item in section["items"]]
    minutes = 25 + dice.randint(0, 20)
    answers = []
    for place, item in enumerate(items):
        at = started_at + timedelta(minutes=minutes * (place + 1) / (len(items) + 1))
        answers.append(_answer(item, at, care, take, dice))
    finished = started_at + timedelta(minutes=minutes)
    return {
        "visit_id": str(visit_id) if visit_id else None,
        "store_id": str(store.id),
        "checklist_id": str(checklist_id),
        "checklist_version": version,
        "started_at": moment_text(started_at),
        "submitted_at": moment_text(finished),
        "on_date": started_at.date().isoformat(),
        "device": {"id": "demo", "app_version": "demo"},
        "check_in": {
            "at": moment_text(started_at),
            "latitude": store.latitude + dice.uniform(-0.0004, 0.0004),
            "longitude": store.longitude + dice.uniform(-0.0004, 0.0004),
            "accuracy": dice.randint(8, 30),
            "source": "gps",
            "reason": "",
        },
        "note": "",
        "answers": answers,
    }


def _answer(
    item: Mapping[str, Any],
    at: datetime,
    care: float,
    take: Take,
    dice: random.Random,
) -> dict[str, Any]:
    hard = {"redline": 0.25, "key": 0.7}.get(item["flag"], 1.0)
    good = dice.random() > (1 - care) * hard
    result, value = _judged(item, good, at, dice)
    wanted = item["photo"]["rule"] == "always" or (item["photo"]["rule"] == "on_fail" and not good)
    scene = "signature" if item["kind"] == "signature" else ("good" if good else "bad")
    needed = 1 if wanted or item["kind"] in ("photo", "signature") else 0
    photos = [photo(take(scene), at) for _ in range(needed)]
    return {
        "item_key": item["key"],
        "result": result,
        "value": value,
        "note": "" if good else dice.choice(_NOTES),
        "reason": "",
        "photos": photos,
        "fixed_on_spot": False,
        "fix_photos": [],
        "answered_at": moment_text(at),
        "changed_at": moment_text(at),
    }


_NOTES = ("已当面说明,请今天整改", "与上次相同,需要跟进", "现场已拍照,见图", "请店长安排专人检查")


def _judged(item: Mapping[str, Any], good: bool, at: datetime, dice: random.Random) -> tuple[str | None, Any]:
    kind = item["kind"]
    if kind == "graded":
        return None, dice.choice(["excellent", "excellent", "good"]) if good else dice.choice(
            ["fair", "poor"]
        )
    if kind == "count":
        return None, 0 if good else dice.randint(1, 3)
    if kind == "date":
        return None, (at + timedelta(days=90 if good else -5)).date().isoformat()
    if kind == "text":
        return None, "正常"
    if kind == "numeric":
        return _measured(item, good, dice)
    return ("pass" if good else "fail") if kind == "pass_fail" else None, None


def _measured(item: Mapping[str, Any], good: bool, dice: random.Random) -> tuple[str | None, float]:
    low: Any = item.get("min")
    high: Any = item.get("max")
    if low is None and high is None:
        return ("pass" if good else "fail"), round(dice.uniform(2, 7), 1)
    if low is not None:
        return None, round(low + dice.uniform(1, 8) if good else low - dice.uniform(1, 8), 1)
    return None, round(high - dice.uniform(1, 5) if good else high + dice.uniform(1, 6), 1)


def photo(picture: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """A phone's description of one of the demo's pictures."""
    return {
        "id": str(new_id()),
        "taken_at": moment_text(at),
        "source": "camera",
        "latitude": None,
        "longitude": None,
        "accuracy": None,
    } | dict(picture)
