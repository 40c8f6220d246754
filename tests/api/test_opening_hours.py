"""Opening hours and closed days of stores: by hand, from a table, on phones, and what visits make of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.transaction import in_transaction
from api.plans import plan_services
from api.plans.materialising import materialise
from api.plans.models import Visit
from tests.api.test_rooms import _import, mirror
from tests.support.company import Company

HOURS = {"mo": [["09:00", "14:00"], ["17:00", "22:00"]], "sa": [["18:00", "02:00"]]}


def change(company: Company, who: str = "admin", **fields: Any) -> tuple[int, Any]:
    version = company.admin.get(f"/stores/{company.store}")[1]["version"]
    path, body = f"/stores/{company.store}", fields | {"version": version}
    return getattr(company, who).call("PATCH", path, body)


def test_hours_are_given_changed_and_mirrored(company: Company) -> None:
    store = company.admin.get(f"/stores/{company.store}")[1]
    assert (store["opening_hours"], store["closed_dates"]) == (None, [])
    _, cursor = mirror(company.supervisor)
    days = ["2027-01-01", "2026-12-25", "2027-01-01"]
    status, store = change(company, opening_hours=HOURS, closed_dates=days)
    assert (status, store["opening_hours"]) == (200, HOURS)
    assert store["closed_dates"] == ["2026-12-25", "2027-01-01"]
    told = mirror(company.supervisor, cursor)[0]["store"][str(company.store)]
    assert (told["opening_hours"], told["closed_dates"]) == (HOURS, store["closed_dates"])
    assert change(company, opening_hours={"mo": []})[1]["opening_hours"] is None
    assert change(company, opening_hours=None, closed_dates=[])[1]["closed_dates"] == []
    assert change(company, who="manager", closed_dates=[])[0] == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opening_hours", "mo 09:00-22:00"),
        ("opening_hours", {"mo": [["9:00", "22:00"]]}),
        ("opening_hours", {"monday": []}),
        ("opening_hours", [["09:00", "22:00"]]),
        ("closed_dates", "2026-12-25"),
        ("closed_dates", ["25.12.2026"]),
        ("closed_dates", [None]),
        ("closed_dates", [str(date(2027, 1, 1) + timedelta(days=n)) for n in range(401)]),
    ],
)
def test_hours_of_a_wrong_shape(company: Company, field: str, value: Any) -> None:
    status, problem = change(company, **{field: value})
    assert (status, problem["errors"][0]["pointer"].split("/")[1]) == (422, field)


def test_hours_come_from_a_table_and_are_kept_where_it_says_nothing(company: Company) -> None:
    mark = company.mark
    head = "code,name,city,opening_hours,closed_dates\n"
    table = f'{head}{mark}-a,A,X{mark},"mo 09:00-14:00,17:00-22:00; sa 18:00-02:00",2026-12-25\n{mark}-b,B,X{mark},,\n'
    assert _import(company.admin, "/imports/stores", table)[1]["created"] == 2
    found = {s["code"]: s for s in company.admin.get(f"/stores?search={mark}-")[1]["items"]}
    assert found[f"{mark}-a"]["opening_hours"] == HOURS
    assert found[f"{mark}-a"]["closed_dates"] == ["2026-12-25"]
    assert (found[f"{mark}-b"]["opening_hours"], found[f"{mark}-b"]["closed_dates"]) == (None, [])
    assert _import(company.admin, "/imports/stores", table)[1]["unchanged"] == 2
    assert (
        _import(company.admin, "/imports/stores", f"code,name,city\n{mark}-a,A,X{mark}\n")[1]["unchanged"]
        == 1
    )
    bad = table.replace("09:00-14:00", "9-14").replace("2026-12-25", "Christmas")
    status, problem = _import(company.admin, "/imports/stores", bad)
    named = [(row["line"], row["column"]) for row in problem["rows"]]
    assert (status, named) == (422, [(2, "opening_hours"), (2, "closed_dates")])


@pytest.mark.parametrize("how", ["by hand", "from a table"])
def test_a_closed_day_takes_the_visits_of_plans_back_and_another_brings_them(
    company: Company, how: str
) -> None:
    now = datetime.now(UTC)
    closed = now.date() + timedelta(days=3)
    selection: dict[str, Any] = {name: [] for name in ("region_ids", "types", "tags", "levels", "except_ids")}
    terms = {
        "selection": selection | {"store_ids": [company.store]},
        "assignee": {"rule": "store_supervisor"},
        "rrule": "FREQ=DAILY;COUNT=8",
        "starts_on": now.date(),
        "times": ["12:00"],
        "window_minutes": 60,
        "late_minutes": None,
        "early_minutes": 0,
        "closed": {"weekdays": [], "dates": []},
        "kind": "routine",
        "note": "",
    }
    admin = Actor(company.people["admin"].id, "admin", "hq_admin")
    given = {"name": {"zh": "计划", "en": "Plan"}, "checklist_id": company.checklist, "terms": terms}

    def state() -> str:
        materialise(now, plan_ids=[plan])
        db.session.rollback()
        query = sa.select(Visit.state).where(Visit.plan_id == plan, Visit.occurrence.startswith(str(closed)))
        return db.session.execute(query).scalar_one()

    def close(days: list[date]) -> None:
        if how == "by hand":
            assert change(company, closed_dates=[str(one) for one in days])[0] == 200
            return
        head = "code,name,region,city,closed_dates"
        cell = "; ".join(map(str, days or [closed + timedelta(days=90)]))
        row = f"E-{company.mark}-1,Shop,E-{company.mark},X,{cell}"
        assert _import(company.admin, "/imports/stores", f"{head}\n{row}\n")[1]["changed"] == 1

    with company.app.app_context():
        plan = in_transaction(plan_services.create, admin, given, now).id
        assert state() == "scheduled"
        close([closed])
        assert state() == "cancelled"
        close([])
        assert state() == "scheduled"
