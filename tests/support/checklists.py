"""Random checklists of every kind and field, stores, rounds and answers, from one seeded dice.

    dice = random.Random(seed)
    content, context, rounds, answers = a_report(dice)

or step by step: `a_checklist`, `a_context`, `rounds_for`, `walked`, `answers_for`. Answers are given to
everything that could be asked, so that hidden items have answers too.
"""

import copy
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from api.checklists.content import with_defaults
from tests.support.checklist_items import KINDS, a_text, an_item
from tests.support.conditions import a_condition, applies_somewhere

DAY = date(2026, 11, 25)
STORE_TYPES = ("mall", "street", "station")
TAGS = ("gas", "bakery", "night-shift", "new")
REGIONS = ("CN", "CN-E", "CN-E-SH", "CN-N", "CN-N-BJ")
DAYPARTS = ("morning", "midday", "afternoon", "evening", "night")
_BRANCHES = (["CN"], ["CN-E", "CN"], ["CN-E-SH", "CN-E", "CN"], ["CN-N-BJ", "CN-N", "CN"], ["OVERSEAS"])

Content = dict[str, Any]
Report = tuple[Content, dict[str, Any], dict[str, list[str]], list[dict[str, Any]]]


def a_report(dice: random.Random) -> Report:
    """A checklist, the store's context, the rounds walked and answers to all that could be asked."""
    content, context = a_checklist(dice), a_context(dice)
    rounds = rounds_for(dice, content)
    answers = answers_for(dice, walked(content, rounds))
    dice.shuffle(answers)
    return content, context, rounds, answers


def a_checklist(dice: random.Random, *, plain: bool = False) -> Content:
    """A sound checklist with all its defaults; `plain` has no conditions, bounds or repeats."""
    sections: list[dict[str, Any]] = []
    for s in range(dice.randint(1, 4)):
        sections.append(_section(dice, f"s{s}", sections, plain))
    content = with_defaults({"scoring": _scoring(dice), "sections": sections})
    return _as_once_published(content) if plain and dice.random() < 0.2 else content


def _section(dice: random.Random, key: str, before: Sequence[Mapping[str, Any]], plain: bool) -> Content:
    section: dict[str, Any] = {
        "key": key,
        "name": a_text(key),
        "weight": dice.choice([0, 1, 2.5, 40]),
        "floor": dice.choice([None, None, 50, 75.5, 100]),
        "items": [],
    }
    repeated = not plain and dice.random() < 0.3
    if repeated:
        least = dice.randint(0, 2)
        section["repeat"] = {"min": least, "max": least + dice.randint(1, 3), "name": a_text("freezer")}
    single = [i for s in before if s.get("repeat") is None for i in s["items"]]
    if not plain:
        _bounded(dice, section, single)
    for i in range(dice.randint(1, 6)):
        item = an_item(dice, f"{key}-{i}")
        if not plain:
            _bounded(dice, item, [*single, *section["items"]])
        section["items"].append(item)
    return section


def _bounded(dice: random.Random, thing: dict[str, Any], earlier: Sequence[Mapping[str, Any]]) -> None:
    if dice.random() < 0.2:
        thing["applies"] = applies_somewhere(dice, STORE_TYPES, TAGS, REGIONS, DAYPARTS)
    if earlier and dice.random() < 0.35:
        thing["show_if"] = a_condition(dice, earlier)


def _scoring(dice: random.Random) -> dict[str, Any]:
    return {
        "mode": dice.choice(["additive", "section_weighted", "deduct"]),
        "pass_line": dice.choice([80, 62.5]),
        "redline_policy": dice.choice(["cap", "zero", "flag"]),
        "redline_cap": dice.choice([59, 40.5]),
        "key_unrated": dice.randint(1, 3),
        "key_cap": dice.choice(["A", "B", "C"]),
        "bonus_cap": dice.choice([0, 5, 2.5]),
        "floor_effect": dice.choice(["band", "cap"]),
        "floor_cap": dice.choice([79, 60.5]),
    }


def _as_once_published(content: Content) -> Content:
    """The same checklist without the fields that came later, as old versions lie in the database."""
    old = copy.deepcopy(content)
    for name in ("floor_effect", "floor_cap"):
        old["scoring"].pop(name, None)
    for section in old["sections"]:
        for name in ("repeat", "applies", "show_if"):
            section.pop(name, None)
        for item in section["items"]:
            if item["weight"] == 1 and item["required"] and item["note_rule"] == "none":
                for name in ("weight", "required", "note_rule", "references", "owner_role"):
                    item.pop(name, None)
            item.pop("applies", None)
            item.pop("show_if", None)
            item["photo"].pop("camera_only", None)
    return old


def a_context(dice: random.Random) -> dict[str, Any]:
    """What a phone knew of some store."""
    return {
        "store_type": dice.choice([*STORE_TYPES, ""]),
        "tags": dice.sample(TAGS, dice.randint(0, 3)),
        "region_codes": list(dice.choice(_BRANCHES)),
        "daypart": dice.choice(DAYPARTS),
    }


def rounds_for(dice: random.Random, content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Rounds of the repeated sections; sometimes none are named, or more or fewer than allowed."""
    return {
        section["key"]: [dice.choice(["", "1号柜", "front"]) for _ in range(dice.randint(0, 6))]
        for section in content["sections"]
        if section.get("repeat") and dice.random() < 0.8
    }


def walked(content: Mapping[str, Any], rounds: Mapping[str, Sequence[str]]) -> Content:
    """Everything that could be asked: every round of every section, applicable or not, shown or hidden."""
    sections: list[dict[str, Any]] = []
    for section in content["sections"]:
        if not section.get("repeat"):
            sections.append(section)
            continue
        for n in range(1, max(section["repeat"]["max"], len(rounds.get(section["key"], []))) + 1):
            items = [{**item, "key": f"{item['key']}#{n}"} for item in section["items"]]
            sections.append({**section, "key": f"{section['key']}#{n}", "items": items})
    return {**content, "sections": sections}


def answers_for(dice: random.Random, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An answer to most items: readable ones, odd ones, and ones set aside."""
    items = [item for section in content["sections"] for item in section["items"]]
    return [an_answer(dice, item) for item in items if dice.random() < 0.9]


def an_answer(dice: random.Random, item: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to this item; one in ten is nonsense, as only a broken phone would send it."""
    odd = dice.random() < 0.1
    nonsense = dice.choice([None, "", "odd", 3.5, -1, [], ["odd"], ["a", "a"], "2026-02-30"])
    return {
        "item_key": item["key"],
        "result": dice.choice(["pass", "pass", "pass", "fail", "fail", "na", "cannot_check", None, None]),
        "value": nonsense if odd else _value(dice, item),
        "note": dice.choice(["", "", " ", "脏"]),
        "reason": dice.choice(["", "closed"]),
        "photos": [_photo(dice) for _ in range(dice.choice([0, 0, 1, 1, 2, 6]))],
        "fixed_on_spot": dice.random() < 0.2,
        "fix_photos": [_photo(dice) for _ in range(dice.randint(0, 1))],
    }


def _photo(dice: random.Random) -> dict[str, str]:
    return {"source": dice.choice(["camera", "camera", "gallery"])}


def _value(dice: random.Random, item: Mapping[str, Any]) -> Any:
    kind = item["kind"]
    if kind == "graded":
        return dice.choice(item["grades"])["key"]
    if kind == "single":
        return dice.choice(item["choices"])["key"]
    if kind == "multiple":
        keys = [choice["key"] for choice in item["choices"]]
        return dice.sample(keys, dice.randint(0, len(keys)))
    if kind == "barcode":
        return dice.choice([*item["codes"], "6901234567892", " "])
    values: dict[str, Any] = {
        "numeric": dice.choice([0, 0.3, 4, 6.5, 8, 8.001, -1.5, 100]),
        "count": dice.randint(0, 5),
        "date": (DAY + timedelta(days=dice.randint(-3, 40))).isoformat(),
        "text": dice.choice(["fine", "干净", " "]),
    }
    return values.get(kind)


__all__ = [
    "DAY",
    "KINDS",
    "a_checklist",
    "a_context",
    "a_report",
    "an_answer",
    "an_item",
    "answers_for",
    "rounds_for",
    "walked",
]
