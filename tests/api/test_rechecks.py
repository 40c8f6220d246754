"""Bad reports ask for a recheck, in the same unit, once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.plans.models import Visit
from api.plans.rechecks import days_until
from api.stores.models import Store
from tests.support.company import Company

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


def answers(company: Company, **results: Any) -> list[dict[str, Any]]:
    """The usual answers of a report, some of them otherwise; `cold` is a temperature."""
    found = company.document()["answers"]
    for answer in found:
        key = answer["item_key"]
        if key == "cold":
            answer["value"] = results.get(key, 4)
            answer["photos"] = answer["photos"] if answer["value"] > 8 else []
        else:
            answer["result"] = results.get(key, "pass")
            answer["note"] = "dirty" if answer["result"] == "fail" else ""
            answer["reason"] = "being built" if answer["result"] == "na" else ""
    return found


def submit(company: Company, *, band: str, **changes: Any) -> dict[str, Any]:
    """A report whose result is of this band; `redline` fails the dates."""
    results: dict[str, dict[str, Any]] = {
        "A": {},
        "B": {"cold": 12},
        "C": {"cold": 12, "floor": "na"},
        "D": {"cold": 12, "floor": "fail"},
        "redline": {"date": "fail"},
    }
    return company.submit(answers=answers(company, **results[band]), **changes)[1]


def visit_of(company: Company, visit_id: str) -> dict[str, Any]:
    page = company.manager.get(f"/visits?store_id={company.store}&limit=200")[1]["items"]
    return next(one for one in page if one["id"] == visit_id)


def rechecks(company: Company) -> list[dict[str, Any]]:
    page = company.manager.get(f"/visits?store_id={company.store}&limit=200")[1]["items"]
    return [one for one in page if one["kind"] == "recheck"]


def voided(company: Company, report_id: str) -> dict[str, Any]:
    report = company.manager.get(f"/inspections/{report_id}")[1]
    void = {"action": "void", "version": report["version"], "reason": "the wrong store"}
    return company.manager.put_signed(f"/inspections/{report_id}/transitions/{new_id()}", void)[1]


@pytest.mark.parametrize(
    ("band", "redline", "days"),
    [("A", False, None), ("B", False, None), ("C", False, 14), ("D", False, 7), (None, False, None)]
    + [("D", True, 7), ("B", True, 7), (None, True, 7)],
)
def test_within_how_many_days(band: str | None, redline: bool, days: int | None) -> None:
    assert days_until(band, redline_failed=redline) == days


@pytest.mark.parametrize(("band", "days"), [("A", None), ("B", None), ("C", 14), ("D", 7), ("redline", 7)])
def test_a_report_asks_for_a_recheck_by_its_result(company: Company, band: str, days: int | None) -> None:
    receipt = submit(company, band=band)
    assert receipt["band"] == ("D" if band == "redline" else band)
    if days is None:
        assert receipt["recheck_visit_id"] is None
        assert rechecks(company) == []
        return
    (visit,) = rechecks(company)
    assert receipt["recheck_visit_id"] == visit["id"]
    tomorrow = datetime.now(SHANGHAI).date() + DAY
    opens_at = datetime.combine(tomorrow, datetime.min.time(), SHANGHAI)
    assert visit["opens_at"] == moment_text(opens_at)
    assert visit["due_at"] == moment_text(opens_at + days * DAY)
    assert visit["source_inspection_id"] == receipt["id"]
    assert (visit["checklist_id"], visit["state"]) == (str(company.checklist), "scheduled")
    assert (visit["assignee"]["name"], visit["owner"]) == ("supervisor", None)


def test_the_same_report_again_tells_the_same_recheck(company: Company) -> None:
    body = company.document(answers=answers(company, cold=12, floor="fail"))
    report = str(new_id())
    first, second = (company.supervisor.put_signed(f"/inspections/{report}", body) for _ in range(2))
    assert (first[0], second[0]) == (201, 200)
    assert first[1]["recheck_visit_id"] == second[1]["recheck_visit_id"] is not None
    assert len(rechecks(company)) == 1


def test_a_voided_report_asks_for_nothing_any_more(company: Company) -> None:
    receipt = submit(company, band="D")
    (recheck,) = rechecks(company)
    assert voided(company, receipt["id"])["status"] == "voided"
    after = visit_of(company, recheck["id"])
    assert (after["state"], after["reason"]) == ("cancelled", "the wrong store")


def test_a_recheck_that_was_begun_goes_on(company: Company) -> None:
    receipt = submit(company, band="D")
    (recheck,) = rechecks(company)
    with company.app.app_context():
        in_transaction(
            lambda: db.session.execute(
                sa.update(Visit).where(Visit.id == uuid.UUID(recheck["id"])).values(state="in_progress")
            )
        )
    assert voided(company, receipt["id"])["status"] == "voided"
    assert visit_of(company, recheck["id"])["state"] == "in_progress"


def test_a_visit_that_is_planned_anyway_is_the_recheck(company: Company) -> None:
    def planned(**since: float) -> dict[str, Any]:
        opens_at = datetime.now(UTC) + timedelta(**since)
        return company.visit(opens_at=moment_text(opens_at), due_at=moment_text(opens_at + DAY))

    planned(days=20)
    assert submit(company, band="D")["recheck_visit_id"] == rechecks(company)[0]["id"]
    soon = planned(hours=2)
    assert submit(company, band="C")["recheck_visit_id"] == soon["id"]
    assert len(rechecks(company)) == 1


def test_what_is_planned_otherwise_is_no_recheck(company: Company) -> None:
    now = datetime.now(UTC)
    times = {"opens_at": moment_text(now + DAY), "due_at": moment_text(now + 2 * DAY)}
    company.visit(kind="self", assignee_id=str(company.keeper.id), **times)
    cancelled = company.visit(**times)
    body = {"action": "cancel", "version": 1, "reason": "a mistake"}
    assert company.manager.post(f"/visits/{cancelled['id']}/transitions", body)[0] == 200
    running = company.visit()
    receipt = submit(company, band="D", visit_id=running["id"])
    assert [one["id"] for one in rechecks(company)] == [receipt["recheck_visit_id"]]


def test_a_self_check_asks_for_none(company: Company) -> None:
    visit = company.visit(kind="self", assignee_id=str(company.keeper.id))
    assert submit(company, band="D", who="keeper", visit_id=visit["id"])["recheck_visit_id"] is None
    assert rechecks(company) == []


def test_after_two_rechecks_in_a_row_there_is_no_third(company: Company) -> None:
    first = submit(company, band="D")["recheck_visit_id"]
    second = submit(company, band="D", visit_id=first)["recheck_visit_id"]
    assert visit_of(company, second)["kind"] == "recheck"
    assert submit(company, band="redline", visit_id=second)["recheck_visit_id"] is None
    assert submit(company, band="D")["recheck_visit_id"] not in (None, first, second)


def test_a_recheck_that_was_moved_counts_once(company: Company) -> None:
    first = submit(company, band="D")["recheck_visit_id"]
    now = datetime.now(UTC)
    body = {
        "action": "reschedule",
        "version": 1,
        "reason": "the street is closed",
        "opens_at": moment_text(now + 3 * DAY),
        "due_at": moment_text(now + 4 * DAY),
    }
    moved = company.manager.post(f"/visits/{first}/transitions", body)[1]["rescheduled_to"]
    second = submit(company, band="D", visit_id=moved)["recheck_visit_id"]
    assert visit_of(company, second)["kind"] == "recheck"
    assert submit(company, band="D", visit_id=second)["recheck_visit_id"] is None


def test_a_deputy_has_the_recheck_while_the_supervisor_is_away(company: Company) -> None:
    store = company.admin.get(f"/stores/{company.store}")[1]
    body = {"version": store["version"], "supervisor_id": str(company.supervisor.id)}
    assert company.admin.call("PATCH", f"/stores/{company.store}", body)[0] == 200
    today = datetime.now(UTC).date()
    absence = {
        "user_id": str(company.supervisor.id),
        "deputy_id": str(company.people["manager"].id),
        "first_day": today.isoformat(),
        "last_day": (today + 9 * DAY).isoformat(),
        "reason": "holiday",
    }
    assert company.manager.post("/absences", absence)[0] == 201
    visit = visit_of(company, submit(company, band="D")["recheck_visit_id"])
    assert (visit["assignee"]["name"], visit["owner"]["name"]) == ("manager", "supervisor")


def test_a_store_that_is_closed_by_now_is_not_looked_at_again(company: Company) -> None:
    def close() -> None:
        db.session.execute(sa.update(Store).where(Store.id == company.store).values(status="suspended"))

    with company.app.app_context():
        in_transaction(close)
    assert submit(company, band="D")["recheck_visit_id"] is None


def test_reports_that_come_at_once_ask_for_one_recheck(company: Company) -> None:
    assert company.supervisor.get("/me")[0] == 200
    with ThreadPoolExecutor(6) as pool:
        receipts = list(pool.map(lambda _: submit(company, band="D"), range(6)))
    (only,) = rechecks(company)
    assert {receipt["recheck_visit_id"] for receipt in receipts} == {only["id"]}


def test_the_database_knows_one_recheck_of_a_report(company: Company) -> None:
    submit(company, band="D")
    with company.app.app_context():
        visit = db.session.execute(
            sa.select(Visit).where(Visit.kind == "recheck", Visit.store_id == company.store)
        )
        known = visit.scalar_one()
        columns = {c.name: getattr(known, c.name) for c in Visit.__table__.columns}
        with pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.insert(Visit), [columns | {"id": new_id()}])
        db.session.rollback()
