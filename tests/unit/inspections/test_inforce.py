import random
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.checklists.content import faults_in, items_of
from api.checklists.content_defaults import REPEAT
from api.checklists.keys import base_key, round_of
from api.inspections.dayparts import daypart
from api.inspections.inforce import context_of, in_force, same_context
from tests.support.checklists import DAY, a_checklist, a_report
from tests.unit.vectors import named, table

CASES = table("inforce")
seeds = st.integers(0, 10**9)


def of(what: str) -> list[dict[str, Any]]:
    found = [case for case in CASES if case["what"] == what]
    assert found
    return found


def keys(content: Any) -> list[list[Any]]:
    return [[section["key"], [item["key"] for item in section["items"]]] for section in content["sections"]]


@pytest.mark.parametrize("case", of("in_force"), ids=named(of("in_force")))
def test_what_is_in_force(case: dict[str, Any]) -> None:
    day = date.fromisoformat(case["on_date"])
    found = in_force(case["content"], case["context"], case["answers"], case["rounds"], day)
    assert keys(found) == case["expect"]
    assert (found is case["content"]) == case["same"]


@pytest.mark.parametrize("case", of("in_force"), ids=named(of("in_force")))
def test_the_checklist_itself_is_left_alone(case: dict[str, Any]) -> None:
    before = str(case["content"])
    in_force(case["content"], case["context"], case["answers"], case["rounds"], date(2026, 11, 25))
    assert str(case["content"]) == before


@pytest.mark.parametrize("case", of("daypart"), ids=named(of("daypart")))
def test_dayparts(case: dict[str, Any]) -> None:
    assert daypart(time.fromisoformat(case["local_time"])) == case["expect"]


@pytest.mark.parametrize("case", of("same_context"), ids=named(of("same_context")))
def test_same_contexts(case: dict[str, Any]) -> None:
    assert same_context(case["a"], case["b"]) is case["expect"]
    assert same_context(case["b"], case["a"]) is case["expect"]


@pytest.mark.parametrize("case", of("context"), ids=named(of("context")))
def test_contexts(case: dict[str, Any]) -> None:
    at = time.fromisoformat(case["local_time"])
    assert context_of(case["store_type"], case["tags"], case["region_codes"], at) == case["expect"]


@pytest.mark.parametrize("case", of("key"), ids=named(of("key")))
def test_keys(case: dict[str, Any]) -> None:
    assert {"base": base_key(case["key"]), "round": round_of(case["key"])} == case["expect"]


@given(seeds)
@settings(max_examples=400, deadline=None)
def test_what_is_in_force_asks_nothing_any_more(seed: int) -> None:
    content, context, rounds, answers = a_report(random.Random(seed))
    found = in_force(content, context, answers, rounds, DAY)
    assert in_force(found, None, answers, rounds, DAY) is found
    assert in_force(found, context, answers, rounds, DAY) == found
    assert all(section["items"] for section in found["sections"])
    for thing in [*found["sections"], *items_of(found)]:
        assert thing["show_if"] is None and not thing.get("repeat")


@given(seeds)
@settings(max_examples=400, deadline=None)
def test_the_order_of_answers_and_answers_to_what_is_hidden_change_nothing(seed: int) -> None:
    content, context, rounds, answers = a_report(random.Random(seed))
    found = in_force(content, context, answers, rounds, DAY)
    assert in_force(content, context, answers[::-1], rounds, DAY) == found
    shown = {item["key"] for item in items_of(found)}
    sent = [answer for answer in answers if answer["item_key"] in shown]
    assert in_force(content, context, sent, rounds, DAY) == found


@given(seeds)
@settings(max_examples=400, deadline=None)
def test_items_keep_their_order_and_their_words_and_rounds_stay_within_bounds(seed: int) -> None:
    content, context, rounds, answers = a_report(random.Random(seed))
    found = in_force(content, context, answers, rounds, DAY)
    originals = {item["key"]: item for item in items_of(content)}
    for item in items_of(found):
        changed = {name for name, value in item.items() if originals[base_key(item["key"])][name] != value}
        assert changed <= {"key", "show_if"}
    places = {key: place for place, key in enumerate(originals)}
    for section in found["sections"]:
        walked = [places[base_key(item["key"])] for item in section["items"]]
        assert walked == sorted(set(walked))
        number = round_of(section["key"])
        (repeat,) = [s["repeat"] for s in content["sections"] if s["key"] == base_key(section["key"])]
        assert (number is None) == (repeat is None)
        if repeat is not None:
            assert 1 <= (number or 0) <= {**REPEAT, **repeat}["max"]


@given(seeds)
@settings(max_examples=400, deadline=None)
def test_a_checklist_turned_round_asks_forward_and_is_refused(seed: int) -> None:
    """Conditions look back, so whoever asks stands behind; turned round, every one of them is a fault."""
    content = a_checklist(random.Random(seed))
    asking = sum(thing["show_if"] is not None for thing in [*content["sections"], *items_of(content)])
    turned = [{**s, "items": s["items"][::-1]} for s in content["sections"][::-1]]
    codes = {fault.code for fault in faults_in({**content, "sections": turned})}
    assert faults_in(content) == []
    assert codes & {"not_earlier"} == ({"not_earlier"} if asking else set())
