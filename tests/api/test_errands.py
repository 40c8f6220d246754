"""Long work: one process at a time, its progress, its end, and what becomes of it when things go wrong."""

import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.accounts import services as accounts
from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import WrongState
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.errands import services
from api.errands.models import Errand
from api.errands.services import LEASE, TRIES
from api.errands.types import Claim, Progress, Stopped
from api.jobs import errands as job
from tests.support.company import Company, call

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_waits(company: Company) -> Iterator[None]:
    """Other tests may have left errands, and a claim takes the oldest."""
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.delete(Errand)))
        yield


def ask(company: Company, who: str = "admin", at: datetime = NOW, **params: Any) -> uuid.UUID:
    actor = accounts.actor(company.people[who].id)
    assert actor is not None
    return in_transaction(services.ask, "count", params, actor, at).id


def claim(at: datetime = NOW) -> Claim | None:
    return in_transaction(services.claim, at)


def claimed(at: datetime = NOW) -> Claim:
    found = claim(at)
    assert found is not None
    return found


def seen(company: Company, errand: uuid.UUID, who: str = "admin") -> dict[str, Any]:
    status, shown = getattr(company, who).get(f"/errands/{errand}")
    assert status == 200, shown
    return shown


def test_an_errand_is_asked_for_done_and_seen(company: Company) -> None:
    errand = ask(company, to=3)
    assert seen(company, errand) == {
        "id": str(errand),
        "kind": "count",
        "state": "waiting",
        "done": 0,
        "total": 0,
        "result": None,
        "error": "",
        "created_at": "2026-05-01T08:00:00.000Z",
        "finished_at": None,
    }

    def count(actor: Actor, params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        assert actor.id == company.people["admin"].id
        progress(1, params["to"])
        assert (seen(company, errand)["state"], seen(company, errand)["done"]) == ("running", 1)
        return {"counted": params["to"], "字": None}

    job.run(claimed(), {"count": count})
    shown = seen(company, errand)
    assert (shown["state"], shown["done"], shown["total"]) == ("done", 3, 3)
    assert shown["result"] == {"counted": 3, "字": None}
    assert shown["finished_at"] is not None
    assert claim() is None


def test_each_errand_goes_to_one_of_many_who_want_it(company: Company) -> None:
    asked = {ask(company, at=NOW + timedelta(seconds=i)) for i in range(5)}
    start = threading.Barrier(8)

    def grab(_: int) -> list[Claim]:
        with company.app.app_context():
            start.wait()
            mine = []
            while (found := claim(NOW + timedelta(minutes=1))) is not None:
                mine.append(found)
            return mine

    with ThreadPoolExecutor(8) as pool:
        taken = [one for mine in pool.map(grab, range(8)) for one in mine]
    assert sorted(one.id for one in taken) == sorted(asked)
    assert {one.attempt for one in taken} == {1}


def test_the_oldest_is_taken_first(company: Company) -> None:
    later, first = ask(company, at=NOW + timedelta(seconds=5)), ask(company)
    assert [claimed(NOW + timedelta(minutes=1)).id for _ in range(2)] == [first, later]


def test_a_lapsed_lease_is_taken_over_and_the_first_holder_may_say_no_more(company: Company) -> None:
    errand = ask(company)
    first = claimed()
    assert claim(NOW + LEASE) is None
    later = NOW + timedelta(seconds=20)
    assert in_transaction(services.renew, first, 1, 9, later)
    assert claim(later + LEASE) is None
    second = claimed(later + LEASE + timedelta(seconds=1))
    assert (second.id, second.attempt) == (errand, 2)
    for word in (
        lambda: services.renew(first, 2, 9, NOW),
        lambda: services.finish(first, {"by": "first"}, NOW),
        lambda: services.fail(first, "internal", NOW),
        lambda: services.give_back(first, NOW),
    ):
        assert in_transaction(word) is False
    assert in_transaction(services.finish, second, {"by": "second"}, NOW)
    assert seen(company, errand)["result"] == {"by": "second"}


def test_a_lapsed_lease_is_taken_over_by_one_alone(company: Company) -> None:
    ask(company)
    claimed()
    start = threading.Barrier(6)

    def grab(_: int) -> Claim | None:
        with company.app.app_context():
            start.wait()
            return claim(NOW + LEASE + timedelta(seconds=1))

    with ThreadPoolExecutor(6) as pool:
        taken = [one for one in pool.map(grab, range(6)) if one is not None]
    assert [one.attempt for one in taken] == [2]


def test_what_was_tried_three_times_and_died_each_time_fails(company: Company) -> None:
    errand, at = ask(company), NOW
    for attempt in range(1, TRIES + 1):
        assert claimed(at).attempt == attempt
        at += LEASE + timedelta(seconds=1)
    assert claim(at) is None
    shown = seen(company, errand)
    assert (shown["state"], shown["error"]) == ("failed", "gave-up")
    assert claim(at + LEASE) is None


def test_a_refusal_is_told_by_its_name_and_not_tried_again(company: Company) -> None:
    errand = ask(company)

    def refuse(*_: Any) -> dict[str, Any]:
        raise WrongState()

    job.run(claimed(), {"count": refuse})
    shown = seen(company, errand)
    assert (shown["state"], shown["error"], shown["result"]) == ("failed", "wrong-state", None)
    assert claim() is None


def test_something_unforeseen_is_tried_three_times_and_then_told(company: Company) -> None:
    errand, tries = ask(company), 0

    def break_down(*_: Any) -> dict[str, Any]:
        nonlocal tries
        tries += 1
        raise RuntimeError("the disk is full")

    for _ in range(TRIES):
        job.run(claimed(), {"count": break_down})
    assert (claim(), tries) == (None, 3)
    shown = seen(company, errand)
    assert (shown["state"], shown["error"]) == ("failed", "gave-up")


def test_something_unforeseen_once_does_no_harm(company: Company) -> None:
    errand = ask(company)
    outcomes = iter([RuntimeError("no network"), None])

    def stumble(*_: Any) -> dict[str, Any]:
        if error := next(outcomes):
            raise error
        return {"ok": True}

    for _ in range(2):
        job.run(claimed(), {"count": stumble})
    assert (seen(company, errand)["state"], seen(company, errand)["error"]) == ("done", "")


def test_a_cancelled_errand_stops_at_its_next_word_and_leaves_no_result(company: Company) -> None:
    errand, reached = ask(company), []

    def long(_: Actor, params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        progress(1, 3)
        assert company.admin.post(f"/errands/{errand}/cancel", None)[0] == 200
        time.sleep(job.TOLD_EVERY_SECONDS)
        try:
            progress(2, 3)
        except Stopped:
            reached.append("stopped")
            raise
        return {"done": True}

    job.run(claimed(), {"count": long})
    shown = seen(company, errand)
    assert reached == ["stopped"]
    assert (shown["state"], shown["done"], shown["total"], shown["result"]) == ("cancelled", 1, 3, None)
    assert shown["finished_at"] is not None


def test_one_that_waits_is_cancelled_before_it_begins_and_twice_is_no_error(company: Company) -> None:
    errand = ask(company)
    answers = [company.admin.post(f"/errands/{errand}/cancel", None) for _ in range(2)]
    assert [(status, shown["state"]) for status, shown in answers] == [(200, "cancelled")] * 2
    assert answers[0] == answers[1]
    assert claim() is None


def test_what_has_ended_cannot_be_cancelled(company: Company) -> None:
    errand = ask(company)
    job.run(claimed(), {"count": lambda *_: {}})
    status, problem = company.admin.post(f"/errands/{errand}/cancel", None)
    assert (status, problem["type"]) == (409, "/problems/wrong-state")
    assert seen(company, errand)["state"] == "done"


@pytest.mark.parametrize("who", ["manager", "supervisor", "clerk"])
def test_nobody_sees_or_cancels_the_errands_of_others(company: Company, who: str) -> None:
    errand = ask(company)
    person = getattr(company, who)
    assert person.get(f"/errands/{errand}")[0] == 404
    assert person.post(f"/errands/{errand}/cancel", None)[0] == 404
    assert person.get(f"/errands/{new_id()}")[0] == 404
    assert seen(company, errand)["state"] == "waiting"


def test_errands_are_for_those_who_signed_in(company: Company) -> None:
    errand = ask(company)
    assert call(company.app, "GET", f"/errands/{errand}")[0] == 401
    assert call(company.app, "POST", f"/errands/{errand}/cancel")[0] == 401


def test_progress_is_written_at_most_twice_a_second(company: Company) -> None:
    errand = ask(company)
    teller = job.Teller(claimed())
    for done in range(200):
        teller(done, 200)
    assert (seen(company, errand)["done"], seen(company, errand)["total"]) == (0, 200)
    time.sleep(job.TOLD_EVERY_SECONDS)
    teller(200, 200)
    assert seen(company, errand)["done"] == 200


def test_nothing_is_done_for_somebody_who_has_left(company: Company) -> None:
    errand = ask(company, "clerk")

    def leave() -> None:
        db.session.execute(
            sa.update(User).where(User.id == company.people["clerk"].id).values(is_active=False)
        )

    in_transaction(leave)
    job.run(claimed(), {"count": lambda *_: {"done": True}})
    found = db.session.execute(
        sa.select(Errand.state, Errand.error, Errand.result_text).where(Errand.id == errand)
    )
    assert tuple(found.one()) == ("failed", "forbidden", None)


def test_errands_of_more_than_thirty_days_ago_are_forgotten(company: Company) -> None:
    now = datetime.now(UTC)
    old, young = ask(company, at=now - timedelta(days=31)), ask(company, at=now - timedelta(days=29))
    assert job.forget_old_errands() == 1
    assert company.admin.get(f"/errands/{old}")[0] == 404
    assert seen(company, young)["state"] == "waiting"
