"""Reports of visits that nothing was planned for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.core.ids import new_id
from tests.support.company import Company


@pytest.mark.parametrize("kind", ["routine", "unannounced", "special", "cross"])
def test_who_stands_before_the_store_says_what_kind_of_visit_it_is(company: Company, kind: str) -> None:
    report, receipt = company.submit(kind=kind)
    assert (receipt["status"], receipt["flags"]) == ("approved", [])
    shown = company.manager.get(f"/inspections/{report}")[1]
    assert (shown["kind"], shown["visit_id"]) == (kind, None)
    listed = company.supervisor.get(f"/inspections?store_id={company.store}")[1]["items"]
    assert [one["kind"] for one in listed if one["id"] == report] == [kind]


def test_a_phone_that_says_nothing_means_a_routine_visit(company: Company) -> None:
    report, _ = company.submit()
    assert company.manager.get(f"/inspections/{report}")[1]["kind"] == "routine"


def test_the_kind_of_a_planned_visit_stands(company: Company) -> None:
    visit = company.visit(kind="special")
    report, _ = company.submit(visit_id=visit["id"], kind="routine")
    assert company.manager.get(f"/inspections/{report}")[1]["kind"] == "special"


def test_what_a_store_hands_in_about_itself_is_a_self_check(company: Company) -> None:
    report, _ = company.submit("keeper", kind="routine")
    assert company.manager.get(f"/inspections/{report}")[1]["kind"] == "self"
    today = datetime.now(UTC).date().isoformat()
    scores = company.manager.get(f"/reports/scores?from={today}&to={today}")[1]
    assert scores["overall"]["inspections"] == 0


def test_no_visit_to_a_store_that_is_not_ones_own(company: Company) -> None:
    body = company.document(store_id=str(company.far_store), kind="unannounced")
    assert company.supervisor.put_signed(f"/inspections/{new_id()}", body)[0] == 404


@pytest.mark.parametrize("kind", ["self", "recheck", "holiday", 1])
def test_another_kind_is_refused(company: Company, kind: Any) -> None:
    status, problem = company.supervisor.put_signed(f"/inspections/{new_id()}", company.document(kind=kind))
    assert (status, [e["pointer"] for e in problem["errors"]]) == (422, ["/kind"])
