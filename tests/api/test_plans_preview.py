"""A preview over HTTP tells exactly what comes."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.core.db import db
from api.core.transaction import in_transaction
from api.stores.models import Store
from tests.support.company import Company
from tests.support.plans import (
    body,
    change_store,
    day,
    days_ahead,
    last_day,
    make,
    set_visit,
    states,
    terms,
    visits,
)


def preview(company: Company, who: str = "admin", **changes: Any) -> dict[str, Any]:
    asked = {"checklist_id": str(company.checklist), "terms": terms({"store_ids": [str(company.store)]})}
    status, answer = getattr(company, who).post("/plans/preview", asked | changes)
    assert status == 200, answer
    return dict(answer)


def test_what_is_shown_is_what_comes(company: Company) -> None:
    change_store(company, company.store, supervisor_id=str(company.supervisor.id))
    wanted = terms(
        {"store_ids": [str(company.store), str(company.far_store)]},
        rrule="FREQ=WEEKLY;BYDAY=MO,TU,FR",
        times=["09:00", "18:30"],
        window_minutes=90,
        starts_on=day(1),
        closed={"weekdays": [], "dates": [day(3), day(4)]},
    )
    shown = preview(company, terms=wanted)
    made = visits(company, make(company, terms=wanted))
    assert shown["visits_ahead"] == len(made)
    assert shown["stores"] == {
        "total": 2,
        "by_region": sorted(
            (
                {"region": {"id": str(region), "name": {"zh": "店", "en": "Shop"}}, "count": 1}
                for region in (company.east, company.west)
            ),
            key=lambda one: [r["region"]["id"] for r in shown["stores"]["by_region"]].index(
                one["region"]["id"]
            ),
        ),
        "without_assignee": 1,
        "closed_today": 0,
    }
    near, far = shown["sample"]
    assert (near["store"]["id"], far["store"]["id"]) == (str(company.store), str(company.far_store))
    assert near["assignee"] == {"id": str(company.supervisor.id), "name": "supervisor"}
    assert far["assignee"] is None
    first = [v for k, v in made.items() if f"E-{company.mark}" in k][:12]
    assert [datetime.fromisoformat(o["opens_at"]) for o in near["occurrences"]] == [
        v["opens_at"] for v in first
    ]
    assert [datetime.fromisoformat(o["due_at"]) for o in near["occurrences"]] == [v["due_at"] for v in first]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT(09:00|18:30)\+08:00", o["local"]) for o in near["occurrences"])
    counted = {str(company.supervisor.id): len(made) // 2, None: len(made) // 2}
    load = {
        one["assignee"] and one["assignee"]["id"]: sum(w["visits"] for w in one["weeks"])
        for one in shown["load"]
    }
    assert load == counted
    assert {(s["date"], s["why"], s["stores"]) for s in shown["skipped"]} == {
        (d, "closed_date", 2) for d in (day(3), day(4)) if date.fromisoformat(d).weekday() in (0, 1, 4)
    }


def test_nothing_is_stored(company: Company) -> None:
    before = company.admin.get("/plans?limit=200")[1]
    preview(company)
    assert company.admin.get("/plans?limit=200")[1] == before


def test_a_plan_of_next_year_shows_the_days_from_its_start(company: Company) -> None:
    start = day(200)
    shown = preview(company, terms=terms({"store_ids": [str(company.store)]}, starts_on=start))
    assert shown["span"] == {
        "first": start,
        "last": (date.fromisoformat(start) + timedelta(days=35)).isoformat(),
    }
    assert shown["visits_ahead"] == 36
    assert shown["sample"][0]["occurrences"][0]["local"] == f"{start}T00:00+08:00"


def test_nights_on_which_the_clock_changes_are_named(company: Company) -> None:
    change_store(company, company.store, timezone="America/Chicago")
    spring = terms(
        {"store_ids": [str(company.store)]}, starts_on="2027-03-12", times=["02:30"], window_minutes=60
    )
    shown = preview(company, terms=spring)
    assert shown["clock_changes"] == [
        {"date": "2027-03-14", "change": "skipped", "timezone": "America/Chicago", "stores": 1}
    ]
    named = {o["clock_change"]: (o["local"], o["note"]) for o in shown["sample"][0]["occurrences"]}
    assert named["skipped"] == ("2027-03-14T03:00-05:00", "02:30 → 03:00")
    autumn = spring | {"starts_on": "2027-11-05", "times": ["01:30"]}
    named = {
        o["clock_change"]: (o["local"], o["note"])
        for o in preview(company, terms=autumn)["sample"][0]["occurrences"]
    }
    assert named["repeated"] == ("2027-11-07T01:30-05:00", "01:30 -05:00 / -06:00")


def test_closed_stores_and_closed_days_are_told(company: Company) -> None:
    def close() -> None:
        store = db.session.get(Store, company.store)
        assert store is not None
        store.closed_dates = [day(0), day(4)]

    with company.app.app_context():
        in_transaction(close)
    shown = preview(company)
    assert (shown["stores"]["total"], shown["stores"]["closed_today"]) == (1, 1)
    assert shown["skipped"] == [{"date": day(n), "why": "store_closed", "stores": 1} for n in (0, 4)]
    change_store(company, company.store, status="closed")
    shown = preview(company)
    assert (shown["stores"]["total"], shown["sample"], shown["visits_ahead"]) == (0, [], 0)


def test_the_sample_is_searched_and_paged(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.plans.preview_services.SAMPLE", 1)
    both = terms({"store_ids": [str(company.store), str(company.far_store)]})
    first = preview(company, terms=both)
    second = preview(company, terms=both, cursor=first["next"])
    assert [p["sample"][0]["store"]["code"] for p in (first, second)] == [
        f"E-{company.mark}-1",
        f"W-{company.mark}-1",
    ]
    assert second["next"] is None
    found = preview(company, terms=both, search=f"w-{company.mark}")
    assert [s["store"]["code"] for s in found["sample"]] == [f"W-{company.mark}-1"]
    assert found["stores"]["total"] == 2
    asked = {"checklist_id": str(company.checklist), "terms": both, "cursor": "x"}
    assert company.admin.post("/plans/preview", asked)[0] == 422


def test_other_plans_on_the_same_day_are_named(company: Company) -> None:
    monday = make(
        company, "manager", terms=terms({"store_ids": [str(company.store)]}, rrule="FREQ=WEEKLY;BYDAY=MO")
    )
    mondays = {key[:10] for key in visits(company, monday)}
    paused = make(company, "manager")
    step = {"version": 1, "action": "pause", "reason": "x", "effective_from": "today"}
    assert company.manager.post(f"/plans/{paused['id']}/transitions", step)[0] == 200
    found = preview(company)["collisions"]
    assert found["total"] == len(found["items"]) == len(mondays)
    assert {one["date"] for one in found["items"]} == mondays
    assert found["items"][0]["store"]["id"] == str(company.store)
    assert found["items"][0]["plans"] == [{"id": monday["id"], "name": monday["name"]}]
    itself = preview(company, plan_id=monday["id"], terms=monday["current"]["terms"])
    assert itself["collisions"] == {"total": 0, "items": []}


def test_an_edit_is_shown_as_what_it_changes(company: Company) -> None:
    plan = make(company)
    key = f"{day(2)}T00:00"
    set_visit(company, visits(company, plan)[key]["id"], state="in_progress")
    shorter = terms({"store_ids": [str(company.store)]}, window_minutes=600)
    rest = days_ahead() - 2
    same = preview(company, plan_id=plan["id"])
    assert same["change"] == {
        "effective_from": day(1),
        "kept": rest,
        "changed": 0,
        "moved": 0,
        "called_off": 0,
        "added": 0,
    }
    assert same["visits_ahead"] == days_ahead()
    assert preview(company, plan_id=plan["id"], terms=shorter)["change"]["changed"] == rest
    other = terms({"store_ids": [str(company.store)]}, times=["05:00"], rrule="FREQ=DAILY;INTERVAL=2")
    told = preview(company, plan_id=plan["id"], terms=other, effective_from=day(4))["change"]
    assert (told["effective_from"], told["kept"]) == (day(4), 0)
    before = states(company, plan)
    edit = {"version": 1, "terms": other, "effective_from": day(4)}
    assert company.admin.call("PATCH", f"/plans/{plan['id']}", edit)[0] == 200
    after = states(company, plan)
    assert told["moved"] + told["called_off"] == after["cancelled"]
    made = {k for k, v in visits(company, plan).items() if k.endswith("T05:00")}
    assert told["moved"] + told["added"] == len(made)
    assert before == {"scheduled": days_ahead() - 1, "in_progress": 1}


def test_an_edit_that_means_other_stores(company: Company) -> None:
    plan = make(company)
    far = terms({"store_ids": [str(company.far_store)]})
    told = preview(company, plan_id=plan["id"], terms=far)
    ahead = (last_day() - date.fromisoformat(day(1))).days + 1
    assert (told["change"]["called_off"], told["change"]["added"], told["change"]["kept"]) == (
        ahead,
        ahead,
        0,
    )
    assert told["stores"]["total"] == 1
    assert company.stranger.post("/plans/preview", body(company))[0] == 403
    asked = {"checklist_id": str(company.checklist), "terms": far, "plan_id": plan["id"]}
    assert company.admin.post("/plans/preview", asked | {"effective_from": day(-3)})[0] == 422
    assert datetime.now(UTC).date() <= last_day()
