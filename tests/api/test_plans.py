"""Plans over HTTP: made, read, refused, bounded."""

import copy
import secrets
from datetime import timedelta
from typing import Any

import pytest

from api.core.ids import new_id
from api.jobs import deeds
from tests.support.company import Company, call
from tests.support.plans import (
    body,
    change_store,
    day,
    days_ahead,
    make,
    set_visit,
    settle,
    states,
    terms,
    today,
    visits,
)


def test_a_plan_shows_its_visits_at_once(company: Company) -> None:
    change_store(company, company.store, supervisor_id=str(company.supervisor.id))
    plan = make(company)
    assert (plan["state"], plan["version"], plan["next"], plan["overrides"]) == ("active", 1, None, [])
    assert (plan["stores"], plan["visits_ahead"]) == (1, days_ahead())
    assert plan["settled"] == {"stores": 1, "of": 1}
    assert plan["current"]["terms"]["rrule"] == "FREQ=DAILY"
    made = visits(company, plan)
    assert next(iter(made)) == f"{day(0)}T00:00"
    assert {v["assignee_id"] for v in made.values()} == {company.supervisor.id}
    mine = company.supervisor.get("/visits?limit=1")[1]["items"][0]
    assert (mine["plan_id"], mine["plan_name"]) == (plan["id"], plan["name"])
    assert company.admin.get(f"/plans/{plan['id']}")[1] == plan


def test_plans_are_listed_by_state_newest_first_page_by_page(company: Company) -> None:
    first, second = make(company, "manager"), make(company, "manager")
    step = {"action": "pause", "version": 1, "reason": "holiday"}
    assert company.manager.post(f"/plans/{first['id']}/transitions", step)[0] == 200
    page = company.manager.get("/plans?limit=1")[1]
    assert [p["id"] for p in page["items"]] == [second["id"]]
    rest = company.manager.get(f"/plans?limit=1&cursor={page['next']}")[1]
    assert ([p["id"] for p in rest["items"]], rest["next"]) == ([first["id"]], None)
    paused = company.manager.get("/plans?state=paused&state=ended")[1]["items"]
    assert [p["id"] for p in paused] == [first["id"]]
    assert company.manager.get("/plans?state=gone")[0] == 422


def test_the_same_plan_sent_twice_is_one_plan(company: Company) -> None:
    asked = body(company, id=str(new_id()))
    first, again = company.admin.post("/plans", asked), company.admin.post("/plans", asked)
    assert (first[0], again[0]) == (201, 201)
    assert first[1] == again[1]
    assert states(company, first[1]) == {"scheduled": days_ahead()}
    other = asked | {"terms": terms({"store_ids": [str(company.store)]}, times=["08:00"])}
    assert company.admin.post("/plans", other)[1]["type"] == "/problems/id-reused"
    assert company.manager.post("/plans", asked)[1]["type"] == "/problems/id-reused"


WRONG = [
    ("name", {"zh": "x"}, "/name/en"),
    ("name", {"zh": "店" * 201, "en": ""}, "/name/zh"),
    ("name", {"zh": "", "en": " "}, "/name"),
    ("checklist_id", "x", "/checklist_id"),
    ("checklist_id", str(new_id()), "/checklist_id"),
    ("more", 1, "/more"),
    ("terms/more", 1, "/terms/more"),
    ("terms/rrule", "", "/terms/rrule"),
    ("terms/rrule", "FREQ=HOURLY", "/terms/rrule"),
    ("terms/rrule", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "/terms/rrule"),
    ("terms/rrule", "FREQ=WEEKLY;BYDAY=XX", "/terms/rrule"),
    ("terms/rrule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "/terms/rrule"),
    ("terms/rrule", "FREQ=DAILY;UNTIL=20200101", "/terms/rrule"),
    ("terms/starts_on", "tomorrow", "/terms/starts_on"),
    ("terms/starts_on", "9999-12-31", "/terms/starts_on"),
    ("terms/times", [], "/terms/times"),
    ("terms/times", ["24:00"], "/terms/times/0"),
    ("terms/times", ["09:00", "9:00"], "/terms/times/1"),
    ("terms/times", ["09:00", "09:00"], "/terms/times"),
    ("terms/window_minutes", 0, "/terms/window_minutes"),
    ("terms/window_minutes", 1.5, "/terms/window_minutes"),
    ("terms/late_minutes", -1, "/terms/late_minutes"),
    ("terms/early_minutes", None, "/terms/early_minutes"),
    ("terms/kind", "party", "/terms/kind"),
    ("terms/closed", {"weekdays": ["Monday"], "dates": []}, "/terms/closed/weekdays/0"),
    ("terms/closed", {"weekdays": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}, "/terms/closed"),
    ("terms/assignee", {"rule": "nobody"}, "/terms/assignee/rule"),
    ("terms/assignee", {"rule": "role"}, "/terms/assignee/role"),
    ("terms/assignee", {"rule": "role", "role": "king"}, "/terms/assignee/role"),
    ("terms/assignee", {"rule": "person"}, "/terms/assignee/user_id"),
    ("terms/assignee", {"rule": "person", "user_id": str(new_id())}, "/terms/assignee/user_id"),
    ("terms/assignee", {"rule": "rotation", "user_ids": []}, "/terms/assignee/user_ids"),
    ("terms/assignee", {"rule": "rotation", "user_ids": [str(new_id())]}, "/terms/assignee/user_ids/0"),
    ("terms/selection", {"region_ids": [str(new_id())]}, "/terms/selection/region_ids/0"),
    ("terms/selection", {"store_ids": [str(new_id())]}, "/terms/selection/store_ids/0"),
    ("terms/selection", {"except_ids": [str(new_id())]}, "/terms/selection/except_ids/0"),
    ("terms/selection", {"tags": "hot"}, "/terms/selection/tags"),
]


@pytest.mark.parametrize("path", ["/plans", "/plans/preview"])
def test_every_fault_is_named_by_its_place(company: Company, path: str) -> None:
    asked = body(company) if path == "/plans" else {k: v for k, v in body(company).items() if k != "name"}
    for where, value, pointer in WRONG:
        if where == "name" and path != "/plans":
            continue
        given = copy.deepcopy(asked)
        *parents, last = where.split("/")
        inner = given
        for parent in parents:
            inner = inner[parent]
        inner[last] = value
        status, answer = company.admin.post(path, given)
        assert status == 422, (where, value, answer)
        assert pointer in [error["pointer"] for error in answer["errors"]], (where, value, answer)


def test_who_is_no_longer_active_is_planned_for_no_more(company: Company) -> None:
    who = company.supervisor.id
    rotation = {"rule": "rotation", "user_ids": [str(who), str(company.manager.id)]}
    plan = make(company, terms=terms({"store_ids": [str(company.store)]}, assignee=rotation))
    assert company.admin.call("PATCH", f"/users/{who}", {"is_active": False})[0] == 200
    status, answer = company.admin.post("/plans", body(company, terms=terms(assignee=rotation)))
    assert (status, answer["errors"][0]["pointer"]) == (422, "/terms/assignee/user_ids/0")
    assert answer["errors"][0]["code"] == "inactive"
    change = {"assignee": {"rule": "person", "user_id": str(who)}}
    path = f"/plans/{plan['id']}/stores/{company.store}"
    assert company.admin.call("PUT", path, change)[1]["errors"][0]["pointer"] == "/assignee/user_id"
    with company.app.app_context():
        deeds.follow_people()
    turns = [v["assignee_id"] for v in visits(company, plan).values()]
    assert turns[:4] == [None, company.manager.id] * 2


def test_a_checklist_must_be_published_and_not_retired(company: Company) -> None:
    draft = {"code": f"D-{company.mark}", "name": {"zh": "表", "en": "List"}}
    unpublished = company.admin.post("/checklists", draft)[1]
    answer = company.admin.post("/plans", body(company, checklist_id=unpublished["id"]))[1]
    assert answer["errors"][0]["code"] == "not_published"


def test_a_plan_rests_while_its_checklist_is_retired(company: Company) -> None:
    where = terms({"region_ids": [str(company.east)]})
    plan = make(company, terms=where)
    path = f"/checklists/{company.checklist}"

    def turn(deed: str) -> None:
        revision = company.admin.get(path)[1]["draft_revision"]
        status, answer = company.admin.post(f"{path}/{deed}", {"revision": revision})
        assert status == 200, answer

    turn("retire")
    answer = company.admin.post("/plans", body(company))[1]
    assert answer["errors"][0]["code"] == "retired"
    change_store(company, company.far_store, region_id=str(company.east))
    assert settle(company, plan, timedelta(days=2)) == 0
    assert states(company, plan) == {"scheduled": days_ahead()}
    assert company.admin.get(f"/plans/{plan['id']}")[1]["resting"] is True
    step = {"action": "pause", "version": 1, "reason": "retired"}
    paused = company.admin.post(f"/plans/{plan['id']}/transitions", step)[1]
    assert (paused["resting"], paused["visits_ahead"]) == (False, 1)
    resume = {"action": "resume", "version": 2, "reason": "back"}
    refused = company.admin.post(f"/plans/{plan['id']}/transitions", resume)[1]
    assert refused["errors"][0]["pointer"] == "/checklist_id"
    turn("restore")
    assert company.admin.post(f"/plans/{plan['id']}/transitions", resume)[0] == 200
    assert settle(company, plan, timedelta(days=1)) == 2
    assert company.admin.get(f"/plans/{plan['id']}")[1]["stores"] == 2


def test_an_empty_selection_is_said_before_it_is_saved(company: Company) -> None:
    nothing = body(company, terms=terms({"tags": [f"tag-{secrets.token_hex(4)}"]}))
    assert company.admin.post("/plans", nothing)[1]["type"] == "/problems/empty-selection"
    status, plan = company.admin.post("/plans", nothing | {"allow_empty": True})
    assert (status, plan["stores"], plan["visits_ahead"]) == (201, 0, 0)
    change = {"version": plan["version"], "terms": nothing["terms"] | {"times": ["09:00"]}}
    path = f"/plans/{plan['id']}"
    assert company.admin.call("PATCH", path, change)[1]["type"] == "/problems/empty-selection"
    seen = {"checklist_id": nothing["checklist_id"], "terms": nothing["terms"]}
    assert company.admin.post("/plans/preview", seen)[1]["stores"]["total"] == 0


CALLS = [
    ("GET", "/plans", None),
    ("GET", "/plans/{id}", None),
    ("POST", "/plans", {}),
    ("POST", "/plans/preview", {}),
    ("PATCH", "/plans/{id}", {}),
    ("POST", "/plans/{id}/transitions", {}),
    ("PUT", "/plans/{id}/stores/{id}", {}),
    ("DELETE", "/plans/{id}/stores/{id}", None),
]


@pytest.mark.parametrize(("method", "path", "sent"), CALLS)
def test_only_those_who_may(company: Company, method: str, path: str, sent: Any) -> None:
    url = path.replace("{id}", str(new_id()))
    assert call(company.app, method, url, sent)[0] == 401
    assert company.clerk.call(method, url, sent)[0] == 403
    if method != "GET":
        assert company.supervisor.call(method, url, sent)[0] == 403
        assert company.keeper.call(method, url, sent)[0] == 403


def test_a_plan_of_other_stores_does_not_exist(company: Company) -> None:
    plan = make(company)
    url = f"/plans/{plan['id']}"
    assert company.stranger.get(url)[0] == 404
    assert plan["id"] not in [p["id"] for p in company.stranger.get("/plans")[1]["items"]]
    for who in (company.manager, company.supervisor, company.keeper):
        seen = who.get(url)[1]
        assert (seen["stores"], seen["visits_ahead"], seen["may_change"]) == (1, days_ahead(), False)
    far = make(company, terms=terms({"store_ids": [str(company.far_store)]}))
    for method, path, sent in CALLS[4:]:
        full = {"version": 1, "action": "pause", "reason": "x"} if "transitions" in path else sent
        full = {"version": 1} if method == "PATCH" else full
        here = path.replace("/stores/{id}", f"/stores/{company.far_store}").replace("{id}", far["id"])
        assert company.manager.call(method, here, full)[0] == 404, path


def test_a_regional_manager_leaves_the_plans_of_head_office_alone(company: Company) -> None:
    plan = make(company)
    url = f"/plans/{plan['id']}"
    assert company.manager.call("PATCH", url, {"version": 1, "name": {"zh": "x", "en": "x"}})[0] == 403
    step = {"version": 1, "action": "end", "reason": "x"}
    assert company.manager.post(f"{url}/transitions", step)[0] == 403
    seen = body(company) | {"plan_id": plan["id"]}
    del seen["name"]
    assert company.manager.post("/plans/preview", seen)[0] == 403


def test_a_regional_manager_plans_for_their_regions_even_when_they_select_everything(
    company: Company,
) -> None:
    everything = terms()
    plan = make(company, "manager", terms=everything)
    assert (plan["stores"], plan["visits_ahead"]) == (1, days_ahead())
    assert [region["id"] for region in plan["scope_regions"]] == [str(company.east)]
    seen = {"checklist_id": str(company.checklist), "terms": everything}
    assert company.manager.post("/plans/preview", seen)[1]["stores"]["total"] == 1
    far = terms({"region_ids": [str(company.west)]})
    answer = company.manager.post("/plans", body(company, terms=far))[1]
    assert answer["errors"][0]["pointer"] == "/terms/selection/region_ids/0"
    head_office = company.admin.call(
        "PATCH", f"/plans/{plan['id']}", {"version": 1, "terms": terms(times=["07:00"])}
    )[1]
    assert head_office["stores"] == 1


def test_wrong_moments_and_stale_versions_are_conflicts(company: Company) -> None:
    plan = make(company)
    url = f"/plans/{plan['id']}"

    def step(action: str, version: int, **more: Any) -> tuple[int, Any]:
        return company.admin.post(
            f"{url}/transitions", {"action": action, "version": version, "reason": "why"} | more
        )

    assert step("resume", 1)[1]["type"] == "/problems/wrong-state"
    assert step("pause", 1, reason=" ")[1]["errors"][0]["pointer"] == "/reason"
    assert step("pause", 1, effective_from=day(-2))[1]["errors"][0]["pointer"] == "/effective_from"
    assert step("pause", 1, effective_from="soon")[1]["errors"][0]["pointer"] == "/effective_from"
    paused = step("pause", 1)
    assert (paused[0], paused[1]["state"], paused[1]["version"]) == (200, "paused", 2)
    again = step("pause", 1)[1]
    assert (again["type"], again["current"]) == (
        "/problems/stale-version",
        {"version": 2, "state": "paused"},
    )
    assert step("pause", 2)[1]["type"] == "/problems/wrong-state"
    stale = company.admin.call("PATCH", url, {"version": 1, "name": {"zh": "x", "en": "x"}})
    assert (stale[0], stale[1]["type"]) == (409, "/problems/stale-version")
    assert step("end", 2)[1]["state"] == "ended"
    for call_ in (step("resume", 3), company.admin.call("PATCH", url, {"version": 3, "terms": terms()})):
        assert call_[1]["type"] == "/problems/wrong-state"
    override = company.admin.call("PUT", f"{url}/stores/{company.store}", {"excluded": True})
    assert override[1]["type"] == "/problems/wrong-state"


def test_many_stores_are_settled_by_the_job_process(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.plans.materialising.FIRST_CHUNK", 1)
    both = terms({"store_ids": [str(company.store), str(company.far_store)]})
    plan = make(company, terms=both)
    assert plan["settled"] == {"stores": 1, "of": 2}
    with company.app.app_context():
        assert deeds.make_visits() >= days_ahead()
    seen = company.admin.get(f"/plans/{plan['id']}")[1]
    assert (seen["settled"], seen["visits_ahead"]) == ({"stores": 2, "of": 2}, 2 * days_ahead())
    assert settle(company, plan) == 0


def test_a_campaign_is_one_visit_for_each_store_even_for_one_that_joins_later(company: Company) -> None:
    once = terms(
        {"region_ids": [str(company.east), str(company.west)], "tags": [company.mark]},
        rrule="FREQ=DAILY;COUNT=1",
        starts_on=(today()).isoformat(),
        window_minutes=14 * 1440,
        kind="special",
    )
    change_store(company, company.store, tags=[company.mark])
    plan = make(company, terms=once)
    assert (plan["stores"], plan["visits_ahead"]) == (1, 1)
    change_store(company, company.far_store, tags=[company.mark])
    with company.app.app_context():
        deeds.look_through_plans()
    made = visits(company, plan)
    assert len(made) == 2 and {v["kind"] for v in made.values()} == {"special"}
    set_visit(company, next(iter(made.values()))["id"], state="submitted")
    assert settle(company, plan) == 0
