"""Scores in words, what-if, repeats, and reports that are judged by what was in force there."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support.company import Company, call
from tests.support.lists import answer, begin, content, item, publish, published, save, section, words

LATE = "2026-03-02T13:30:00Z"  # 21:30 in Shanghai: the evening
LATER = "2026-03-02T13:50:00Z"
EVERYTHING = content(
    section(
        "door",
        item("open"),
        item(
            "gas", "single", choices=[{"key": k, "name": words(k), "percent": 100} for k in ("gas", "none")]
        ),
        item("valve", show_if={"item": "gas", "value": ["gas"]}, flag="redline"),
        item("lane", applies={"store_types": [], "tags": ["drive-in"], "regions": [], "dayparts": []}),
        item("night", applies={"store_types": [], "tags": [], "regions": [], "dayparts": ["night"]}),
    ),
    section(
        "freezer", item("temp", "numeric", max=-18), repeat={"min": 1, "max": 3, "name": words("Freezer")}
    ),
    redline_policy="flag",
)


def send(
    company: Company, checklist: dict[str, Any], answers: list[dict[str, Any]], **more: Any
) -> tuple[int, Any]:
    document = company.document(
        checklist_id=checklist["id"],
        checklist_version=more.pop("checklist_version", checklist["published_version"]),
        answers=[given | {"answered_at": LATER, "changed_at": LATER} for given in answers],
        started_at=LATE,
        submitted_at=LATER,
    )
    return company.supervisor.put_signed(f"/inspections/{new_id()}", document | more)


def context(company: Company, **changes: Any) -> dict[str, Any]:
    return {
        "store_type": "",
        "tags": [],
        "region_codes": [f"E-{company.mark}"],
        "daypart": "evening",
    } | changes


@pytest.fixture
def everything(company: Company) -> dict[str, Any]:
    return published(company, EVERYTHING)


BARE = [answer("open"), answer("gas", None, "none"), answer("temp#1", None, -20)]


def test_what_is_not_in_force_need_not_be_answered_and_does_not_count(
    company: Company, everything: dict[str, Any]
) -> None:
    status, receipt = send(company, everything, BARE, context=context(company))
    assert (status, receipt["score"], receipt["flags"]) == (201, 100, [])
    more = [
        *BARE,
        answer("valve", "fail"),
        answer("lane", "fail"),
        answer("temp#3", None, 9),
        answer("temp", None, 9),
    ]
    status, receipt = send(company, everything, more, context=context(company))
    assert (status, receipt["score"], receipt["task_ids"]) == (201, 100, [])
    shown = company.supervisor.get(f"/inspections/{receipt['id']}")[1]
    assert {a["item_key"] for a in shown["answers"]} == {"open", "gas", "temp#1"}
    assert (shown["context"], shown["rounds"]) == (context(company), {})


@pytest.mark.parametrize("key", ["ghost", "open#2", "temp#0", "temp#x"])
def test_an_answer_to_what_the_checklist_never_had_is_refused(
    company: Company, everything: dict[str, Any], key: str
) -> None:
    status, problem = send(company, everything, [*BARE, answer(key)], context=context(company))
    assert (status, problem["errors"][0]["pointer"]) == (422, "/answers/3/item_key")


def test_what_is_in_force_must_be_answered_in_every_round(
    company: Company, everything: dict[str, Any]
) -> None:
    rounds = {"freezer": ["Kitchen", ""]}
    given = [answer("open"), answer("gas", None, "gas"), answer("temp#1", None, -20)]
    status, problem = send(
        company, everything, given, context=context(company, tags=["drive-in"]), rounds=rounds
    )
    assert (status, problem["type"]) == (422, "/problems/incomplete-answers")
    assert [e["pointer"] for e in problem["errors"]] == ["/answers/valve", "/answers/lane", "/answers/temp#2"]
    given += [answer("valve"), answer("lane"), answer("temp#2", None, -3, note="open door")]
    given[2]["value"] = -1
    status, receipt = send(
        company, everything, given, context=context(company, tags=["drive-in"]), rounds=rounds
    )
    assert (status, receipt["flags"], receipt["score"]) == (201, ["store_differs"], 66.7)
    titles = {
        company.supervisor.get(f"/tasks/{task}")[1]["item_key"]: company.supervisor.get(f"/tasks/{task}")[1][
            "title"
        ]["en"]
        for task in receipt["task_ids"]
    }
    assert titles == {"temp#1": "temp · Kitchen", "temp#2": "temp · 2"}
    assert company.supervisor.get(f"/inspections/{receipt['id']}")[1]["rounds"] == rounds


def test_without_a_context_the_servers_own_knowledge_counts(
    company: Company, everything: dict[str, Any]
) -> None:
    version = company.admin.get(f"/stores/{company.store}")[1]["version"]
    company.admin.call("PATCH", f"/stores/{company.store}", {"version": version, "tags": ["drive-in"]})
    status, problem = send(company, everything, BARE)
    assert [e["pointer"] for e in problem["errors"]] == ["/answers/lane"]
    status, receipt = send(company, everything, [*BARE, answer("lane", "fail")])
    assert (status, receipt["flags"], receipt["score"]) == (201, [], 75)
    known = context(company, tags=["drive-in"])
    assert company.supervisor.get(f"/inspections/{receipt['id']}")[1]["context"] == known
    company.admin.call("PATCH", f"/stores/{company.store}", {"version": version + 1, "tags": []})
    explained = company.supervisor.get(f"/inspections/{receipt['id']}/explanation")[1]
    assert explained["score"]["score"] == 75


@pytest.mark.parametrize(
    "change",
    [{"tags": ["other"]}, {"store_type": "kiosk"}, {"region_codes": []}, {"daypart": "night"}],
)
def test_a_phone_that_knew_another_store_is_flagged_and_believed(
    company: Company, everything: dict[str, Any], change: dict[str, Any]
) -> None:
    given = [*BARE, answer("night")] if "daypart" in change else BARE
    status, receipt = send(company, everything, given, context=context(company, **change))
    assert (status, receipt["flags"], receipt["status"]) == (201, ["store_differs"], "in_review")


@pytest.mark.parametrize(
    "change",
    [
        {"context": {"store_type": ""}},
        {"rounds": {"freezer": "two"}},
        {"rounds": {"free zer": []}},
        {"answers": [answer("gas", None, ["a"] * 31)]},
        {"answers": [answer("gas", None, [1])]},
        {"answers": [answer("x" * 60 + "#1000")]},
    ],
)
def test_a_wrong_shape_of_what_is_new_is_a_422(
    company: Company, everything: dict[str, Any], change: dict[str, Any]
) -> None:
    status, problem = send(company, everything, **({"answers": BARE} | change))
    assert (status, problem["type"]) == (422, "/problems/validation")


def test_several_choices_come_as_a_list(company: Company) -> None:
    choices = [{"key": k, "name": words(k), "percent": -40} for k in ("dust", "crumbs")]
    checklist = published(
        company, content(section("s", item("table", "multiple", base=100, choices=choices)))
    )
    status, receipt = send(company, checklist, [answer("table", None, ["dust", "crumbs"])])
    assert (status, receipt["score"]) == (201, 20)
    assert company.supervisor.get(f"/inspections/{receipt['id']}")[1]["answers"][0]["value"] == [
        "dust",
        "crumbs",
    ]


def test_a_report_stays_on_the_version_it_was_begun_on(company: Company) -> None:
    one = published(company, content(section("s", item("a"))))
    two = publish(company.admin, save(company.admin, one, content(section("s", item("a"), item("b")))))
    three = publish(
        company.admin, save(company.admin, two, content(section("s", item("a", points=30), item("b"))))
    )
    four = publish(company.admin, save(company.admin, three, content(section("s", item("c")))))
    assert four["published_version"] == 4
    status, receipt = send(company, four, [answer("a", "fail"), answer("b")], checklist_version=3)
    assert (status, receipt["score"]) == (201, 25)
    shown = company.supervisor.get(f"/inspections/{receipt['id']}")[1]
    assert (shown["checklist_version"], shown["failed_items"]) == (3, ["a"])
    explained = company.supervisor.get(f"/inspections/{receipt['id']}/explanation")[1]
    assert explained["score"]["score"] == 25
    assert [i["item_key"] for i in explained["items"]] == ["a"]


def test_a_report_explains_itself_and_says_what_mending_restores(company: Company) -> None:
    report, receipt = company.submit()
    status, explained = company.keeper.get(f"/inspections/{report}/explanation")
    assert status == 200
    facts = company.keeper.get(f"/inspections/{report}")[1]["score_facts"]
    facts.pop("context")
    assert explained["score"] == facts
    assert len(explained["words"]) == len(facts["trace"])
    assert all(w["zh"] and w["en"] for w in explained["words"])
    (cold,) = explained["items"]
    assert (cold["item_key"], cold["section_key"], cold["flag"], cold["lost"], cold["cost"]) == (
        "cold",
        "s1",
        "key",
        10,
        25,
    )
    assert cold["if_closed"] == explained["all_closed"] == {"score": 100, "band": "A", "outcome": "pass"}
    path = f"/inspections/{report}/what-if"
    assert company.keeper.post(path, {"closed": ["cold"]})[1] == cold["if_closed"]
    assert company.keeper.post(path, {"closed": []})[1] == {
        "score": receipt["score"],
        "band": "B",
        "outcome": "fail",
    }
    status, problem = company.keeper.post(path, {"closed": ["cold", "ghost"]})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/closed/1")
    assert company.keeper.post(path, {"closed": "cold"})[0] == 422
    assert company.stranger.get(f"/inspections/{report}/explanation")[0] == 404
    assert company.stranger.post(path, {"closed": []})[0] == 404
    assert call(company.app, "GET", f"/inspections/{report}/explanation")[0] == 401
    assert call(company.app, "POST", path, {"closed": []})[0] == 401


def days_ago(days: int) -> dict[str, Any]:
    then = datetime.now(UTC) - timedelta(days=days)
    at = moment_text(then)
    return {"on_date": then.date().isoformat(), "started_at": at, "submitted_at": at}


def cold(company: Company, value: float, days: int) -> dict[str, Any]:
    """A report of some days ago; its chiller is right at 5 and wrong at 12 degrees."""
    answers = company.document()["answers"]
    answers[1] |= {"value": value}
    return company.submit(answers=answers, **days_ago(days))[1]


def severity(company: Company, receipt: dict[str, Any]) -> int:
    return company.keeper.get(f"/tasks/{receipt['task_ids'][0]}")[1]["severity"]


def repeats(company: Company, receipt: dict[str, Any]) -> list[str]:
    return company.keeper.get(f"/inspections/{receipt['id']}")[1]["score_facts"]["repeats"]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], []),
        ([(12, 10)], ["cold"]),
        ([(12, 90)], ["cold"]),
        ([(12, 91)], []),
        ([(12, 20), (5, 10)], ["cold"]),
        ([(12, 30), (5, 20), (5, 10)], []),
    ],
)
def test_what_failed_in_the_last_two_visits_of_ninety_days_is_a_repeat(
    company: Company, before: list[tuple[float, int]], expected: list[str]
) -> None:
    for value, days in before:
        cold(company, value, days)
    receipt = cold(company, 12, 0)
    assert repeats(company, receipt) == expected
    assert severity(company, receipt) == (3 if expected else 2)
    trace = company.keeper.get(f"/inspections/{receipt['id']}/explanation")[1]["score"]["trace"]
    assert ([s["items"] for s in trace if s["step"] == "repeat"] == [expected]) is bool(expected)


def test_voided_and_later_reports_and_other_checklists_repeat_nothing(company: Company) -> None:
    first = cold(company, 12, 10)
    void = {"action": "void", "version": 1, "reason": "wrong store"}
    path = f"/inspections/{first['id']}/transitions/{new_id()}"
    assert company.manager.put_signed(path, void)[0] == 200
    assert repeats(company, cold(company, 12, 5)) == []
    assert repeats(company, cold(company, 12, 8)) == []
    other = published(company, content(section("s", item("cold"))))
    status, receipt = send(company, other, [answer("cold", "fail")])
    assert (status, repeats(company, receipt)) == (201, [])


def test_the_checklist_says_who_mends(company: Company) -> None:
    roles = ["store_manager", "store_staff", "supervisor", "regional_manager", None]
    items = [item(f"i{n}", owner_role=role) for n, role in enumerate(roles)]
    checklist = published(company, content(section("s", *items)))
    _, receipt = send(company, checklist, [answer(i["key"], "fail") for i in items])
    tasks = [company.supervisor.get(f"/tasks/{task}")[1] for task in receipt["task_ids"]]
    who = {t["item_key"]: t["assignee"]["name"] for t in tasks}
    assert who == {"i0": "keeper", "i1": "clerk", "i2": "supervisor", "i3": "manager", "i4": "keeper"}
    company.admin.call("PATCH", f"/users/{company.clerk.id}", {"is_active": False})
    _, receipt = send(company, checklist, [answer(i["key"], "fail") for i in items], note="again")
    tasks = [company.supervisor.get(f"/tasks/{task}")[1] for task in receipt["task_ids"]]
    assert {t["item_key"]: t["assignee"]["name"] for t in tasks} == who | {"i1": "keeper"}


def ask(person: Any, checklist: dict[str, Any], **question: Any) -> tuple[int, Any]:
    return person.post(f"/checklists/{checklist['id']}/score", {"version": 1, "answers": []} | question)


def test_answers_are_scored_and_explained_without_being_stored(
    company: Company, everything: dict[str, Any]
) -> None:
    plain = [
        {"item_key": "open", "result": "fail"},
        {"item_key": "gas", "value": "none"},
        {"item_key": "temp#1", "value": -20},
        {"item_key": "temp#2", "value": -20},
    ]
    question = {
        "answers": plain,
        "context": context(company),
        "rounds": {"freezer": ["", ""]},
        "earlier": ["open"],
    }
    status, explained = ask(company.keeper, everything, **question)
    assert (status, explained["score"]["score"], explained["score"]["repeats"]) == (200, 75, ["open"])
    assert explained["all_closed"]["score"] == 100
    assert explained["score"]["coverage"]["total"] == 4
    assert ask(company.keeper, everything)[1]["score"]["coverage"]["total"] == 5
    assert company.keeper.get("/inspections")[1]["items"] == []


def test_a_draft_is_scored_for_those_who_write_it(company: Company) -> None:
    begun = begin(company, content(section("s", item("a"), item("b"))))
    given = {
        "version": "draft",
        "answers": [{"item_key": "a", "result": "pass"}, {"item_key": "b", "result": "fail"}],
    }
    assert ask(company.admin, begun, **given)[1]["score"]["score"] == 50
    assert ask(company.keeper, begun, **given)[0] == 404
    faulty = save(company.admin, begun, content(section("s", item("a"), item("a"))))
    status, problem = ask(company.admin, faulty, **given)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/content/sections/0/items/1/key")
    shown = publish(company.admin, save(company.admin, faulty, content(section("s", item("a")))))
    assert ask(company.admin, shown, **given)[0] == 404
    assert ask(company.keeper, shown, **given)[0] == 403
    assert ask(company.keeper, shown, version=2)[0] == 404
    for wrong in (
        {"version": "newest"},
        {"version": 0},
        {"version": True},
        {"answers": "none"},
        {"earlier": ["?"]},
    ):
        assert ask(company.keeper, shown, **wrong)[0] == 422, json.dumps(wrong)
    assert (
        call(company.app, "POST", f"/checklists/{shown['id']}/score", {"version": 1, "answers": []})[0] == 401
    )
