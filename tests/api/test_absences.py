"""Somebody is away: who may say so, where the visits go, and how they come back."""

import itertools
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.accounts import services as accounts
from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.plans import plan_services
from api.plans.materialising import materialise
from api.plans.models import Visit
from tests.support.company import HASH, Company, Person, call

NOW = datetime.now(UTC)
TODAY = NOW.date()


def day(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


@pytest.fixture
def mates(company: Company) -> dict[str, Person]:
    """Three more supervisors of the near region."""

    def add() -> None:
        for who in ("anna", "ben", "carl", "dora"):
            user = accounts.add_user(
                username=f"{who}-{company.mark}",
                name=who,
                role="supervisor",
                locale="en",
                password_hash=HASH,
                region_ids=[company.east],
                actor=None,
                now=NOW,
            )
            company.people[who] = Person(company.app, user.id, user.username)

    with company.app.app_context():
        in_transaction(add)
    return {who: getattr(company, who) for who in ("anna", "ben", "carl", "dora")}


def away(
    company: Company, who: str, deputy: str, first: int = 1, last: int = 5, by: str = "manager", **more: Any
) -> tuple[int, Any]:
    body = {
        "user_id": str(company.people[who].id),
        "deputy_id": str(company.people[deputy].id),
        "first_day": day(first),
        "last_day": day(last),
        "reason": "holiday",
    } | more
    return getattr(company, by).post("/absences", body)


def visit_on(company: Company, number: int, who: str = "supervisor", **changes: Any) -> dict[str, Any]:
    """A visit at noon of a day by the store's clock."""
    noon = datetime.combine(TODAY + timedelta(days=number), datetime.min.time(), UTC) + timedelta(hours=4)
    times = {"opens_at": moment_text(noon), "due_at": moment_text(noon + timedelta(hours=6))}
    return company.visit(assignee_id=str(company.people[who].id), **times, **changes)


def hands(company: Company, *visits: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Assignee and owner of these visits."""
    page = company.manager.get(f"/visits?store_id={company.store}&limit=200")[1]["items"]
    found = {one["id"]: (one["assignee"]["name"], (one["owner"] or {}).get("name")) for one in page}
    return [found[visit["id"]] for visit in visits]


def test_visits_go_to_the_deputy_and_come_back(company: Company, mates: dict[str, Person]) -> None:
    before, first, last, after = (visit_on(company, n) for n in (1, 2, 4, 5))
    status, absence = away(company, "supervisor", "anna", 2, 4)
    assert (status, absence["moved"]) == (201, 2)
    assert (absence["user"]["name"], absence["deputy"]["name"]) == ("supervisor", "anna")
    mine, theirs = ("supervisor", None), ("anna", "supervisor")
    assert hands(company, before, first, last, after) == [mine, theirs, theirs, mine]
    status, cancelled = company.manager.call("DELETE", f"/absences/{absence['id']}")
    assert (status, cancelled["moved"]) == (200, 2)
    assert cancelled["cancelled_at"] is not None
    assert hands(company, before, first, last, after) == [mine] * 4
    again = company.manager.call("DELETE", f"/absences/{absence['id']}")
    assert (again[0], again[1]["moved"], again[1]["cancelled_at"]) == (200, 0, cancelled["cancelled_at"])


def test_a_visit_that_somebody_has_begun_stays_with_them(company: Company, mates: dict[str, Person]) -> None:
    running = company.visit()
    company.supervisor.post(f"/visits/{running['id']}/transitions", {"action": "start"})
    assert away(company, "supervisor", "anna", 0, 3)[1]["moved"] == 0
    assert hands(company, running) == [("supervisor", None)]


def test_a_visit_made_while_somebody_is_away_goes_to_the_deputy(
    company: Company, mates: dict[str, Person]
) -> None:
    away(company, "supervisor", "anna", 1, 3)
    visit = visit_on(company, 2, id=str(new_id()))
    assert (visit["assignee"]["name"], visit["owner"]["name"]) == ("anna", "supervisor")
    assert visit_on(company, 2, id=visit["id"])["version"] == visit["version"]


def test_what_was_given_by_hand_is_passed_on_alone_when_its_person_is_away(
    company: Company, mates: dict[str, Person]
) -> None:
    visit = visit_on(company, 2)
    body = {"action": "reassign", "version": 1, "reason": "snow", "assignee_id": str(company.ben.id)}
    assert company.manager.post(f"/visits/{visit['id']}/transitions", body)[0] == 200
    away(company, "supervisor", "anna")
    assert hands(company, visit) == [("ben", None)]
    away(company, "ben", "carl")
    assert hands(company, visit) == [("carl", "ben")]


def test_a_deputy_who_is_away_passes_on_three_times_and_no_more(
    company: Company, mates: dict[str, Person]
) -> None:
    visit = visit_on(company, 2)
    row = ["supervisor", "anna", "ben", "carl"]
    absences = [away(company, *pair)[1] for pair in itertools.pairwise(row)]
    assert hands(company, visit) == [("carl", "supervisor")]
    status, problem = away(company, "carl", "dora")
    assert (status, problem["errors"][0]["code"]) == (422, "away")
    assert away(company, "carl", "dora", 6, 7)[0] == 201
    company.manager.call("DELETE", f"/absences/{absences[1]['id']}")
    assert hands(company, visit) == [("anna", "supervisor")]


def test_nobody_stands_in_for_one_another_in_a_circle(company: Company, mates: dict[str, Person]) -> None:
    away(company, "supervisor", "anna")
    status, problem = away(company, "anna", "supervisor", 5, 9)
    assert (status, problem["errors"][0]["code"]) == (422, "away")
    assert away(company, "anna", "supervisor", 6, 9)[0] == 201


def test_absences_of_one_person_do_not_overlap(company: Company, mates: dict[str, Person]) -> None:
    assert away(company, "supervisor", "anna", 3, 6)[0] == 201
    for first, last in ((1, 3), (6, 8), (4, 5), (1, 9)):
        status, problem = away(company, "supervisor", "ben", first, last)
        assert (status, problem["errors"][0]["code"]) == (409, "overlaps"), (first, last)
    assert away(company, "supervisor", "ben", 7, 8)[0] == 201


def test_two_who_say_the_same_at_once_are_believed_once(company: Company, mates: dict[str, Person]) -> None:
    assert company.manager.get("/me")[0] == 200
    start = threading.Barrier(4)

    def say(deputy: str) -> int:
        start.wait()
        return away(company, "supervisor", deputy)[0]

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(say, mates)) == [201, 409, 409, 409]


def test_the_same_id_twice_is_no_second_absence(company: Company, mates: dict[str, Person]) -> None:
    name = str(new_id())
    first, second = (away(company, "supervisor", "anna", id=name) for _ in range(2))
    assert (first[0], second[0]) == (201, 201)
    assert second[1] | {"moved": 0} == first[1] | {"moved": 0}
    other = away(company, "supervisor", "ben", id=name)
    assert (other[0], other[1]["type"]) == (409, "/problems/id-reused")


@pytest.mark.parametrize(
    ("deputy", "code"),
    [("stranger", "unknown"), ("keeper", "role"), ("supervisor", "oneself"), ("gone", "unknown")],
)
def test_who_may_be_a_deputy(company: Company, mates: dict[str, Person], deputy: str, code: str) -> None:
    company.people["gone"] = company.dora

    def leave() -> None:
        db.session.execute(sa.update(User).where(User.id == company.dora.id).values(is_active=False))

    with company.app.app_context():
        in_transaction(leave)
    status, problem = away(company, "supervisor", deputy)
    assert (status, problem["errors"][0]["pointer"], problem["errors"][0]["code"]) == (
        422,
        "/deputy_id",
        code,
    )


def test_a_deputy_has_the_stores(company: Company, mates: dict[str, Person]) -> None:
    visit_on(company, 2)
    status, problem = away(company, "supervisor", "stranger", by="admin")
    assert (status, problem["errors"][0]["code"]) == (422, "out_of_reach")
    assert f"E-{company.mark}-1" in problem["errors"][0]["message"]


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -3), (1, 400)])
def test_days_that_cannot_be(company: Company, mates: dict[str, Person], first: int, last: int) -> None:
    status, problem = away(company, "supervisor", "anna", first, last)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/last_day")


def test_who_may_say_that_somebody_is_away(company: Company, mates: dict[str, Person]) -> None:
    assert away(company, "supervisor", "anna", 1, 2, by="supervisor")[0] == 201
    assert away(company, "ben", "anna", 1, 2, by="supervisor")[0] == 403
    assert away(company, "keeper", "clerk", 1, 2, by="keeper")[0] == 403
    assert away(company, "supervisor", "anna", 3, 4, by="stranger")[0] == 404
    assert away(company, "keeper", "clerk", 1, 2, by="manager")[0] == 201
    assert company.manager.post("/absences", {"user_id": str(company.supervisor.id)})[0] == 422
    assert call(company.app, "POST", "/absences", {})[0] == 401
    assert call(company.app, "GET", "/absences")[0] == 401


def test_who_sees_and_cancels_which_absences(company: Company, mates: dict[str, Person]) -> None:
    first = away(company, "supervisor", "anna", 1, 2)[1]["id"]
    second = away(company, "supervisor", "ben", 4, 5)[1]["id"]

    def seen(who: str, query: str = "") -> list[str]:
        return [one["id"] for one in getattr(company, who).get(f"/absences?{query}")[1]["items"]]

    assert seen("manager") == [second, first]
    assert seen("stranger") == []
    assert seen("manager", f"from={day(3)}") == [second]
    assert seen("manager", f"user_id={company.ben.id}") == []
    page = company.manager.get("/absences?limit=1")[1]
    assert company.manager.get(f"/absences?limit=1&cursor={page['next']}")[1]["items"][0]["id"] == first
    assert company.stranger.call("DELETE", f"/absences/{first}")[0] == 404
    assert company.anna.call("DELETE", f"/absences/{first}")[0] == 403
    assert company.clerk.call("DELETE", f"/absences/{first}")[0] == 403
    assert company.manager.call("DELETE", f"/absences/{new_id()}")[0] == 404
    assert company.supervisor.call("DELETE", f"/absences/{first}")[0] == 200
    assert seen("manager", f"from={day(0)}") == [second]


def terms(company: Company) -> dict[str, Any]:
    lists = ("region_ids", "types", "tags", "levels", "except_ids")
    return {
        "selection": {name: [] for name in lists} | {"store_ids": [company.store]},
        "assignee": {
            "rule": "person",
            "user_id": company.people["supervisor"].id,
            "role": "",
            "user_ids": [],
        },
        "rrule": "FREQ=DAILY;COUNT=10",
        "starts_on": TODAY,
        "times": ["12:00"],
        "window_minutes": 600,
        "late_minutes": None,
        "early_minutes": 0,
        "closed": {"weekdays": [], "dates": []},
        "kind": "routine",
        "note": "",
    }


def test_visits_of_plans_follow_an_absence_whenever_they_are_made(
    company: Company, mates: dict[str, Person]
) -> None:
    def by_day() -> dict[date, tuple[uuid.UUID | None, uuid.UUID | None]]:
        db.session.rollback()
        rows = db.session.execute(sa.select(Visit).where(Visit.store_id == company.store)).scalars()
        return {
            date.fromisoformat(str(v.occurrence)[:10]): (v.assignee_id, v.owner_id)
            for v in rows
            if v.due_at > NOW
        }

    me, anna = company.people["supervisor"].id, company.anna.id
    with company.app.app_context():
        admin = Actor(company.people["admin"].id, "admin", "hq_admin")
        given = {
            "name": {"zh": "计划", "en": "Plan"},
            "checklist_id": company.checklist,
            "terms": terms(company),
        }
        plan = in_transaction(plan_services.create, admin, given, NOW).id
        materialise(NOW, plan_ids=[plan])
        assert set(by_day().values()) == {(me, None)}
        absence = away(company, "supervisor", "anna", 2, 4)[1]
        assert absence["moved"] == 3
        gone = {date.fromisoformat(day(n)) for n in (2, 3, 4)}
        expected = {d: (anna, me) if d in gone else (me, None) for d in by_day()}
        assert by_day() == expected
        assert materialise(NOW, plan_ids=[plan]).total == 0
        in_transaction(
            plan_services.change,
            admin,
            plan,
            {"version": 1, "terms": terms(company) | {"note": "x"}, "effective_from": "today"},
            NOW,
        )
        materialise(NOW, plan_ids=[plan])
        assert by_day() == expected
    company.manager.call("DELETE", f"/absences/{absence['id']}")
    with company.app.app_context():
        assert set(by_day().values()) == {(me, None)}


def test_both_phones_hear_of_it(company: Company, mates: dict[str, Person]) -> None:
    visit = visit_on(company, 2)

    def end(person: Person) -> str:
        page = person.get("/sync/changes?limit=200")[1]
        while page["more"]:
            page = person.get(f"/sync/changes?limit=200&cursor={page['next']}")[1]
        found: str = page["next"]
        return found

    cursors = {who: end(getattr(company, who)) for who in ("supervisor", "anna")}
    away(company, "supervisor", "anna")
    for who, cursor in cursors.items():
        news = getattr(company, who).get(f"/sync/changes?cursor={cursor}")[1]["items"]
        told = [one["data"]["assignee"]["name"] for one in news if one["id"] == visit["id"]]
        assert told == ["anna"], who
