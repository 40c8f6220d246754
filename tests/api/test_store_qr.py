"""The code on a store's wall, and self-checks of its people."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from api.stores import codes
from tests.api.conftest import SECRET
from tests.support.company import Company, call


def code_of(company: Company, store: Any) -> str:
    return codes.code_of(uuid.UUID(str(store)), codes.key_of(SECRET))


def checked_in(**changes: Any) -> dict[str, Any]:
    at = moment_text(datetime.now(UTC))
    place = {"at": at, "latitude": 31.2, "longitude": 121.4, "accuracy": 10, "source": "gps", "reason": ""}
    return place | changes


def test_managers_and_head_office_get_the_address_of_a_store(company: Company) -> None:
    for who in ("admin", "manager"):
        status, shown = getattr(company, who).get(f"/stores/{company.store}/qr")
        assert status == 200
        assert shown == {"url": f"http://localhost:8000/s/{code_of(company, company.store)}"}
    for who in ("supervisor", "keeper", "clerk"):
        assert getattr(company, who).get(f"/stores/{company.store}/qr")[0] == 403
    assert company.manager.get(f"/stores/{company.far_store}/qr")[0] == 404
    assert company.admin.get(f"/stores/{new_id()}/qr")[0] == 404
    assert call(company.app, "GET", f"/stores/{company.store}/qr")[0] == 401


@pytest.mark.parametrize(("which", "counts"), [("store", True), ("far_store", False), (None, None)])
def test_the_code_of_this_store_counts_at_check_in(company: Company, which: str | None, counts: Any) -> None:
    shown = code_of(company, getattr(company, which)) if which else None
    report, receipt = company.submit(check_in=checked_in(store_token=shown))
    assert receipt["status"] == "approved"
    read = company.manager.get(f"/inspections/{report}")[1]
    assert read["store_token"] is counts
    assert "store_token" not in read["check_in"]


def test_a_code_that_was_made_up_does_not_count_and_refuses_nothing(company: Company) -> None:
    made_up = code_of(company, company.store)[:-1] + "A"
    made_up = made_up if made_up != code_of(company, company.store) else made_up[:-1] + "B"
    report, _ = company.submit(check_in=checked_in(store_token=made_up))
    assert company.manager.get(f"/inspections/{report}")[1]["store_token"] is False


@pytest.mark.parametrize("bad", ["", "x", "A" * 37, "!" * 36])
def test_what_is_no_code_is_422(company: Company, bad: str) -> None:
    body = company.document(check_in=checked_in(store_token=bad))
    status, problem = company.supervisor.put_signed(f"/inspections/{new_id()}", body)
    assert status == 422
    assert {e["pointer"] for e in problem["errors"]} == {"/check_in/store_token"}


def test_a_self_check_needs_no_position_and_any_of_the_stores_people_may_do_it(company: Company) -> None:
    for inspector in ("clerk", "keeper"):
        visit = company.visit(kind="self", assignee_id=str(company.people["clerk"].id))
        place = checked_in(latitude=None, longitude=None, accuracy=None, source="none")
        report, receipt = company.submit(inspector, visit_id=visit["id"], check_in=place)
        assert (receipt["status"], receipt["flags"]) == ("approved", [])
        assert company.keeper.get(f"/inspections/{report}")[1]["kind"] == "self"


def test_what_is_asked_of_others_stays_asked(company: Company) -> None:
    visit = company.visit(kind="self", assignee_id=str(company.people["clerk"].id))
    assert company.submit("supervisor", visit_id=visit["id"], check_in=None)[1]["flags"] == [
        "no_position",
        "not_assignee",
    ]
    assert company.submit("keeper", check_in=None)[1]["flags"] == ["no_position"]
