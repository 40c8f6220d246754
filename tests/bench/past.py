"""Years of inspections at once: what a chain has after a while, written by bulk inserts."""

import hashlib
import json
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from api.checklists import services as checklists
from api.checklists.content import with_defaults
from api.checklists.drafts import ChecklistDraft
from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.inspections.judgement import judge
from api.inspections.models import Answer, Inspection
from api.inspections.scoring import score
from api.stores import services as stores
from tests.support.company import Company

STORES = 400
LOT = 1000
FIRST_DAY = date(2025, 1, 1)
KINDS = ["pass_fail"] * 24 + ["graded"] * 10 + ["numeric"] * 5 + ["count"] * 4 + ["date"] + ["text"]


def content() -> dict[str, Any]:
    """45 items in nine sections; every kind that a paper form has, key items and redlines among them."""
    items = [_item(number, kind) for number, kind in enumerate(KINDS)]
    sections = [
        {"key": f"s{i}", "name": _words(f"部分{i}", f"Part {i}"), "items": items[i::9]} for i in range(9)
    ]
    return with_defaults({"scoring": {}, "sections": sections})


def _words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _item(number: int, kind: str) -> dict[str, Any]:
    flag = {7: "key", 19: "key", 31: "redline"}.get(number, "general")
    limits = {"min": 0, "max": 8, "unit": "℃"} if kind == "numeric" else {}
    text = _words(f"检查项{number}", f"Item {number}")
    return {
        "key": f"i{number:02}",
        "text": text,
        "kind": kind,
        "points": 2 + number % 3,
        "flag": flag,
    } | limits


def changed(given: dict[str, Any]) -> dict[str, Any]:
    """A draft as head office makes it: other points, a lost grade, a tighter limit, one item new, one gone."""
    draft: dict[str, Any] = json.loads(json.dumps(given))
    items = [item for section in draft["sections"] for item in section["items"]]
    for item in items[::4]:
        item["points"] += 3
    for item in items:
        if item["kind"] == "numeric":
            item["max"] = 6
    graded = next(item for item in items if item["kind"] == "graded")
    graded["grades"] = graded["grades"][:1] + graded["grades"][2:]
    draft["sections"][0]["items"].pop()
    draft["sections"][1]["items"].append(items[0] | {"key": "fresh"})
    return draft


def asking() -> dict[str, Any]:
    """The same with a condition, and with a part that is asked in the morning and at night alone."""
    draft = changed(content())
    first = draft["sections"][0]["items"][0]["key"]
    draft["sections"][2]["items"][1]["show_if"] = {"item": first, "result": ["pass"]}
    draft["sections"][3]["applies"] = {"dayparts": ["morning", "night"]}
    return draft


def make(app: Flask, count: int) -> Company:
    """A company with `count` inspections of its checklist behind it."""
    company = Company(app)
    dice = random.Random(20_000)
    with app.app_context():
        places = in_transaction(_stores, company)
        draft = ChecklistDraft(f"B-{company.mark}", _words("巡店表", "Visit form"), "visit", content())
        now = datetime.now(UTC)
        company.checklist = in_transaction(checklists.adopt, [draft], actor=None, now=now)[0][0].id
        for start in range(0, count, LOT):
            in_transaction(_lot, company, places, dice, start, min(LOT, count - start))
    return company


def _stores(company: Company) -> list[uuid.UUID]:
    fields = {"name_zh": "门店", "name_en": "Store", "latitude": 31.2, "longitude": 121.4}
    return [
        stores.add_store(
            fields | {"code": f"{company.mark}-{n}", "region_id": company.east},
            actor=None,
            now=datetime.now(UTC),
        ).id
        for n in range(STORES)
    ]


def _lot(company: Company, places: list[uuid.UUID], dice: random.Random, start: int, count: int) -> None:
    form = content()
    items = [item for section in form["sections"] for item in section["items"]]
    reports, rows = [], []
    for number in range(start, start + count):
        day = FIRST_DAY + timedelta(days=number // 80)
        at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC) + timedelta(seconds=number % 80 * 300)
        answers = [_answer(item, dice, day, at) for item in items]
        reports.append(_report(company, dice.choice(places), form, answers, day, at))
        rows.extend(_rows(reports[-1]["id"], items, answers, day, at))
    db.session.execute(sa.insert(Inspection.__table__), reports)
    db.session.execute(sa.insert(Answer.__table__), rows)


def _answer(item: dict[str, Any], dice: random.Random, day: date, at: datetime) -> dict[str, Any]:
    kind = item["kind"]
    result, value = None, None
    if kind == "pass_fail":
        result = "pass" if dice.random() < 0.93 else "fail"
    elif kind == "graded":
        value = dice.choices(["excellent", "good", "fair", "poor"], [60, 25, 10, 5])[0]
    elif kind == "numeric":
        value = round(dice.gauss(4, 2), 1)
    elif kind == "count":
        value = dice.choices([0, 1, 2, 3], [80, 12, 5, 3])[0]
    elif kind == "date":
        value = (day + timedelta(days=dice.randint(-2, 200))).isoformat()
    else:
        value = f"第{dice.randint(1, 10_000)}次巡店,店长在场"
    text = moment_text(at)
    return {
        "item_key": item["key"],
        "result": result,
        "value": value,
        "note": "",
        "reason": "",
        "photos": [],
        "fixed_on_spot": False,
        "fix_photos": [],
        "answered_at": text,
        "changed_at": text,
    }


def _report(
    company: Company,
    store_id: uuid.UUID,
    form: dict[str, Any],
    answers: list[dict[str, Any]],
    day: date,
    at: datetime,
) -> dict[str, Any]:
    result = score(form, answers, day)
    document = {
        "store_id": str(store_id),
        "checklist_id": str(company.checklist),
        "checklist_version": 1,
        "on_date": day.isoformat(),
        "context": {"store_type": "", "tags": [], "region_codes": [], "daypart": "morning"},
        "rounds": {},
        "answers": answers,
    }
    text = json.dumps(document, ensure_ascii=False)
    return {
        "id": new_id(),
        "visit_id": None,
        "kind": "routine",
        "store_id": store_id,
        "region_id": company.east,
        "checklist_id": company.checklist,
        "checklist_version": 1,
        "inspector_id": company.people["supervisor"].id,
        "status": "approved",
        "content_text": text,
        "content_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "on_date": day,
        "started_at": at,
        "submitted_at": at,
        "received_at": at,
        "score": result.score,
        "raw_score": result.raw,
        "band": result.band,
        "outcome": result.outcome,
        "ranked": result.ranked,
        "findings": len(result.findings),
        "score_facts": result.as_json(),
        "flags": [],
        "distance_m": 10,
        "note": "",
        "version": 1,
    }


def _rows(
    inspection_id: uuid.UUID,
    items: list[dict[str, Any]],
    answers: list[dict[str, Any]],
    day: date,
    at: datetime,
) -> Iterator[dict[str, Any]]:
    for item, answer in zip(items, answers, strict=True):
        judgement = judge(item, answer, day)
        yield {
            "inspection_id": inspection_id,
            "item_key": item["key"],
            "result": judgement.result,
            "finding": judgement.finding,
            "warning": judgement.warning,
            "earned": judgement.earned,
            "max": judgement.max,
            "value": None if answer["value"] is None else json.dumps(answer["value"], ensure_ascii=False),
            "note": "",
            "reason": "",
            "fixed_on_spot": False,
            "answered_at": at,
            "changed_at": at,
        }
