"""What holds for every checklist and every answer, and that phone and server agree on all of them."""

import json
import random
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api.checklists.content import faults_in, with_defaults
from api.core.config import ROOT
from api.inspections.completeness import complete
from api.inspections.scoring import score

DAY = date(2026, 11, 25)
KINDS = ("pass_fail", "graded", "numeric", "count", "date", "text", "photo", "signature")


def a_checklist(dice: random.Random) -> dict[str, Any]:
    sections = []
    for s in range(dice.randint(1, 4)):
        items = [an_item(dice, f"i{s}-{i}") for i in range(dice.randint(1, 6))]
        floor = dice.choice([None, 50, 75.5])
        name = {"zh": "大类", "en": ""}
        sections.append(
            {
                "key": f"s{s}",
                "name": name,
                "weight": dice.choice([0, 1, 2.5, 40]),
                "floor": floor,
                "items": items,
            }
        )
    scoring = {
        "mode": dice.choice(["additive", "section_weighted", "deduct"]),
        "redline_policy": dice.choice(["cap", "zero", "flag"]),
        "redline_cap": dice.choice([59, 40.5]),
        "key_unrated": dice.randint(1, 3),
        "key_cap": dice.choice(["A", "B", "C"]),
    }
    content = {"scoring": scoring, "sections": sections}
    assert faults_in(content) == []
    return with_defaults(content)


def an_item(dice: random.Random, key: str) -> dict[str, Any]:
    kind = dice.choice(KINDS)
    item: dict[str, Any] = {
        "key": key,
        "text": {"zh": "", "en": key},
        "kind": kind,
        "points": dice.choice([0, 0.1, 1, 2.5, 3.333, 10]),
        "bonus": dice.random() < 0.1,
        "flag": dice.choice(["general", "general", "key", "redline"]),
        "pass_line": dice.choice([100, 80, 0]),
        "allow_na": dice.random() < 0.5,
        "photo": {"rule": dice.choice(["none", "on_fail", "always"]), "min": dice.randint(0, 2)},
    }
    if kind == "numeric":
        item |= {"min": dice.choice([None, 0, -1.5]), "max": dice.choice([None, 8, 0.3])}
    elif kind == "count":
        item["step"] = dice.choice([0.5, 1, 3])
    elif kind == "date":
        item["warn_days"] = dice.choice([None, 0, 30])
    return item


def an_answer(dice: random.Random, item: dict[str, Any]) -> dict[str, Any]:
    odd = dice.random() < 0.1
    values: dict[str, Any] = {
        "graded": dice.choice(["excellent", "good", "fair", "poor"]),
        "numeric": dice.choice([0, 0.3, 4, 8, 8.001, -1.5, 100]),
        "count": dice.randint(0, 5),
        "date": (DAY + timedelta(days=dice.randint(-3, 40))).isoformat(),
        "text": dice.choice(["fine", " "]),
    }
    value = dice.choice([None, "", "odd", 3.5, -1]) if odd else values.get(item["kind"])
    result = dice.choice(["pass", "pass", "fail", "na", "cannot_check", None])
    return {
        "item_key": item["key"],
        "result": result,
        "value": value,
        "reason": dice.choice(["", "closed"]),
        "photos": [{}] * dice.randint(0, 6),
        "fixed_on_spot": dice.random() < 0.2,
        "fix_photos": [{}] * dice.randint(0, 1),
    }


def a_case(seed: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    dice = random.Random(seed)
    content = a_checklist(dice)
    items = [item for section in content["sections"] for item in section["items"]]
    return content, [an_answer(dice, item) for item in items if dice.random() < 0.9]


seeds = st.integers(0, 10**9)


@given(seeds)
@settings(max_examples=300, deadline=None)
def test_scores_stay_within_bounds(seed: int) -> None:
    found = score(*a_case(seed), DAY)
    assert Decimal(0) <= found.earned <= found.max
    for number in (found.raw, found.score):
        assert number is None or (0 <= number <= 100 and number == round(number, 1))
    assert (found.score is None) == (found.outcome == "not_scored") == (found.raw is None)


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_the_order_of_answers_does_not_matter(seed: int) -> None:
    content, answers = a_case(seed)
    mixed = random.Random(seed).sample(answers, len(answers))
    assert score(content, answers, DAY).as_json() == score(content, mixed, DAY).as_json()


@given(seeds)
@settings(max_examples=300, deadline=None)
def test_mending_an_item_never_lowers_the_score(seed: int) -> None:
    content, answers = a_case(seed)
    before = score(content, answers, DAY).score
    failed = [
        i for section in content["sections"] for i in section["items"] if i["kind"] in ("pass_fail", "count")
    ]
    for item in failed:
        for place, answer in enumerate(answers):
            worse = (
                answer["result"] == "fail"
                if item["kind"] == "pass_fail"
                else answer["result"] in ("pass", "fail", None)
            )
            if (
                answer["item_key"] != item["key"]
                or not worse
                or (item["kind"] == "count" and not isinstance(answer["value"], int))
            ):
                continue
            if item["kind"] == "count" and answer["value"] < 0:
                continue
            better = {**answer, "result": "pass", "value": 0 if item["kind"] == "count" else None}
            after = score(content, [*answers[:place], better, *answers[place + 1 :]], DAY).score
            assert before is None or (after is not None and after >= before)


def test_phone_and_server_agree_on_two_thousand_random_reports() -> None:
    cases = [a_case(seed) for seed in range(2000)]
    asked = "\n".join(json.dumps({"content": c, "answers": a, "on_date": DAY.isoformat()}) for c, a in cases)
    told = subprocess.run(
        ["node", "tests/domain/twin.mjs"],
        cwd=ROOT / "pwa",
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(told) == len(cases)
    scored = 0
    for (content, answers), line in zip(cases, told, strict=True):
        mine = score(content, answers, DAY).as_json()
        gaps = [[g.item_key, g.code] for g in complete(content, answers, DAY)]
        assert json.loads(line) == {"score": mine, "gaps": gaps}
        scored += mine["score"] is not None
    assert scored > 1500
