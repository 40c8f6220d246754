from datetime import date
from typing import Any

import pytest

from api.inspections.completeness import complete
from api.inspections.judgement import judge
from api.inspections.scoring import plain, score
from tests.unit.vectors import named, table

SCORING, JUDGEMENT, COMPLETENESS = table("scoring"), table("judgement"), table("completeness")


@pytest.mark.parametrize("case", SCORING, ids=named(SCORING))
def test_scores(case: dict[str, Any]) -> None:
    shown = score(case["content"], case["answers"], date.fromisoformat(case["on_date"])).as_json()
    assert {name: shown[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", JUDGEMENT, ids=named(JUDGEMENT))
def test_judgements(case: dict[str, Any]) -> None:
    found = judge(case["item"], case["answer"], date.fromisoformat(case["on_date"]))
    assert {
        "result": found.result,
        "max": plain(found.max),
        "earned": plain(found.earned),
        "finding": found.finding,
        "warning": found.warning,
    } == case["expect"]


@pytest.mark.parametrize("case", COMPLETENESS, ids=named(COMPLETENESS))
def test_completeness(case: dict[str, Any]) -> None:
    gaps = complete(case["content"], case["answers"], date.fromisoformat(case["on_date"]))
    assert [{"item_key": g.item_key, "code": g.code} for g in gaps] == case["expect"]
