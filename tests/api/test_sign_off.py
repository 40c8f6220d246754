"""The store's word on a report: given on the inspector's phone, or later on its own."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support.company import Answer, Company, photo_facts, picture


def signed(**changes: Any) -> dict[str, Any]:
    hand = {"outcome": "signed", "name": "Ms Wu", "note": "", "at": moment_text(datetime.now(UTC))}
    return hand | {"photo": photo_facts(picture("PNG"))} | changes


def answer(
    company: Company, who: str, report: str, outcome: str = "signed", step: str | None = None, **more: Any
) -> Answer:
    body = {"action": "sign_off", "outcome": outcome, "note": "", "version": 1} | more
    path = f"/inspections/{report}/transitions/{step or new_id()}"
    return getattr(company, who).put_signed(path, body)


def test_a_signature_comes_with_the_report_and_is_shown_to_all_who_see_it(company: Company) -> None:
    hand = picture("PNG")
    report, receipt = company.submit(sign_off=signed(photo=photo_facts(hand)))
    sha256 = photo_facts(hand)["sha256"]
    assert sha256 in receipt["missing_photos"]
    assert company.supervisor.put_photo(hand, "image/png")[0] == 201
    for who in ("supervisor", "manager", "keeper", "clerk", "admin"):
        shown = getattr(company, who).get(f"/inspections/{report}")[1]
        assert (shown["sign_off"]["outcome"], shown["sign_off"]["name"]) == ("signed", "Ms Wu")
        assert shown["sign_off"]["photo"]["sha256"] == sha256
        assert sha256 not in shown["missing_photos"]
        assert getattr(company, who).get(f"/photos/{sha256}")[0] == 200
    assert company.far_keeper.get(f"/photos/{sha256}")[0] == 404


def test_a_report_of_an_older_phone_has_none(company: Company) -> None:
    report, _ = company.submit()
    shown = company.keeper.get(f"/inspections/{report}")[1]
    assert (shown["sign_off"], shown["history"]) == (None, [])


@pytest.mark.parametrize("outcome", ["refused", "absent"])
def test_without_a_signature_the_reason_is_kept(company: Company, outcome: str) -> None:
    report, receipt = company.submit(
        sign_off=signed(outcome=outcome, name="", note="shift change", photo=None)
    )
    assert receipt["status"] == "approved"
    assert company.keeper.get(f"/inspections/{report}")[1]["sign_off"]["note"] == "shift change"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"outcome": "maybe"}, "/sign_off/outcome"),
        ({"photo": None}, "/sign_off/photo"),
        ({"name": " "}, "/sign_off/name"),
        ({"outcome": "objection"}, "/sign_off/note"),
        ({"outcome": "refused", "photo": None, "note": " "}, "/sign_off/note"),
        ({"outcome": "absent", "note": "closed"}, "/sign_off/photo"),
        ({"mood": "good"}, "/sign_off/mood"),
        ({"at": "yesterday"}, "/sign_off/at"),
    ],
)
def test_a_sign_off_of_the_wrong_shape_is_422(
    company: Company, changes: dict[str, Any], pointer: str
) -> None:
    status, problem = company.supervisor.put_signed(
        f"/inspections/{new_id()}", company.document(sign_off=signed(**changes))
    )
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert pointer in {e["pointer"] for e in problem["errors"]}


def test_the_store_objects_later_on_its_own_phone(company: Company) -> None:
    report, receipt = company.submit(sign_off=signed())
    status, shown = answer(company, "keeper", report, "objection", note="the probe was broken")
    assert status == 200
    assert (shown["status"], shown["score"]) == (receipt["status"], receipt["score"])
    history = company.supervisor.get(f"/inspections/{report}")[1]["history"]
    assert [(s["action"], s["outcome"], s["note"], s["actor"]["name"]) for s in history] == [
        ("sign_off", "objection", "the probe was broken", "keeper")
    ]
    assert shown["sign_off"]["outcome"] == "signed"


def test_reviews_stand_in_the_history_too(company: Company) -> None:
    report, receipt = company.submit(check_in=None)
    assert receipt["status"] == "in_review"
    assert answer(company, "keeper", report)[0] == 200
    body = {"action": "approve", "version": 2}
    assert company.manager.put_signed(f"/inspections/{report}/transitions/{new_id()}", body)[0] == 200
    history = company.keeper.get(f"/inspections/{report}")[1]["history"]
    assert [(s["action"], s["from"], s["to"]) for s in history] == [
        ("sign_off", "in_review", "in_review"),
        ("approve", "in_review", "approved"),
    ]


def test_the_same_answer_again_is_200_and_another_one_409(company: Company) -> None:
    report, _ = company.submit()
    step = str(new_id())
    assert answer(company, "keeper", report, step=step)[0] == 200
    assert answer(company, "keeper", report, step=step)[0] == 200
    status, problem = answer(company, "keeper", report, "objection", step=step, note="no")
    assert (status, problem["type"]) == (409, "/problems/id-reused")
    status, problem = answer(company, "clerk", report, version=2)
    assert (status, problem["type"], problem["code"]) == (409, "/problems/wrong-state", "answered")
    assert len(company.keeper.get(f"/inspections/{report}")[1]["history"]) == 1


def test_who_may_not(company: Company) -> None:
    report, _ = company.submit()
    assert answer(company, "far_keeper", report)[0] == 404
    assert answer(company, "stranger", report)[0] == 404
    for who in ("supervisor", "manager", "admin"):
        assert answer(company, who, report)[0] == 403
    own, _ = company.submit("keeper")
    status, problem = answer(company, "keeper", own)
    assert (status, problem["code"]) == (403, "own_report")
    company.keeper.token = ""
    company.people["keeper"].token = "nothing"
    assert answer(company, "keeper", report)[0] == 401


@pytest.mark.parametrize(
    ("outcome", "more", "pointer"),
    [
        ("objection", {"note": "  "}, "/note"),
        ("refused", {}, "/outcome"),
        (None, {}, "/outcome"),
        ("signed", {"reason": "x"}, "/reason"),
        ("signed", {"action": "approve"}, "/outcome"),
        ("signed", {"extra": 1}, "/extra"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_422(
    company: Company, outcome: Any, more: dict[str, Any], pointer: str
) -> None:
    report, _ = company.submit()
    status, problem = answer(company, "keeper", report, outcome, **more)
    assert status == 422
    assert pointer in {e["pointer"] for e in problem["errors"]}


def test_the_wrong_moment(company: Company) -> None:
    report, _ = company.submit()
    status, problem = answer(company, "keeper", report, version=7)
    assert (status, problem["type"]) == (409, "/problems/stale-version")
    void = {"action": "void", "version": 1, "reason": "twice"}
    assert company.admin.put_signed(f"/inspections/{report}/transitions/{new_id()}", void)[0] == 200
    status, problem = answer(company, "keeper", report, version=2)
    assert (status, problem["type"]) == (409, "/problems/wrong-state")


def test_two_at_once_count_once(company: Company) -> None:
    report, _ = company.submit()
    assert company.keeper.token and company.clerk.token
    ends: list[int] = []
    gate = threading.Barrier(2)

    def sign(who: str) -> None:
        gate.wait()
        ends.append(answer(company, who, report)[0])

    threads = [threading.Thread(target=sign, args=(who,)) for who in ("keeper", "clerk")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == [200, 409]
    assert len(company.supervisor.get(f"/inspections/{report}")[1]["history"]) == 1
