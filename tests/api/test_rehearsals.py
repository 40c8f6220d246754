"""A draft replayed over reports that were really handed in, and its figures reckoned by hand."""

import copy
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.errands.models import Errand
from api.jobs import errands as job
from tests.support.company import CONTENT, Company, call, photo_facts, picture

WORDS = {"zh": "项", "en": "Item"}
LIMITS = {"min": 0, "max": 8}


def item(key: str, kind: str = "pass_fail", **more: Any) -> dict[str, Any]:
    return {"key": key, "text": {"zh": f"项{key}", "en": f"Item {key}"}, "kind": kind, "points": 10, **more}


FORM: dict[str, Any] = {
    "scoring": {},
    "sections": [
        {
            "key": "s",
            "name": WORDS,
            "items": [
                item("a"),
                item("g", "graded"),
                item("n", "numeric", **LIMITS),
                item("c", "count", step=2),
                item("p", "photo"),
                item("x", allow_na=True),
            ],
        }
    ],
}
GRADES = [
    {"key": "excellent", "name": WORDS, "percent": 100},
    {"key": "fair", "name": WORDS, "percent": 60},
    {"key": "poor", "name": WORDS, "percent": 0},
]


def the_draft() -> dict[str, Any]:
    """a counts three times as much, "good" is no grade any more, n may be 5 at most, c is gone, x has
    another kind, z is new."""
    draft = copy.deepcopy(FORM)
    a, g, n, _, p, x = draft["sections"][0]["items"]
    a["points"], g["grades"], n["max"] = 30, GRADES, 5
    draft["sections"][0]["items"] = [a, g, n, p, {**x, "kind": "graded", "allow_na": True}, item("z")]
    return draft


@pytest.fixture(autouse=True)
def nothing_waits(company: Company) -> Iterator[None]:
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.delete(Errand)))
        yield


def checklist_of(company: Company, content: dict[str, Any]) -> str:
    """A checklist published as version 1."""
    body = {"code": f"R-{new_id().hex[-12:]}", "name": WORDS, "kind": "visit", "content": content}
    status, made = company.admin.post("/checklists", body)
    assert status == 201, made
    publish(company, made["id"], made["draft_revision"])
    return str(made["id"])


def publish(company: Company, checklist: str, revision: int) -> None:
    status, version = company.admin.post(f"/checklists/{checklist}/versions", {"revision": revision})
    assert status == 201, version


def draft(company: Company, checklist: str, content: dict[str, Any]) -> int:
    """Keeps a draft; its revision."""
    revision = company.admin.get(f"/checklists/{checklist}")[1]["draft_revision"]
    body = {"content": content, "revision": revision}
    status, kept = company.admin.call("PUT", f"/checklists/{checklist}/draft", body)
    assert status == 200, kept
    return int(kept["draft_revision"])


def answers(**given: Any) -> list[dict[str, Any]]:
    """pass, fail and na as results, "photo" as a photo, anything else as a value."""
    at = moment_text(datetime.now(UTC))
    found = []
    for key, what in given.items():
        answer: dict[str, Any] = {"item_key": key.replace("__", "#"), "result": None}
        if what == "photo":
            answer["photos"] = [photo_facts(picture())]
        elif what in ("pass", "fail", "na"):
            answer |= {"result": what, "reason": "not here" if what == "na" else ""}
        else:
            answer["value"] = what
        found.append(answer | {"answered_at": at, "changed_at": at})
    return found


def hand_in(
    company: Company, checklist: str, given: list[dict[str, Any]], far: bool = False, **more: Any
) -> str:
    who, store = ("stranger", company.far_store) if far else ("supervisor", company.store)
    more = {"checklist_id": checklist, "store_id": str(store), "answers": given} | more
    return company.submit(who, **more)[0]


def rehearsed(company: Company, checklist: str, revision: int, last: int = 500) -> dict[str, Any]:
    """Asks, lets the job do it, and gives the result."""
    body = {"revision": revision, "last": last}
    status, errand = company.admin.post(f"/checklists/{checklist}/rehearsals", body)
    assert (status, errand["state"]) == (202, "waiting"), errand
    assert job.run_errands() == 1
    shown = company.admin.get(f"/errands/{errand['id']}")[1]
    assert (shown["state"], shown["error"]) == ("done", ""), shown
    result: dict[str, Any] = shown["result"]
    return result


def three_reports(company: Company) -> tuple[str, int]:
    """100 and 68 points of the near store, 60 of the far one; the draft makes them 100, 20 and 80."""
    checklist = checklist_of(company, FORM)
    hand_in(company, checklist, answers(a="pass", g="excellent", n=4, c=0, p="photo", x="pass"))
    hand_in(company, checklist, answers(a="fail", g="good", n=7, c=2, p="photo", x="na"))
    hand_in(company, checklist, answers(a="pass", g="good", n=9, c=1, p="photo", x="fail"), far=True)
    return checklist, draft(company, checklist, the_draft())


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


def test_a_draft_is_rehearsed_as_it_was_when_asked(company: Company) -> None:
    checklist, revision = three_reports(company)
    body = {"revision": revision, "last": 10}
    errand = company.admin.post(f"/checklists/{checklist}/rehearsals", body)[1]
    draft(company, checklist, FORM)
    job.run_errands()
    result = company.admin.get(f"/errands/{errand['id']}")[1]["result"]
    assert result["after"]["mean"] == 66.7


@pytest.mark.parametrize("last", [0, 20_001, "many", None])
def test_how_many_is_bounded(company: Company, last: Any) -> None:
    checklist, revision = three_reports(company)
    status, problem = company.admin.post(
        f"/checklists/{checklist}/rehearsals", {"revision": revision, "last": last}
    )
    assert (status, problem["errors"][0]["pointer"]) == (422, "/last")


def test_a_draft_with_faults_is_not_rehearsed(company: Company) -> None:
    checklist, _ = three_reports(company)
    broken = the_draft()
    broken["sections"][0]["items"][0]["points"] = -1
    revision = draft(company, checklist, broken)
    status, problem = company.admin.post(f"/checklists/{checklist}/rehearsals", {"revision": revision})
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert [fault["pointer"] for fault in problem["errors"]] == ["/content/sections/0/items/0/points"]


def test_there_must_be_a_draft_and_it_must_be_the_present_one(company: Company) -> None:
    checklist, revision = three_reports(company)
    path = f"/checklists/{checklist}/rehearsals"
    status, problem = company.admin.post(path, {"revision": revision - 1})
    assert (status, problem["type"]) == (409, "/problems/stale-version")
    assert problem["current"] == {"draft_revision": revision}
    publish(company, checklist, revision)
    now = company.admin.get(f"/checklists/{checklist}")[1]["draft_revision"]
    status, problem = company.admin.post(path, {"revision": now})
    assert (status, problem["type"]) == (409, "/problems/wrong-state")
    assert company.admin.post(f"/checklists/{uuid.uuid4()}/rehearsals", {"revision": 1})[0] == 404


def test_rehearsals_are_for_head_office(company: Company) -> None:
    body = {"revision": 1, "last": 10}
    path = f"/checklists/{company.checklist}/rehearsals"
    assert call(company.app, "POST", path, body)[0] == 401
    for who in ("manager", "supervisor", "keeper", "clerk"):
        assert getattr(company, who).post(path, body)[0] == 403


def test_asking_twice_is_two_errands_with_the_same_answer(company: Company) -> None:
    checklist, revision = three_reports(company)
    path = f"/checklists/{checklist}/rehearsals"
    asked = [company.admin.post(path, {"revision": revision})[1]["id"] for _ in range(2)]
    assert job.run_errands() == 2
    first, second = (company.admin.get(f"/errands/{one}")[1] for one in asked)
    assert first["id"] != second["id"]
    assert first["result"] == second["result"]


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
