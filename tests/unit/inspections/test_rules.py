from datetime import date
from typing import Any

import pytest

from api.inspections.completeness import complete
from api.inspections.explaining import explain, what_if
from api.inspections.judgement import judge
from api.inspections.scoring import plain, score
from tests.unit.vectors import named, table

SCORING, JUDGEMENT, COMPLETENESS = table("scoring"), table("judgement"), table("completeness")
EXPLAINING = table("explaining")


def day(case: dict[str, Any]) -> date:
    return date.fromisoformat(case["on_date"])


@pytest.mark.parametrize("case", SCORING, ids=named(SCORING))
def test_scores(case: dict[str, Any]) -> None:
    shown = score(case["content"], case["answers"], day(case), case.get("earlier", ())).as_json()
    assert {name: shown[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", JUDGEMENT, ids=named(JUDGEMENT))
def test_judgements(case: dict[str, Any]) -> None:
    found = judge(case["item"], case["answer"], day(case))
    assert {
        "result": found.result,
        "max": plain(found.max),
        "earned": plain(found.earned),
        "finding": found.finding,
        "warning": found.warning,
    } == case["expect"]


@pytest.mark.parametrize("case", COMPLETENESS, ids=named(COMPLETENESS))
def test_completeness(case: dict[str, Any]) -> None:
    gaps = complete(case["content"], case["answers"], day(case))
    assert [{"item_key": g.item_key, "code": g.code} for g in gaps] == case["expect"]


@pytest.mark.parametrize("case", EXPLAINING, ids=named(EXPLAINING))
def test_explanations(case: dict[str, Any]) -> None:
    content, answers = case["content"], case["answers"]
    found = explain(content, answers, day(case), case.get("earlier", ()))
    assert {name: found[name] for name in case["expect"]} == case["expect"]
    for asked in case.get("what_if", []):
        assert what_if(content, answers, day(case), asked["closed"]) == asked["expect"]


def test_there_are_enough_cases_to_lean_on() -> None:
    assert len(SCORING) >= 120
    assert len(SCORING) + len(JUDGEMENT) + len(EXPLAINING) > 400
