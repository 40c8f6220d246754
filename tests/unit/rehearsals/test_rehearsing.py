"""Random checklists of every kind: the same rules must give the score that the store was shown."""

import json
import random
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from api.inspections.inforce import in_force
from api.inspections.judgement import judge
from api.inspections.scoring import score
from api.rehearsals.mapping import END, STEP
from api.rehearsals.rehearsing import Rehearsal, wants_context, wants_rounds
from api.rehearsals.types import Past, Standing
from tests.support.checklists import DAY, a_report

STORE = uuid.UUID(int=7)


def stored(content: Any, answers: list[dict[str, Any]]) -> str:
    """The answers in force, as a submission writes them down."""
    given = {answer["item_key"]: answer for answer in answers}
    pieces = []
    for section in content["sections"]:
        for item in section["items"]:
            answer = given.get(item["key"])
            if answer is not None:
                value = answer.get("value")
                text = "" if value is None else json.dumps(value, ensure_ascii=False)
                pieces.append(STEP.join([item["key"], judge(item, answer, DAY).result, text]))
    return END.join(pieces)


@pytest.mark.parametrize("seed", range(150))
def test_the_same_rules_change_nothing(seed: int) -> None:
    content, context, rounds, answers = a_report(random.Random(seed))
    force = in_force(content, context, answers, rounds, DAY)
    result = score(force, answers, DAY)
    tenths = None if result.score is None else int(result.score * 10)
    standing = Standing(tenths, result.band, result.outcome)
    rehearsal = Rehearsal(content, {1: content})
    past = Past(uuid.uuid4(), STORE, 1, DAY, datetime(2026, 11, 25, tzinfo=UTC), standing)
    rehearsal.add(past, stored(force, answers), context, rounds)
    shown = rehearsal.shown()
    assert (shown["same"], shown["up"], shown["down"]) == (1, 0, 0)
    assert shown["before"] == shown["after"]
    assert shown["unmapped"] == []


def test_each_version_is_read_by_its_own_items() -> None:
    words = {"zh": "项", "en": "Item"}

    def form(*keys: str, points: int = 10) -> dict[str, Any]:
        items = [
            {"key": key, "text": {**words, "en": f"{key} {points}"}, "kind": "pass_fail", "points": points}
            for key in keys
        ]
        flags = {"flag": "general", "pass_line": 100}
        scoring = {
            "mode": "additive",
            "pass_line": 80,
            "bands": [["A", 80], ["D", 0]],
            "redline_policy": "cap",
            "redline_cap": 59,
            "key_cap": "A",
            "key_unrated": 2,
            "bonus_cap": 5,
        }
        sections = [{"key": "s", "name": words, "items": [item | flags for item in items]}]
        return {"scoring": scoring, "sections": sections}

    rehearsal = Rehearsal(form("a", "c", points=20), {1: form("a", "b"), 2: form("a", "b", "c", points=5)})
    at = datetime(2026, 11, 25, tzinfo=UTC)

    def add(version: int, tenths: int, **given: str) -> None:
        text = END.join(STEP.join([key, result, ""]) for key, result in given.items())
        rehearsal.add(Past(uuid.uuid4(), STORE, version, DAY, at, Standing(tenths, "A", "pass")), text)

    add(1, 1000, a="pass", b="pass")
    add(1, 500, a="fail", b="pass")
    add(2, 667, a="pass", b="fail", c="pass")
    shown = rehearsal.shown()
    assert (shown["up"], shown["down"], shown["same"]) == (1, 1, 1)
    assert shown["unmapped"] == [
        {"item_key": "b", "text": {"zh": "项", "en": "b 5"}, "why": "gone", "count": 3},
        {"item_key": "c", "text": {"zh": "项", "en": "c 20"}, "why": "new", "count": 2},
    ]


@pytest.mark.parametrize(
    ("section", "item", "context", "rounds"),
    [
        ({}, {}, False, False),
        ({"repeat": None, "show_if": None}, {"applies": {"tags": [], "regions": []}}, False, False),
        ({}, {"show_if": {"item": "a", "result": ["fail"]}}, False, False),
        ({}, {"applies": {"tags": ["gas"]}}, True, False),
        ({"applies": {"dayparts": ["night"]}}, {}, True, False),
        ({"repeat": {"min": 1, "max": 2}}, {}, False, True),
    ],
)
def test_documents_are_read_only_where_the_draft_asks_for_what_is_in_them(
    section: dict[str, Any], item: dict[str, Any], context: bool, rounds: bool
) -> None:
    draft = {"sections": [{"items": [item], **section}]}
    assert (wants_context(draft), wants_rounds(draft)) == (context, rounds)
