from datetime import UTC, datetime, timedelta

import pytest

from api.accounts.models import Session
from api.core.db import db
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.jobs import deeds
from tests.support.company import Company


def test_visits_whose_time_ran_out_are_missed_once_and_may_still_be_handed_in(company: Company) -> None:
    now = datetime.now(UTC)
    visit = company.visit(
        opens_at=moment_text(now - timedelta(days=4)), due_at=moment_text(now - timedelta(days=3))
    )
    waiting = company.visit()
    with company.app.app_context():
        assert deeds.mark_missed_visits() >= 1
        assert deeds.mark_missed_visits() == 0
    states = {
        v["id"]: v["state"] for v in company.supervisor.get(f"/visits?store_id={company.store}")[1]["items"]
    }
    assert states == {visit["id"]: "missed", waiting["id"]: "scheduled"}
    _, receipt = company.submit(visit_id=visit["id"])
    assert receipt["flags"] == ["late"]


def test_sessions_that_nobody_used_for_long_are_forgotten(company: Company) -> None:
    assert company.clerk.get("/me")[0] == 200

    def age() -> None:
        for session in db.session.query(Session).filter_by(user_id=company.clerk.id):
            session.last_used_at = datetime.now(UTC) - timedelta(days=61)

    with company.app.app_context():
        in_transaction(age)
        assert deeds.forget_old_sessions() >= 1
    assert company.clerk.get("/me")[0] == 401
    assert company.keeper.get("/me")[0] == 200


@pytest.mark.parametrize("name", ["mark_missed_visits", "forget_old_sessions"])
def test_a_job_that_fails_does_not_stop_the_clock(company: Company, name: str) -> None:
    from api.jobs.scheduler import run_once

    ran: list[str] = []

    def fails() -> int:
        ran.append(name)
        raise RuntimeError("no")

    run_once(company.app, name, fails)
    assert ran == [name]
