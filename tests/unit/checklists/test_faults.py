"""What a checklist may hold, by the table; and that what is sound stays sound once it is filled in."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.checklists.content import faults_in, items_of, readable, with_defaults
from api.checklists.content_defaults import GRADES, SCORING
from tests.support.checklists import a_checklist
from tests.unit.vectors import named, table

CASES = table("checklist_faults")
SOUND = [case for case in CASES if not case["expect"]]
seeds = st.integers(0, 10**9)


@pytest.mark.parametrize("case", CASES, ids=named(CASES))
def test_every_fault_is_named_where_it_is(case: dict[str, Any]) -> None:
    found = faults_in(case["content"])
    assert sorted([fault.pointer, fault.code] for fault in found) == sorted(case["expect"])


@pytest.mark.parametrize("case", CASES, ids=named(CASES))
def test_every_fault_is_said_in_a_sentence_and_points_at_something(case: dict[str, Any]) -> None:
    for fault in faults_in(case["content"]):
        assert fault.message[0].isupper() or not fault.message[0].isalpha()
        assert fault.message.endswith(".")
        parent = case["content"]
        for step in fault.pointer.split("/")[1:-1]:
            parent = parent[int(step)] if isinstance(parent, list) else parent[step]
        assert isinstance(parent, dict | list) or fault.pointer == ""


@pytest.mark.parametrize("case", SOUND, ids=named(SOUND))
def test_what_is_sound_stays_sound_with_its_defaults(case: dict[str, Any]) -> None:
    before = json.dumps(case["content"])
    filled = with_defaults(case["content"])
    assert faults_in(filled) == []
    assert with_defaults(filled) == filled
    assert json.dumps(case["content"]) == before


def test_what_is_left_out_means_its_default() -> None:
    text = {"zh": "一", "en": ""}
    kinds = ("graded", "numeric", "count", "date", "barcode")
    items = [{"key": kind, "text": text, "kind": kind, "points": 1} for kind in kinds]
    items.append(
        {"key": "m", "text": text, "kind": "multiple", "points": 1, "choices": [], "flag": "redline"}
    )
    section = {"key": "s", "name": text, "repeat": {"name": text}, "items": items}
    filled = with_defaults({"sections": [section]})
    everywhere = {"store_types": [], "tags": [], "regions": [], "dayparts": []}
    assert filled["scoring"] == SCORING
    assert {**filled["sections"][0], "items": []} == {
        "key": "s",
        "name": text,
        "weight": None,
        "floor": None,
        "repeat": {"min": 1, "max": 20, "name": text},
        "applies": everywhere,
        "show_if": None,
        "items": [],
    }
    graded, numeric, count, day, barcode, multiple = items_of(filled)
    assert graded == {
        "key": "graded",
        "text": text,
        "guide": None,
        "kind": "graded",
        "points": 1,
        "weight": 1,
        "bonus": False,
        "flag": "general",
        "pass_line": 100,
        "required": True,
        "allow_na": False,
        "note_rule": "none",
        "photo": {"rule": "none", "min": 0, "max": 5, "camera_only": False},
        "references": [],
        "fix_hours": 168,
        "owner_role": None,
        "applies": everywhere,
        "show_if": None,
        "grades": list(GRADES),
    }
    limits = {name: numeric[name] for name in ("unit", "min", "max", "warn_min", "warn_max")}
    assert limits == {"unit": "", "min": None, "max": None, "warn_min": None, "warn_max": None}
    assert (count["step"], day["warn_days"], barcode["codes"]) == (1, None, [])
    assert (multiple["base"], multiple["fix_hours"]) == (0, 24)


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_random_checklists_are_sound_whether_filled_in_or_not(seed: int) -> None:
    content = a_checklist(random.Random(seed), plain=seed % 2 == 0)
    assert faults_in(content) == []
    assert faults_in(with_defaults(content)) == []
    assert readable(content) == []


@given(seeds)
@settings(max_examples=400, deadline=None)
def test_nothing_that_json_can_say_breaks_the_check(seed: int) -> None:
    """A field anywhere is replaced by something odd: that is a fault or it is none, but never an error."""
    dice = random.Random(seed)
    content = json.loads(json.dumps(a_checklist(dice)))
    holders = list(_holders(content))
    for _ in range(dice.randint(1, 3)):
        holder, step = dice.choice(holders)
        odd: list[Any] = [None, True, "", "x" * 3000, -1, 1e308, 10**400, [], [[]], {}, {"item": []}]
        holder[step] = dice.choice(odd)
    faults = faults_in(content)
    if not faults:
        assert faults_in(with_defaults(content)) == []


def _holders(value: Any) -> Any:
    steps = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    for step in steps:
        yield value, step
        yield from _holders(value[step])


ITEM: dict[str, Any] = {"key": "a"}


@pytest.mark.parametrize(
    ("content", "expect"),
    [
        ({"sections": []}, []),
        ({"scoring": {}, "sections": [{"items": []}]}, []),
        ({"sections": [{"items": [ITEM, {}]}], "more": 1}, []),
        ({"sections": [{"items": [{"text": "x" * 2000}]}]}, []),
        ([], [("", "invalid")]),
        ({}, [("/sections", "invalid")]),
        ({"sections": {}}, [("/sections", "invalid")]),
        ({"sections": [[]]}, [("/sections/0", "invalid")]),
        ({"sections": [{}]}, [("/sections/0/items", "invalid")]),
        ({"sections": [{"items": [ITEM, "a"]}]}, [("/sections/0/items/1", "invalid")]),
        ({"sections": [{"items": [{"a/b": "x" * 2001}]}]}, [("/sections/0/items/0/a~1b", "too_long")]),
        ({"sections": [{"items": [{"points": 1e999}]}]}, [("/sections/0/items/0/points", "invalid")]),
        ({"sections": [], "notes": [["x" * 2001]]}, [("/notes/0/0", "too_long")]),
    ],
)
def test_a_draft_may_be_kept_while_it_can_be_shown(content: Any, expect: list[tuple[str, str]]) -> None:
    assert [(fault.pointer, fault.code) for fault in readable(content)] == expect
