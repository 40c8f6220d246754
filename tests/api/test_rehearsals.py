"""A draft replayed over reports that were really handed in, and its figures reckoned by hand."""

import copy
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.errands.models import Errand
from tests.support.company import CONTENT, Company, photo_facts, picture
from tests.support.rehearsals import (
    FORM,
    WORDS,
    answers,
    checklist_of,
    draft,
    hand_in,
    item,
    rehearsed,
    the_draft,
    three_reports,
)


@pytest.fixture(autouse=True)
def nothing_waits(company: Company) -> Iterator[None]:
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.delete(Errand)))
        yield


def test_figures_reckoned_by_hand(company: Company) -> None:
    result = rehearsed(company, *three_reports(company))
    shop = {"zh": "店", "en": "Shop"}
    words = {key: {"zh": f"项{key}", "en": f"Item {key}"} for key in "zcgx"}
    assert result == {
        "inspections": 3,
        "before": {
            "mean": 76,
            "pass_rate": 33.3,
            "bands": {"A": 1, "B": 0, "C": 2, "D": 0},
            "not_scored": 0,
        },
        "after": {
            "mean": 66.7,
            "pass_rate": 66.7,
            "bands": {"A": 1, "B": 1, "C": 0, "D": 1},
            "not_scored": 0,
        },
        "up": 1,
        "down": 1,
        "same": 1,
        "pass_to_fail": 0,
        "fail_to_pass": 1,
        "bands": [
            {"from": "A", "to": "A", "count": 1},
            {"from": "C", "to": "B", "count": 1},
            {"from": "C", "to": "D", "count": 1},
        ],
        "stores": [
            {
                "store_id": str(company.store),
                "name": shop,
                "inspections": 2,
                "before": 84,
                "after": 60,
                "delta": -24,
            },
            {
                "store_id": str(company.far_store),
                "name": shop,
                "inspections": 1,
                "before": 60,
                "after": 80,
                "delta": 20,
            },
        ],
        "unmapped": [
            {"item_key": "c", "text": words["c"], "why": "gone", "count": 3},
            {"item_key": "z", "text": words["z"], "why": "new", "count": 3},
            {"item_key": "g", "text": words["g"], "why": "value_lost", "count": 2},
            {"item_key": "x", "text": words["x"], "why": "kind_changed", "count": 2},
        ],
    }


def test_nothing_is_changed_by_a_rehearsal(company: Company) -> None:
    checklist, revision = three_reports(company)
    before = company.admin.get("/inspections?limit=200")[1]["items"]
    kept = company.admin.get(f"/checklists/{checklist}")[1]
    rehearsed(company, checklist, revision)
    assert company.admin.get("/inspections?limit=200")[1]["items"] == before
    assert company.admin.get(f"/checklists/{checklist}")[1] == kept


def test_the_same_rules_give_the_same_scores(company: Company) -> None:
    checklist, _ = three_reports(company)
    result = rehearsed(company, checklist, draft(company, checklist, FORM))
    assert (result["up"], result["down"], result["same"], result["unmapped"]) == (0, 0, 3, [])
    assert result["before"] == result["after"]
    assert [line["delta"] for line in result["stores"]] == [0, 0]


def test_only_the_newest_are_replayed_and_no_voided_ones(company: Company) -> None:
    checklist, revision = three_reports(company)
    spoilt = hand_in(company, checklist, answers(a="fail", g="poor", n=9, c=5, p="photo", x="fail"))
    report = company.admin.get(f"/inspections/{spoilt}")[1]
    path = f"/inspections/{spoilt}/transitions/{new_id()}"
    body = {"action": "void", "version": report["version"], "reason": "a trial"}
    assert company.admin.put_signed(path, body)[0] == 200
    result = rehearsed(company, checklist, revision, last=1)
    assert (result["inspections"], result["before"]["mean"], result["after"]["mean"]) == (1, 60, 80)
    assert rehearsed(company, checklist, revision)["inspections"] == 3


def test_a_draft_without_reports_is_rehearsed_over_none(company: Company) -> None:
    checklist = checklist_of(company, FORM)
    result = rehearsed(company, checklist, draft(company, checklist, the_draft()))
    assert (result["inspections"], result["stores"], result["unmapped"]) == (0, [], [])
    assert (result["before"]["mean"], result["after"]["pass_rate"]) == (None, None)


def test_a_report_of_which_nothing_can_be_scored_has_no_score_after(company: Company) -> None:
    form = copy.deepcopy(FORM)
    form["sections"][0]["items"] = [item("a")]
    checklist = checklist_of(company, form)
    hand_in(company, checklist, answers(a="pass"))
    form["sections"][0]["items"] = [item("b")]
    result = rehearsed(company, checklist, draft(company, checklist, form))
    assert (result["after"]["not_scored"], result["after"]["mean"]) == (1, None)
    assert (result["up"], result["down"], result["same"]) == (0, 0, 0)
    assert result["bands"] == [{"from": "A", "to": "not_scored", "count": 1}]
    assert result["stores"][0]["delta"] is None


def test_rounds_stores_and_conditions_are_those_of_the_visit(company: Company) -> None:
    """Freezers were walked in rounds; the draft asks about gas only where there is some, and only when
    the question before it failed."""
    form = {
        "scoring": {},
        "sections": [
            {
                "key": "freezers",
                "name": WORDS,
                "repeat": {"min": 1, "max": 9, "name": WORDS},
                "items": [item("t", "numeric", max=-18)],
            },
            {"key": "rest", "name": WORDS, "items": [item("why"), item("gas")]},
        ],
    }
    checklist = checklist_of(company, form)
    context = {"store_type": "", "tags": ["gas"], "region_codes": [], "daypart": "morning"}
    walk = answers(t__1=-20, t__2=-10, why="fail", gas="fail")
    two = {"freezers": ["left", "right"]}
    hand_in(company, checklist, walk, context=context, rounds=two)
    hand_in(company, checklist, walk, context={**context, "tags": []}, rounds=two)
    one = {"freezers": ["one"]}
    cold = answers(t__1=-20, why="fail", gas="fail")
    hand_in(company, checklist, cold, context={**context, "tags": []}, rounds=one)
    well = answers(t__1=-20, why="pass", gas="fail")
    hand_in(company, checklist, well, context=context, rounds=one)
    gas = form["sections"][1]["items"][1]
    gas |= {"applies": {"tags": ["gas"]}, "show_if": {"item": "why", "result": ["fail"]}}
    form["sections"][0]["items"][0]["max"] = -5
    result = rehearsed(company, checklist, draft(company, checklist, form))
    # Before: 10 of 40, 10 of 40, 10 of 30, 20 of 30. After: 20 of 40, 20 of 30, 10 of 20, 20 of 20.
    assert (result["before"]["mean"], result["after"]["mean"]) == (37.5, 66.7)
    assert result["after"]["bands"] == {"A": 1, "B": 0, "C": 1, "D": 2}
    assert (result["up"], result["fail_to_pass"], result["unmapped"]) == (4, 1, [])


def test_figures_agree_with_scoring_each_report_by_the_draft(company: Company) -> None:
    """The company's own checklist with a redline and a key item, scored one by one over HTTP."""
    checklist = str(company.checklist)
    form = copy.deepcopy(CONTENT)
    form["scoring"] = {
        "pass_line": 60,
        "redline_policy": "zero",
        "bands": [["X", 50], ["Y", 0]],
        "key_cap": "Y",
    }
    form["sections"][0]["items"][1]["max"] = 6
    revision = draft(company, checklist, form)
    scores = []
    for floor, cold, date in [
        ("pass", 4, "pass"),
        ("fail", 7, "pass"),
        ("na", 5, "fail"),
        ("fail", 9, "fail"),
    ]:
        given = answers(floor=floor, cold=cold, date=date)
        given[1]["photos"] = [photo_facts(picture())]
        hand_in(company, checklist, given)
        status, shown = company.admin.post(
            f"/checklists/{checklist}/score", {"version": "draft", "answers": given}
        )
        assert status == 200, shown
        scores.append(shown["score"])
    result = rehearsed(company, checklist, revision)
    tenths = [round(one["score"] * 10) for one in scores]
    assert result["after"]["mean"] == pytest.approx(int(sum(tenths) / len(tenths) + 0.5) / 10)
    bands = {band: sum(one["band"] == band for one in scores) for band in ("X", "Y")}
    assert {k: v for k, v in result["after"]["bands"].items() if k in bands} == bands
    passed = sum(one["outcome"] == "pass" for one in scores)
    assert result["after"]["pass_rate"] == pytest.approx(100 * passed / len(scores))
