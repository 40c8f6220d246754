"""Asking for a rehearsal: who may, when, and for which draft."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from api.core.db import db
from api.core.transaction import in_transaction
from api.errands.models import Errand
from api.jobs import errands as job
from tests.support.company import Company, call
from tests.support.rehearsals import FORM, draft, publish, the_draft, three_reports


@pytest.fixture(autouse=True)
def nothing_waits(company: Company) -> Iterator[None]:
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.delete(Errand)))
        yield


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
