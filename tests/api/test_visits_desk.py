"""The visits desk: what managers decide about visits, what phones tell, and what time does to them."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.accounts.models import RefreshToken
from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.events.models import Event
from api.plans import services
from api.plans.models import Visit
from tests.support.company import Company, Person, call

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(**since: float) -> str:
    return moment_text(datetime.now(UTC) + timedelta(**since))


def step(person: Person, visit: dict[str, Any], action: str, **more: Any) -> tuple[int, Any]:
    body = {"action": action, "version": visit["version"], "reason": "the street is closed"} | more
    return person.post(f"/visits/{visit['id']}/transitions", body)


def steps(person: Person, action: str, ids: list[Any], **more: Any) -> tuple[int, Any]:
    return person.post("/visits/transitions", {"action": action, "ids": ids, "reason": "snow"} | more)


def listed(person: Person, query: str) -> list[str]:
    status, page = person.get(f"/visits?{query}")
    assert status == 200, page
    return [visit["id"] for visit in page["items"]]


def seen(company: Company, visit: dict[str, Any]) -> dict[str, Any]:
    page = company.manager.get(f"/visits?store_id={visit['store_id']}")[1]
    return next(one for one in page["items"] if one["id"] == visit["id"])


def missed(company: Company, **changes: Any) -> dict[str, Any]:
    """A visit whose time ran out yesterday, marked as missed."""
    times = {"opens_at": at(days=-4), "due_at": at(days=-3)} | changes
    visit = company.visit(**times)
    with company.app.app_context():
        services.mark_all_missed(datetime.now(UTC))
    return seen(company, visit)


def made_older(company: Company, visit: dict[str, Any], **changes: Any) -> None:
    with company.app.app_context():
        in_transaction(
            lambda: db.session.execute(
                sa.update(Visit).where(Visit.id == uuid.UUID(visit["id"])).values(**changes)
            )
        )


def test_what_is_shown_of_a_visit(company: Company) -> None:
    running, later = company.visit(), company.visit(opens_at=at(hours=3))
    over = company.visit(opens_at=at(hours=-9), due_at=at(hours=-1))
    assert (running["late"], running["overdue"], running["upcoming"]) == (False, False, False)
    assert (later["late"], later["overdue"], later["upcoming"]) == (False, False, True)
    assert (over["late"], over["overdue"], over["upcoming"]) == (False, True, False)
    assert running["early_at"] == running["opens_at"]
    for name in ("plan_id", "plan_name", "owner", "rescheduled_from", "rescheduled_to", "settled_at"):
        assert running[name] is None
    assert running["reason"] == ""


def test_a_visit_that_is_moved_is_excused_and_another_takes_its_place(company: Company) -> None:
    visit = company.visit(note="the back door")
    status, old = step(company.manager, visit, "reschedule", opens_at=at(days=1), due_at=at(days=2))
    assert (status, old["state"], old["reason"]) == (200, "excused", "the street is closed")
    assert old["settled_at"] is not None
    new = seen(company, {"id": old["rescheduled_to"], "store_id": visit["store_id"]})
    assert (new["state"], new["rescheduled_from"], new["note"]) == ("scheduled", visit["id"], "the back door")
    assert new["assignee"] == visit["assignee"] and new["checklist_id"] == visit["checklist_id"]


def test_a_missed_visit_that_is_moved_stays_missed_and_leaves_the_desk(company: Company) -> None:
    visit = missed(company)
    unsettled = f"store_id={company.store}&unsettled=true"
    assert listed(company.manager, unsettled) == [visit["id"]]
    times = {"opens_at": at(hours=1), "due_at": at(hours=5)}
    status, old = step(company.manager, visit, "reschedule", **times)
    assert (status, old["state"]) == (200, "missed")
    assert listed(company.manager, unsettled) == []
    again = step(company.manager, old, "reschedule", **times)
    assert (again[0], again[1]["type"]) == (409, "/problems/wrong-state")
    assert step(company.manager, old, "excuse")[0] == 409


@pytest.mark.parametrize(
    ("times", "pointer"),
    [
        ({}, "/opens_at"),
        ({"opens_at": {"days": 1}}, "/due_at"),
        ({"opens_at": {"days": 2}, "due_at": {"days": 1}}, "/due_at"),
        ({"opens_at": {"days": -2}, "due_at": {"days": -1}}, "/due_at"),
    ],
)
def test_a_visit_is_moved_to_a_time_that_can_be(
    company: Company, times: dict[str, Any], pointer: str
) -> None:
    visit = company.visit()
    given = {name: at(**since) for name, since in times.items()}
    status, problem = step(company.manager, visit, "reschedule", **given)
    assert (status, problem["errors"][0]["pointer"]) == (422, pointer)
    assert seen(company, visit)["version"] == visit["version"]


def test_an_excused_missed_visit_is_settled(company: Company) -> None:
    visit = missed(company)
    status, excused = step(company.manager, visit, "excuse")
    assert (status, excused["state"]) == (200, "excused")
    assert listed(company.manager, f"store_id={company.store}&unsettled=true") == []


def test_a_visit_is_given_to_somebody_who_has_the_store(company: Company) -> None:
    visit = company.visit()
    status, given = step(company.manager, visit, "reassign", assignee_id=str(company.keeper.id))
    assert (status, given["assignee"]["name"], given["owner"]) == (200, "keeper", None)
    assert step(company.supervisor, given, "reassign", assignee_id=str(company.supervisor.id))[0] == 403
    for who, code in (("stranger", "unknown"), ("far_keeper", "unknown")):
        status, problem = step(company.manager, given, "reassign", assignee_id=str(company.people[who].id))
        assert (status, problem["errors"][0]["code"]) == (422, code)
    far = step(company.admin, given, "reassign", assignee_id=str(company.stranger.id))
    assert (far[0], far[1]["errors"][0]["code"]) == (422, "out_of_reach")
    assert step(company.manager, given, "reassign")[1]["errors"][0]["pointer"] == "/assignee_id"


def test_both_phones_hear_of_a_visit_that_was_given_to_another(company: Company) -> None:
    visit = company.visit()
    cursors = {who: feed_end(getattr(company, who)) for who in ("supervisor", "keeper")}
    step(company.manager, visit, "reassign", assignee_id=str(company.keeper.id))
    for who, cursor in cursors.items():
        news = getattr(company, who).get(f"/sync/changes?cursor={cursor}")[1]["items"]
        told = [one["data"]["assignee"]["name"] for one in news if one["id"] == visit["id"]]
        assert told == ["keeper"], who


def feed_end(person: Person) -> str:
    page = person.get("/sync/changes?limit=200")[1]
    while page["more"]:
        page = person.get(f"/sync/changes?limit=200&cursor={page['next']}")[1]
    end: str = page["next"]
    return end


def test_a_begun_visit_that_is_given_to_another_has_not_been_begun_by_them(company: Company) -> None:
    visit = company.visit()
    begun = step(company.supervisor, visit, "start")[1]
    status, given = step(company.manager, begun, "reassign", assignee_id=str(company.keeper.id))
    assert (status, given["state"], given["started_at"]) == (200, "scheduled", None)


def test_a_phone_tells_that_it_has_begun_as_often_as_it_likes(company: Company) -> None:
    visit = company.visit()
    body = {"action": "start", "device_at": at(minutes=-5)}
    path = f"/visits/{visit['id']}/transitions"
    first, second = (company.supervisor.post(path, body) for _ in range(2))
    assert (first[0], first[1]["state"], first[1]["version"]) == (200, "in_progress", 2)
    assert first[1]["started_at"] == body["device_at"]
    assert second == first


def test_beginning_is_for_the_assignee_and_is_never_held_up(company: Company) -> None:
    visit, later = company.visit(), company.visit(opens_at=at(hours=3))
    assert step(company.manager, visit, "start")[0] == 403
    assert step(company.stranger, visit, "start")[0] == 404
    assert call(company.app, "POST", f"/visits/{visit['id']}/transitions", {"action": "start"})[0] == 401
    status, early = step(company.supervisor, later, "start")
    assert (status, early["state"]) == (200, "scheduled")
    made_older(company, later, early_at=datetime.now(UTC) - HOUR)
    assert step(company.supervisor, later, "start")[1]["state"] == "in_progress"
    cancelled = step(company.manager, visit, "cancel")[1]
    status, shown = step(company.supervisor, cancelled, "start")
    assert (status, shown["state"]) == (200, "cancelled")


def test_a_store_manager_begins_a_visit_of_theirs_and_decides_nothing(company: Company) -> None:
    visit = company.visit(assignee_id=str(company.keeper.id), kind="self")
    assert step(company.keeper, visit, "start")[1]["state"] == "in_progress"
    for action in ("cancel", "excuse", "reschedule", "reassign"):
        assert step(company.keeper, visit, action)[0] == 403


@pytest.mark.parametrize("action", ["excuse", "reschedule", "reassign"])
def test_what_is_for_managers(company: Company, action: str) -> None:
    visit = company.visit()
    assert step(company.supervisor, visit, action)[0] == 403
    assert step(company.stranger, visit, action)[0] == 404
    status, problem = step(company.manager, visit, action, reason="  ")
    assert (status, problem["errors"][0]["pointer"]) == (422, "/reason")
    assert step(company.manager, visit, action, version=9)[1]["type"] == "/problems/stale-version"
    unversioned = {"action": action, "reason": "snow"}
    status, problem = company.manager.post(f"/visits/{visit['id']}/transitions", unversioned)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/version")


def test_many_at_once_are_answered_each_by_itself(company: Company) -> None:
    plain, old, begun = company.visit(), company.visit(), company.visit()
    step(company.supervisor, begun, "start")
    nowhere = str(new_id())
    ids = [plain["id"], {"id": old["id"], "version": 7}, begun["id"], nowhere]
    status, answer = steps(company.manager, "excuse", ids)
    assert status == 200
    told = [(one["id"], one["done"], (one["problem"] or {}).get("type")) for one in answer["items"]]
    assert told == [
        (plain["id"], True, None),
        (old["id"], False, "/problems/stale-version"),
        (begun["id"], False, "/problems/wrong-state"),
        (nowhere, False, "/problems/not-found"),
    ]
    assert answer["items"][0]["visit"]["state"] == "excused"
    assert seen(company, old)["state"] == "scheduled"
    again = steps(company.manager, "excuse", [plain["id"]])[1]["items"][0]
    assert again["problem"]["type"] == "/problems/wrong-state"


def test_many_at_once_are_moved_to_one_time(company: Company) -> None:
    visits = [missed(company) for _ in range(3)]
    status, answer = steps(
        company.manager, "reschedule", [v["id"] for v in visits], opens_at=at(days=1), due_at=at(days=2)
    )
    assert (status, [one["done"] for one in answer["items"]]) == (200, [True] * 3)
    new = {one["visit"]["rescheduled_to"] for one in answer["items"]}
    assert set(listed(company.manager, f"store_id={company.store}&state=scheduled")) == new


def test_many_at_once_are_named_once_and_rightly(company: Company) -> None:
    visit = company.visit()
    for ids in ([], [visit["id"]] * 2, ["x"], [{"version": 1}], [{"id": visit["id"], "more": 1}], [3]):
        assert steps(company.manager, "excuse", ids)[0] == 422, ids
    assert steps(company.keeper, "excuse", [visit["id"]])[0] == 403
    assert steps(company.supervisor, "excuse", [visit["id"]])[1]["items"][0]["problem"]["status"] == 403
    far = steps(company.stranger, "cancel", [visit["id"]])[1]["items"][0]
    assert far["problem"]["type"] == "/problems/not-found"
    body = {"action": "cancel", "ids": [visit["id"]]}
    assert call(company.app, "POST", "/visits/transitions", body)[0] == 401


def test_of_two_who_decide_at_once_one_is_told(company: Company) -> None:
    visit = company.visit()
    assert company.admin.get("/me")[0] == 200
    start = threading.Barrier(4)

    def decide(action: str) -> int:
        start.wait()
        return step(company.admin if action == "cancel" else company.manager, visit, action)[0]

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide, ["cancel", "excuse"] * 2)) == [200, 409, 409, 409]


def test_a_report_that_comes_while_visits_are_marked_as_missed_is_handed_in(company: Company) -> None:
    visits = [company.visit(opens_at=at(hours=-40), due_at=at(hours=-25)) for _ in range(6)]
    assert company.supervisor.get("/me")[0] == 200

    def mark(_: int) -> None:
        with company.app.app_context():
            services.mark_all_missed(datetime.now(UTC))

    def hand_in(visit: dict[str, Any]) -> None:
        company.submit(visit_id=visit["id"], started_at=at(hours=-30), submitted_at=at(hours=-26))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda work: work[0](work[1]), [(mark, 0), *((hand_in, v) for v in visits), (mark, 1)]))
    assert {seen(company, visit)["state"] for visit in visits} == {"submitted"}


def test_the_list_is_sifted(company: Company) -> None:
    near, later = company.visit(), company.visit(opens_at=at(days=3), due_at=at(days=4))
    far = {
        "store_id": str(company.far_store),
        "checklist_id": str(company.checklist),
        "assignee_id": str(company.people["stranger"].id),
        "opens_at": at(hours=-1),
        "due_at": at(hours=1),
    }
    far = company.admin.post("/visits", far)[1]
    mark = f"search={company.mark}"
    assert set(listed(company.admin, mark)) == {near["id"], later["id"], far["id"]}
    assert listed(company.admin, f"region_id={company.west}") == [far["id"]]
    assert set(listed(company.admin, f"search=E-{company.mark}")) == {near["id"], later["id"]}
    assert listed(company.admin, f"{mark}&from={at(days=2)}") == [later["id"]]
    assert set(listed(company.admin, f"{mark}&to={at(days=2)}")) == {near["id"], far["id"]}
    assert listed(company.admin, f"{mark}&plan_id={new_id()}") == []
    assert listed(company.stranger, f"region_id={company.east}") == []
    assert listed(company.admin, f"{mark}&unassigned=true") == []
    made_older(company, later, assignee_id=None)
    assert listed(company.admin, f"{mark}&unassigned=true") == [later["id"]]
    assert company.admin.get("/visits?unsettled=perhaps")[0] == 422


def test_thousands_are_missed_in_units_and_told_in_few_facts(company: Company) -> None:
    long_ago, now = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC)
    rows = [
        {
            "id": new_id(),
            "store_id": company.store,
            "checklist_id": company.checklist,
            "assignee_id": None,
            "kind": "routine",
            "opens_at": long_ago,
            "due_at": long_ago + HOUR,
            "missed_at": long_ago + HOUR,
            "state": "scheduled",
            "note": "",
            "reason": "",
            "created_at": long_ago,
            "version": 1,
        }
        for _ in range(2300)
    ]
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.insert(Visit), rows))
        assert services.mark_all_missed(now) == 2300
        assert services.mark_all_missed(now) == 0
        mine = sa.select(Visit.state, Visit.version).where(Visit.store_id == company.store).distinct()
        assert [tuple(row) for row in db.session.execute(mine)] == [("missed", 2)]
        told = sa.select(Event.data).where(Event.kind == "visits.missed", Event.store_id == company.store)
        ids = [one for data in db.session.execute(told).scalars() for one in data["ids"]]
        facts = db.session.execute(told).scalars().all()
    assert sorted(ids) == sorted(str(row["id"]) for row in rows)
    assert len(facts) == 46


def test_what_was_begun_in_time_has_some_hours_more(company: Company) -> None:
    visit = company.visit()
    step(company.supervisor, visit, "start")
    now = datetime.now(UTC)
    made_older(company, visit, opens_at=now - DAY, due_at=now - 11 * HOUR, missed_at=now - 11 * HOUR)
    with company.app.app_context():
        services.mark_all_missed(now)
        assert seen(company, visit)["state"] == "in_progress"
        services.mark_all_missed(now + 2 * HOUR)
    assert seen(company, visit)["state"] == "missed"
    company.submit(visit_id=visit["id"], started_at=at(hours=-12), submitted_at=at(hours=-9))
    handed_in = seen(company, visit)
    assert (handed_in["state"], handed_in["late"]) == ("submitted", True)


def test_what_was_begun_too_late_leaves_the_visit_missed(company: Company) -> None:
    visit = missed(company)
    report, _ = company.submit(visit_id=visit["id"])
    after = seen(company, visit)
    assert (after["state"], after["inspection_id"], after["late"]) == ("missed", report, False)


def test_a_visit_finished_without_a_network_in_time_is_in_time(company: Company) -> None:
    visit = company.visit(opens_at=at(hours=-9), due_at=at(hours=-5))
    finished = at(hours=-6)
    _, receipt = company.submit(visit_id=visit["id"], started_at=at(hours=-7), submitted_at=finished)
    assert "late" not in receipt["flags"]
    shown = seen(company, visit)
    assert (shown["state"], shown["late"], shown["finished_at"]) == ("submitted", False, finished)


def test_a_phone_that_was_heard_of_since_did_not_finish_before(company: Company) -> None:
    visit = company.visit(opens_at=at(hours=-9), due_at=at(hours=-5))
    heard = datetime.now(UTC) - 3 * HOUR
    assert company.supervisor.get("/me")[0] == 200
    with company.app.app_context():
        session = company.supervisor.call("GET", "/auth/sessions")[1]["items"][0]["id"]
        in_transaction(
            lambda: db.session.add(
                RefreshToken(id=new_id(), session_id=uuid.UUID(session), successor_id=None, created_at=heard)
            )
        )
    _, receipt = company.submit(visit_id=visit["id"], started_at=at(hours=-7), submitted_at=at(hours=-6))
    assert "late" in receipt["flags"]
    shown = seen(company, visit)
    assert (shown["late"], shown["finished_at"]) == (True, moment_text(heard))
