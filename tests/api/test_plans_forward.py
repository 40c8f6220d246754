"""Edits, pauses, closed stores and new people: what was stays, what comes follows."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.core.db import db
from api.core.transaction import in_transaction
from api.jobs import deeds
from api.plans.following import follow
from api.plans.models import Plan
from api.stores import services as stores
from api.stores.models import Store
from tests.support.company import Company
from tests.support.plans import (
    change_store,
    day,
    days_ahead,
    last_day,
    make,
    pull,
    set_visit,
    settle,
    states,
    terms,
    visits,
)


def patch(company: Company, plan: dict[str, Any], **changes: Any) -> dict[str, Any]:
    version = company.admin.get(f"/plans/{plan['id']}")[1]["version"]
    status, answer = company.admin.call("PATCH", f"/plans/{plan['id']}", {"version": version} | changes)
    assert status == 200, answer
    return dict(answer)


def step(company: Company, plan: dict[str, Any], action: str, **more: Any) -> dict[str, Any]:
    version = company.admin.get(f"/plans/{plan['id']}")[1]["version"]
    asked = {"version": version, "action": action, "reason": "because"} | more
    status, answer = company.admin.post(f"/plans/{plan['id']}/transitions", asked)
    assert status == 200, answer
    return dict(answer)


def here(company: Company, **changes: Any) -> dict[str, Any]:
    return terms({"store_ids": [str(company.store)]}, **changes)


def follow_plan(company: Company, plan: dict[str, Any]) -> int:
    with company.app.app_context():
        return follow(datetime.now(UTC), plan_ids=[uuid.UUID(plan["id"])])


def test_an_edit_changes_nothing_before_its_day_and_keeps_the_same_occurrences(company: Company) -> None:
    plan = make(company)
    before = visits(company, plan)
    edited = patch(company, plan, terms=here(company, window_minutes=600), effective_from=day(3))
    after = visits(company, plan)
    assert {key: v["id"] for key, v in after.items()} == {key: v["id"] for key, v in before.items()}
    for key, visit in after.items():
        minutes = (visit["due_at"] - visit["opens_at"]).total_seconds() / 60
        assert minutes == (1439 if key < day(3) else 600), key
    assert edited["current"]["number"] == 1
    assert (edited["next"]["number"], edited["next"]["effective_from"]) == (2, day(3))
    assert [r["number"] for r in edited["revisions"]] == [1, 2]


def test_another_time_calls_the_old_visits_off_and_makes_new_ones(company: Company) -> None:
    plan = make(company)
    patch(company, plan, terms=here(company, times=["06:00"]))
    found = visits(company, plan)
    assert found[f"{day(0)}T00:00"]["state"] == "scheduled"
    assert f"{day(0)}T06:00" not in found
    assert (found[f"{day(1)}T00:00"]["state"], found[f"{day(1)}T06:00"]["state"]) == (
        "cancelled",
        "scheduled",
    )
    assert found[f"{day(1)}T00:00"]["called_off_by_plan"] is True
    patch(company, plan, terms=here(company))
    back = visits(company, plan)
    assert back[f"{day(1)}T00:00"]["state"] == "scheduled"
    assert back[f"{day(1)}T00:00"]["id"] == found[f"{day(1)}T00:00"]["id"]


@pytest.mark.parametrize("state", ["in_progress", "submitted", "missed", "excused", "cancelled"])
def test_what_somebody_began_or_decided_is_never_touched(company: Company, state: str) -> None:
    plan = make(company)
    key = f"{day(2)}T00:00"
    before = visits(company, plan)[key]
    set_visit(company, before["id"], state=state)
    patch(company, plan, terms=here(company, window_minutes=60), effective_from="today")
    step(company, plan, "pause", effective_from="today")
    assert visits(company, plan)[key] == before | {"state": state}


def test_an_edit_of_which_stores_are_meant_waits_for_its_day(company: Company) -> None:
    both = {"store_ids": [str(company.store), str(company.far_store)]}
    plan = make(company, terms=terms(both))
    patch(company, plan, terms=here(company), effective_from=day(4))
    settle(company, plan)
    far = {key[:10]: v["state"] for key, v in visits(company, plan).items() if f"W-{company.mark}" in key}
    assert {key: "scheduled" if key < day(4) else "cancelled" for key in far} == far
    settle(company, plan, timedelta(days=6))
    again = {key[:10]: v["state"] for key, v in visits(company, plan).items() if f"W-{company.mark}" in key}
    assert again == far


def test_an_edit_with_nothing_new_touches_no_visit(company: Company) -> None:
    plan = make(company)
    with company.app.app_context():
        before = company.admin.get(f"/visits?plan_id={plan['id']}")[1]
    patch(company, plan, terms=here(company), effective_from="today")
    assert company.admin.get(f"/visits?plan_id={plan['id']}")[1] == before


def test_a_pause_takes_back_what_is_ahead_and_resuming_brings_back_only_that(company: Company) -> None:
    plan = make(company)
    paused = step(company, plan, "pause")
    assert (paused["state"], paused["next"]["stopped"], paused["visits_ahead"]) == ("paused", True, 1)
    before = visits(company, plan)
    assert states(company, plan) == {"scheduled": 1, "cancelled": days_ahead() - 1}
    key = f"{day(1)}T00:00"
    passed = {name: before[key][name] - timedelta(days=3) for name in ("opens_at", "due_at")}
    set_visit(company, before[key]["id"], **passed)
    step(company, plan, "resume", effective_from=day(3))
    found = visits(company, plan)
    assert {k: v["id"] for k, v in found.items()} == {k: v["id"] for k, v in before.items()}
    assert [v["state"] for v in found.values()][:4] == ["scheduled", "cancelled", "cancelled", "scheduled"]
    assert states(company, plan) == {"scheduled": days_ahead() - 2, "cancelled": 2}


def test_an_edit_of_a_plan_whose_pause_is_ahead_keeps_the_pause(company: Company) -> None:
    plan = make(company)
    step(company, plan, "pause", effective_from=day(5))
    patch(company, plan, terms=here(company, window_minutes=600))
    found = visits(company, plan)
    assert {k[:10] for k, v in found.items() if v["state"] == "scheduled"} == {day(n) for n in range(5)}
    resumed = step(company, plan, "resume")
    assert (resumed["state"], resumed["visits_ahead"]) == ("active", days_ahead())


def test_the_end_comes_on_its_day(company: Company) -> None:
    plan = make(company)
    ended = step(company, plan, "end", effective_from=day(2))
    assert (ended["state"], ended["visits_ahead"]) == ("ended", 2)
    settle(company, plan, timedelta(days=10))
    assert states(company, plan) == {"scheduled": 2, "cancelled": days_ahead() - 2}
    assert company.admin.get(f"/plans/{plan['id']}")[1]["stores"] == 0


def test_overrides_survive_edits_until_they_are_taken_away(company: Company) -> None:
    plan = make(company)
    url = f"/plans/{plan['id']}/stores/{company.store}"
    own = {"times": ["20:00"], "window_minutes": 60, "assignee": {"rule": "role", "role": "supervisor"}}
    first = company.admin.call("PUT", url, own)
    again = company.admin.call("PUT", url, own)
    assert (first[0], again) == (200, first)
    shown = first[1]["overrides"]
    assert [(o["store"]["id"], o["times"], o["excluded"]) for o in shown] == [
        (str(company.store), ["20:00"], False)
    ]
    patch(company, plan, terms=here(company, times=["05:00"]))
    tomorrow = visits(company, plan)[f"{day(1)}T20:00"]
    assert (tomorrow["state"], tomorrow["assignee_id"]) == ("scheduled", company.supervisor.id)
    assert f"{day(1)}T05:00" not in visits(company, plan)
    taken = company.admin.call("DELETE", url)
    assert (taken[0], taken[1]["overrides"]) == (200, [])
    assert company.admin.call("DELETE", url) == taken
    found = visits(company, plan)
    assert (found[f"{day(1)}T05:00"]["state"], found[f"{day(1)}T20:00"]["state"]) == (
        "scheduled",
        "cancelled",
    )


def test_a_store_can_be_left_out_and_let_in_again(company: Company) -> None:
    plan = make(company)
    url = f"/plans/{plan['id']}/stores/{company.store}"
    left_out = company.admin.call("PUT", url, {"excluded": True})[1]
    assert (left_out["stores"], left_out["visits_ahead"]) == (0, 0)
    assert states(company, plan) == {"cancelled": days_ahead()}
    assert company.admin.call("DELETE", url)[1]["visits_ahead"] == days_ahead()
    assert company.admin.call("PUT", url, {"times": ["x"]})[0] == 422
    assert company.admin.call("PUT", url, {"assignee": {"rule": "person"}})[0] == 422


def test_nothing_is_asked_for_that_was_due_before_it_was_asked(company: Company) -> None:
    plan = make(company, terms=here(company, times=["00:00"], window_minutes=1))
    found = visits(company, plan)
    assert f"{day(0)}T00:00" not in found and f"{day(1)}T00:00" in found
    url = f"/plans/{plan['id']}/stores/{company.store}"
    company.admin.call("PUT", url, {"window_minutes": 2})
    patch(company, plan, terms=here(company, window_minutes=3), effective_from="today")
    company.admin.call("DELETE", url)
    assert visits(company, plan).keys() == found.keys()


def test_a_store_that_fits_joins_by_itself(company: Company) -> None:
    plan = make(company, terms=terms({"region_ids": [str(company.east)]}))
    fields = {"name_zh": "新店", "name_en": "New", "latitude": 31.2, "longitude": 121.4}
    new = {"code": f"E-{company.mark}-2", "region_id": company.east}

    def add() -> None:
        stores.add_store(fields | new, actor=None, now=datetime.now(UTC))

    with company.app.app_context():
        in_transaction(add)
        deeds.look_through_plans()
    assert states(company, plan) == {"scheduled": 2 * days_ahead()}


@pytest.mark.parametrize("status", ["closed", "suspended"])
def test_a_closed_store_has_no_visits_and_has_them_again_from_when_it_reopens(
    company: Company, status: str
) -> None:
    plan = make(company)
    before = visits(company, plan)
    submitted = before[f"{day(3)}T00:00"]
    set_visit(company, submitted["id"], state="submitted")
    change_store(company, company.store, status=status)
    with company.app.app_context():
        deeds.look_through_plans()
    assert states(company, plan) == {"cancelled": days_ahead() - 1, "submitted": 1}
    assert company.admin.get(f"/plans/{plan['id']}")[1]["stores"] == 0
    passed = before[f"{day(1)}T00:00"]
    times = {name: passed[name] - timedelta(days=3) for name in ("opens_at", "due_at")}
    set_visit(company, passed["id"], **times)
    change_store(company, company.store, status="open")
    with company.app.app_context():
        deeds.look_through_plans()
    found = visits(company, plan)
    assert {k: v["id"] for k, v in found.items()} == {k: v["id"] for k, v in before.items()}
    assert found[f"{day(1)}T00:00"]["state"] == "cancelled"
    assert states(company, plan) == {"scheduled": days_ahead() - 2, "cancelled": 1, "submitted": 1}


def test_days_on_which_a_store_is_closed_have_no_visit(company: Company) -> None:
    def close() -> None:
        store = db.session.get(Store, company.store)
        assert store is not None
        store.closed_dates = [day(2), day(5)]

    with company.app.app_context():
        in_transaction(close)
    plan = make(company, terms=here(company, closed={"weekdays": [], "dates": [day(3)]}))
    found = {key[:10] for key in visits(company, plan)}
    assert not found & {day(2), day(3), day(5)} and day(4) in found


def test_visits_follow_a_new_supervisor_but_not_those_begun_or_given_by_hand(company: Company) -> None:
    change_store(company, company.store, supervisor_id=str(company.supervisor.id))
    plan = make(company)
    before = visits(company, plan)
    keys = [f"{day(n)}T00:00" for n in range(4)]
    set_visit(company, before[keys[1]]["id"], state="in_progress")
    by_hand = {"assigned_by": company.admin.id, "assignee_id": company.keeper.id}
    set_visit(company, before[keys[2]]["id"], **by_hand)
    assert follow_plan(company, plan) == 0
    change_store(company, company.store, supervisor_id=str(company.manager.id))
    assert follow_plan(company, plan) == days_ahead() - 2
    assert follow_plan(company, plan) == 0
    found = [visits(company, plan)[key]["assignee_id"] for key in keys]
    people = (company.manager.id, company.supervisor.id, company.keeper.id, company.manager.id)
    assert found == list(people)
    patch(company, plan, terms=here(company, window_minutes=600), effective_from="today")
    assert visits(company, plan)[keys[2]]["assignee_id"] == company.keeper.id


def test_without_a_supervisor_the_visit_stands_without_anybody(company: Company) -> None:
    plan = make(company)
    assert {v["assignee_id"] for v in visits(company, plan).values()} == {None}
    desk = company.manager.get("/visits?unassigned=true&limit=200")[1]["items"]
    assert len(desk) == days_ahead()
    change_store(company, company.store, supervisor_id=str(company.supervisor.id))
    assert follow_plan(company, plan) == days_ahead()


def test_who_lost_a_visit_is_told(company: Company) -> None:
    change_store(company, company.store, supervisor_id=str(company.stranger.id))
    plan = make(company)
    ids = sorted(str(visit["id"]) for visit in visits(company, plan).values())
    put, _, cursor, _ = pull(company.stranger)
    assert sorted(put) == ids
    change_store(company, company.store, supervisor_id=str(company.supervisor.id))
    follow_plan(company, plan)
    put, removed, _, _ = pull(company.stranger, cursor)
    assert (put, sorted(removed)) == ([], ids)
    assert sorted(pull(company.supervisor)[0]) == ids


def test_the_feed_is_cut_by_visits_and_skips_none(company: Company) -> None:
    _, _, cursor, _ = pull(company.supervisor)
    plans = [make(company) for _ in range(3)]
    put, removed, _, most = pull(company.supervisor, cursor, limit=50)
    assert most <= 50 and removed == []
    assert sorted(put) == sorted(str(v["id"]) for plan in plans for v in visits(company, plan).values())


def test_of_two_edits_ahead_the_later_written_counts(company: Company) -> None:
    plan = make(company)
    patch(company, plan, terms=here(company, times=["10:00"]), effective_from=day(10))
    patch(company, plan, terms=here(company, times=["11:00"]), effective_from=day(5))
    found = visits(company, plan)
    scheduled = {key for key, v in found.items() if v["state"] == "scheduled"}
    last = last_day().isoformat()
    assert {key[11:] for key in scheduled if key[:10] >= day(5)} == {"11:00"}
    assert f"{last}T11:00" in scheduled and f"{day(4)}T00:00" in scheduled
    with company.app.app_context():
        stored = db.session.get(Plan, uuid.UUID(plan["id"]))
        assert stored is not None and stored.version == 3
