import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.checklists.condition_text import ConditionError, condition_text, parse_condition
from tests.support.checklist_items import an_item
from tests.support.conditions import a_condition

FAILED: dict[str, Any] = {"item": "a", "result": ["fail"]}
TWO: dict[str, Any] = {"item": "b", "least": 2}
NONE: dict[str, Any] = {"item": "c", "result": ["na"]}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("CVS-01-03 = fail|partial", {"item": "CVS-01-03", "result": ["fail", "partial"]}),
        ("fuel in gas|coal", {"item": "fuel", "value": ["gas", "coal"]}),
        ("temp >= 5", {"item": "temp", "least": 5}),
        ("temp <= -0.125", {"item": "temp", "most": -0.125}),
        ("5 <= temp <= 8", {"item": "temp", "least": 5, "most": 8}),
        ("5 <= 6 <= 8", {"item": "6", "least": 5, "most": 8}),
        ("a = fail and b >= 2", {"all": [FAILED, TWO]}),
        ("(a = fail and b >= 2) or c = na", {"any": [{"all": [FAILED, TWO]}, NONE]}),
        ("(a = fail or b >= 2) and c = na", {"all": [{"any": [FAILED, TWO]}, NONE]}),
        ("(a = fail and b >= 2) and c = na", {"all": [{"all": [FAILED, TWO]}, NONE]}),
        ("all(a = fail)", {"all": [FAILED]}),
        ("any(all(a = fail))", {"any": [{"all": [FAILED]}]}),
        ("all(a = fail and b >= 2)", {"all": [{"all": [FAILED, TWO]}]}),
        ("all(a = fail) or c = na", {"any": [{"all": [FAILED]}, NONE]}),
        ("in in in|or|and", {"item": "in", "value": ["in", "or", "and"]}),
        (
            "and = fail and or = pass",
            {"all": [{"item": "and", "result": ["fail"]}, {"item": "or", "result": ["pass"]}]},
        ),
        ("all = fail", {"item": "all", "result": ["fail"]}),
        ("a in pass|fail", {"item": "a", "value": ["pass", "fail"]}),
        (
            'a in "two words"|"say ""no"""|"（全角）"',
            {"item": "a", "value": ["two words", 'say "no"', "（全角）"]},
        ),
    ],
)
def test_a_condition_is_one_text_and_the_text_is_that_condition(text: str, condition: dict[str, Any]) -> None:
    assert condition_text(condition) == text
    assert parse_condition(text) == condition


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a=fail", "a = fail"),
        ("  a  ==  FAIL | Partial ", "a = fail|partial"),
        ("a = 不合格、部分得分", "a = fail|partial"),
        ("（a＝不合格且b≥２）或c＝不适用", "(a = fail and b >= 2) or c = na"),
        ("a 为 合格 并且 b 不低于 1.5", "a = pass and b >= 1.5"),
        ("a 属于 gas，coal", "a in gas|coal"),
        ("fuel = gas|coal", "fuel in gas|coal"),
        ("fuel = “gas”", "fuel in gas"),
        ("a = n/a", "a = na"),
        ("8 >= temp >= 5", "5 <= temp <= 8"),
        ("5≤temp≤8", "5 <= temp <= 8"),
        ("temp >= −5", "temp >= -5"),
        ("((a = fail))", "a = fail"),
        ("a = fail and b = fail or c = fail", "(a = fail and b = fail) or c = fail"),
        ("任一(a = 未作答)", "any(a = unanswered)"),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    assert condition_text(parse_condition(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "an item is missing"),
        ("a", "is missing"),
        ("a =", "a word is missing"),
        ("a = fail|", "a word is missing"),
        ("a = |fail", "before “|”"),
        ("a > 5", "not “>”"),
        ("a >= warm", "“warm” is not a number"),
        ('a >= "5"', "is not a number"),
        ("a = fail b = fail", "“b” is not expected"),
        ("a = fail and", "an item is missing"),
        ("(a = fail", "a closing bracket is missing"),
        ("a = fail)", "“)” is not expected"),
        ("5 <= a >= 3", "between two limits"),
        ("a = fail; b = fail", "“; b = fail” is not understood"),
        ("如果脏", "“如果脏” is not understood"),
        ("(" * 50 + "a = fail", "too many brackets"),
    ],
)
def test_what_is_no_condition_is_said_in_words(typed: str, says: str) -> None:
    with pytest.raises(ConditionError) as wrong:
        parse_condition(typed)
    assert says in str(wrong.value)


@pytest.mark.parametrize(
    "broken", [{}, {"item": "a"}, {"item": 5, "result": ["fail"]}, {"all": 3}, {"all": [], "any": []}, []]
)
def test_what_is_no_condition_is_not_written(broken: Any) -> None:
    with pytest.raises(ValueError, match="condition"):
        condition_text(broken)


@given(st.integers())
def test_every_condition_comes_back_as_it_was(seed: int) -> None:
    dice = random.Random(seed)
    earlier = [an_item(dice, key) for key in ("a", "b-1", "CVS-01-03", "5", "or", "all", "x.y_z")]
    condition = a_condition(dice, earlier)
    assert parse_condition(condition_text(condition)) == condition
