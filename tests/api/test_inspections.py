import json
from datetime import UTC, datetime, timedelta

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support.company import Company, call, digest_header, picture


def test_a_report_comes_with_score_task_and_receipt(company: Company) -> None:
    visit = company.visit()
    report, receipt = company.submit(visit_id=visit["id"])
    assert (receipt["score"], receipt["raw_score"], receipt["band"], receipt["outcome"]) == (
        75,
        75,
        "B",
        "fail",
    )
    assert len(receipt["task_ids"]) == len(receipt["missing_photos"]) == 1
    assert (receipt["status"], receipt["flags"]) == ("approved", [])
    status, shown = company.manager.get(f"/inspections/{report}")
    assert status == 200
    assert {a["item_key"]: a["result"] for a in shown["answers"]} == {
        "floor": "pass",
        "cold": "fail",
        "date": "pass",
    }
    assert [s["step"] for s in shown["score_facts"]["trace"]] == ["raw", "key", "band"]
    planned = company.supervisor.get(f"/visits?store_id={company.store}")[1]["items"][0]
    assert (planned["state"], planned["inspection_id"]) == ("submitted", report)


def test_the_same_report_twice_is_200_with_the_same_receipt(company: Company) -> None:
    report, document = str(new_id()), company.document()
    first = company.supervisor.put_signed(f"/inspections/{report}", document)
    again = company.supervisor.put_signed(f"/inspections/{report}", document)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert len(company.supervisor.get(f"/tasks?store_id={company.store}")[1]["items"]) == 1


def test_another_report_under_the_same_id_is_409_and_the_first_stays(company: Company) -> None:
    report, receipt = company.submit()
    status, problem = company.supervisor.put_signed(f"/inspections/{report}", company.document(note="other"))
    assert (status, problem["type"]) == (409, "/problems/id-reused")
    assert company.supervisor.get(f"/inspections/{report}")[1]["content_sha256"] == receipt["content_sha256"]
    status, problem = company.stranger.put_signed(f"/inspections/{report}", company.document())
    assert status == 409
    assert "current" not in problem


def test_a_store_outside_the_scope_is_404_and_nothing_is_kept(company: Company) -> None:
    report = str(new_id())
    status, problem = company.supervisor.put_signed(
        f"/inspections/{report}", company.document(store_id=str(company.far_store))
    )
    assert (status, problem["type"]) == (404, "/problems/not-found")
    assert company.admin.get(f"/inspections/{report}")[0] == 404
    assert company.supervisor.get(f"/stores/{company.far_store}")[0] == 404


def test_an_own_visit_opens_a_store_that_moved_away(company: Company) -> None:
    visit = company.visit()
    version = company.admin.get(f"/stores/{company.store}")[1]["version"]
    change = {"version": version, "region_id": str(company.west)}
    assert company.admin.call("PATCH", f"/stores/{company.store}", change)[0] == 200
    assert company.supervisor.get(f"/stores/{company.store}")[0] == 404
    report, _ = company.submit(visit_id=visit["id"])
    assert company.supervisor.get(f"/inspections/{report}")[0] == 200


@pytest.mark.parametrize(
    ("item", "change", "code"),
    [
        ("date", None, "unanswered"),
        ("cold", {"photos": []}, "photo_required"),
        ("cold", {"value": "warm"}, "value_invalid"),
        ("floor", {"result": "na", "reason": " "}, "reason_required"),
        ("date", {"result": "na", "reason": "none here"}, "na_not_allowed"),
        ("cold", {"fixed_on_spot": True}, "fix_photo_required"),
    ],
)
def test_what_is_missing_is_named_item_by_item(
    company: Company, item: str, change: dict[str, object] | None, code: str
) -> None:
    document = company.document()
    answer = next(a for a in document["answers"] if a["item_key"] == item)
    if change is None:
        document["answers"].remove(answer)
    else:
        answer.update(change)
    status, problem = company.supervisor.put_signed(f"/inspections/{new_id()}", document)
    assert (status, problem["type"]) == (422, "/problems/incomplete-answers")
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [(f"/answers/{item}", code)]


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"answers": "none"},
        {"started_at": "2026-01-01T00:00:00"},
        {"checklist_version": 7},
        {"check_in": {"at": "now"}},
        {
            "answers": [
                {
                    "item_key": "ghost",
                    "result": "pass",
                    "answered_at": "2026-01-01T00:00:00Z",
                    "changed_at": "2026-01-01T00:00:00Z",
                }
            ]
        },
    ],
)
def test_a_wrong_shape_is_a_422_and_nothing_is_kept(company: Company, change: dict[str, object]) -> None:
    report = str(new_id())
    status, problem = company.supervisor.put_signed(f"/inspections/{report}", company.document(**change))
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert problem["errors"]
    assert company.supervisor.get(f"/inspections/{report}")[0] == 404


def test_the_digest_is_required_and_checked(company: Company) -> None:
    raw = json.dumps(company.document()).encode()
    path, kind = f"/inspections/{new_id()}", {"Content-Type": "application/json"}
    assert company.supervisor.call("PUT", path, raw, **kind)[1]["type"] == "/problems/digest-required"
    wrong = kind | digest_header(raw + b" ")
    assert company.supervisor.call("PUT", path, raw, **wrong)[1]["type"] == "/problems/digest-mismatch"
    assert call(company.app, "PUT", path, raw, kind | digest_header(raw))[0] == 401


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"check_in": None}, "no_position"),
        ({"submitted_at": "2099-01-01T00:00:00Z"}, "clock_wrong"),
        ({"visit_id": str(new_id())}, "visit_unknown"),
    ],
)
def test_odd_reports_are_kept_and_flagged(company: Company, change: dict[str, object], flag: str) -> None:
    _, receipt = company.submit(**change)
    assert flag in receipt["flags"]
    assert receipt["status"] == "in_review"


def test_far_away_and_late_are_flagged_and_reviewed_by_somebody_else(company: Company) -> None:
    now = datetime.now(UTC)
    visit = company.visit(
        opens_at=moment_text(now - timedelta(days=2)), due_at=moment_text(now - timedelta(days=1))
    )
    place = {
        "at": moment_text(now),
        "latitude": 31.3,
        "longitude": 121.4,
        "accuracy": 20,
        "source": "gps",
        "reason": "moved",
    }
    report, receipt = company.submit(visit_id=visit["id"], check_in=place)
    assert receipt["flags"] == ["late", "outside_fence"]
    path, deed = f"/inspections/{report}/transitions/{new_id()}", {"action": "approve", "version": 1}
    assert company.supervisor.put_signed(path, deed)[1]["code"] == "own_report"
    assert company.keeper.put_signed(path, deed)[0] == 403
    assert company.stranger.put_signed(path, deed)[0] == 404
    assert company.manager.put_signed(path, deed | {"version": 9})[1]["type"] == "/problems/stale-version"
    assert company.manager.put_signed(path, deed)[1]["status"] == "approved"
    assert company.manager.put_signed(path, deed)[0] == 200
    void = {"action": "void", "version": 2}
    other = f"/inspections/{report}/transitions/{new_id()}"
    assert company.manager.put_signed(other, void)[0] == 422
    assert company.manager.put_signed(other, void | {"reason": "test"})[1]["status"] == "voided"


def test_an_inspection_keeps_the_version_it_began_with(company: Company) -> None:
    checklist = company.admin.get(f"/checklists/{company.checklist}")[1]
    version = company.supervisor.get(f"/checklists/{company.checklist}/versions/1")[1]
    content = version["content"]
    content["sections"][0]["items"] = content["sections"][0]["items"][:1]
    draft = {"content": content, "revision": checklist["draft_revision"]}
    saved = company.admin.call("PUT", f"/checklists/{company.checklist}/draft", draft)[1]
    stale = company.admin.call("PUT", f"/checklists/{company.checklist}/draft", draft)
    assert (stale[0], stale[1]["type"]) == (409, "/problems/stale-version")
    status, second = company.admin.post(
        f"/checklists/{company.checklist}/versions", {"revision": saved["draft_revision"]}
    )
    assert (status, second["number"]) == (201, 2)
    _, receipt = company.submit()
    assert receipt["score"] == 75
    assert (
        company.supervisor.get(f"/checklists/{company.checklist}/versions/1")[1]["content_sha256"]
        == version["content_sha256"]
    )


def test_the_score_of_a_question_is_not_stored(company: Company) -> None:
    answers = company.document()["answers"]
    status, score = company.keeper.post(
        f"/checklists/{company.checklist}/score", {"version": 1, "answers": answers}
    )
    assert (status, score["score"]["score"], score["score"]["key_failed"]) == (200, 75, ["cold"])
    assert company.keeper.get("/inspections")[1]["items"] == []


def test_the_phone_learns_what_the_server_has(company: Company) -> None:
    body = picture()
    report, receipt = company.submit(photo=body)
    company.supervisor.put_photo(body)
    from tests.support.company import sha256

    asked = [
        {"id": report, "sha256": receipt["content_sha256"]},
        {"id": str(new_id()), "sha256": "0" * 64},
        {"id": sha256(body), "sha256": sha256(body)},
        {"id": report, "sha256": "0" * 64},
    ]
    answer = company.supervisor.post("/sync/have", {"items": asked})[1]
    assert [i["state"] for i in answer["items"]] == ["same", "missing", "same", "different"]
    assert [i["state"] for i in company.stranger.post("/sync/have", {"items": asked[:1]})[1]["items"]] == [
        "missing"
    ]
