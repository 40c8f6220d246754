"""Stores, visits, the feed, reports and imports."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support.company import CONTENT, Company, Person, call


def mirror(person: Person, cursor: str = "", limit: int = 3) -> tuple[dict[str, dict[str, Any]], str]:
    """What a phone holds after pulling to the end: kind → id → data."""
    held: dict[str, dict[str, Any]] = {}
    while True:
        status, page = person.get(f"/sync/changes?limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        assert status == 200, page
        if page["reset"]:
            return mirror(person)
        for item in page["items"]:
            kind = held.setdefault(item["type"], {})
            if item["op"] == "put":
                kind[item["id"]] = item["data"]
            else:
                kind[item["id"]] = {"removed": True}
        cursor = page["next"]
        if not page["more"]:
            return held, cursor


def test_the_feed_gives_a_snapshot_and_then_what_changed(company: Company) -> None:
    visit = company.visit()
    held, cursor = mirror(company.supervisor)
    assert set(held["store"]) == {str(company.store)}
    assert held["visit"][visit["id"]]["state"] == "scheduled"
    mine = held["checklist"][str(company.checklist)]["version"]
    assert [i["key"] for i in mine["content"]["sections"][0]["items"]] == ["floor", "cold", "date"]
    assert mirror(company.supervisor, cursor)[0] == {}
    report, receipt = company.submit(visit_id=visit["id"])
    news, after = mirror(company.supervisor, cursor)
    assert news["visit"][visit["id"]]["inspection_id"] == report
    assert news["inspection"][report]["score"] == 75
    assert set(news["task"]) == set(receipt["task_ids"])
    assert mirror(company.supervisor, after)[0] == {}


def test_others_see_nothing_of_it(company: Company) -> None:
    _, cursor = mirror(company.stranger)
    company.submit()
    assert mirror(company.stranger, cursor)[0] == {}


def test_a_changed_scope_resets_the_feed(company: Company) -> None:
    held, cursor = mirror(company.clerk)
    assert set(held["store"]) == {str(company.store)}
    company.admin.call("PATCH", f"/users/{company.clerk.id}", {"store_ids": [str(company.far_store)]})
    assert company.clerk.get(f"/sync/changes?cursor={cursor}")[1]["reset"] is True
    assert set(mirror(company.clerk)[0]["store"]) == {str(company.far_store)}


def test_a_foreign_cursor_is_a_422(company: Company) -> None:
    for cursor in ("x", "bnVsbA", "WzEsMiwzLDRd"):
        assert company.clerk.get(f"/sync/changes?cursor={cursor}")[0] == 422


def test_visits_by_hand(company: Company) -> None:
    now = datetime.now(UTC)
    visit = company.visit()
    same = {
        "id": str(new_id()),
        "store_id": str(company.store),
        "checklist_id": str(company.checklist),
        "assignee_id": str(company.supervisor.id),
        "opens_at": moment_text(now),
        "due_at": moment_text(now + timedelta(hours=3)),
    }
    assert company.supervisor.post("/visits", same)[0] == 201
    assert company.supervisor.post("/visits", same)[0] == 201
    assert company.supervisor.post("/visits", same | {"note": "x"})[1]["type"] == "/problems/id-reused"
    assert company.stranger.post("/visits", same | {"id": None})[0] == 404
    assert company.keeper.post("/visits", same | {"id": None})[0] == 403
    backwards = company.manager.post(
        "/visits", same | {"id": None, "due_at": moment_text(now - timedelta(hours=1))}
    )
    assert (backwards[0], backwards[1]["errors"][0]["pointer"]) == (422, "/due_at")
    path, step = f"/visits/{visit['id']}/transitions", {"action": "excuse", "version": 1, "reason": "holiday"}
    assert company.supervisor.post(path, step)[0] == 403
    assert company.manager.post(path, step | {"reason": ""})[0] == 422
    assert company.manager.post(path, step)[1]["state"] == "excused"
    assert company.manager.post(path, step)[1]["type"] == "/problems/stale-version"
    assert (
        company.manager.post(path, step | {"version": 2, "action": "cancel"})[1]["type"]
        == "/problems/wrong-state"
    )


def test_an_excused_visit_still_takes_its_report(company: Company) -> None:
    visit = company.visit()
    company.manager.post(
        f"/visits/{visit['id']}/transitions", {"action": "excuse", "version": 1, "reason": "holiday"}
    )
    _, receipt = company.submit(visit_id=visit["id"])
    assert receipt["flags"] == ["visit_called_off"]


def test_stores_are_scoped_paged_and_changed_on_their_version(company: Company) -> None:
    assert [s["id"] for s in company.keeper.get("/stores")[1]["items"]] == [str(company.store)]
    store = company.admin.get(f"/stores/{company.store}")[1]
    change = {"version": store["version"], "level": "A"}
    assert company.manager.call("PATCH", f"/stores/{company.store}", change)[0] == 403
    assert company.admin.call("PATCH", f"/stores/{company.store}", change)[1]["level"] == "A"
    assert (
        company.admin.call("PATCH", f"/stores/{company.store}", change)[1]["type"]
        == "/problems/stale-version"
    )
    first = company.admin.get("/stores?limit=1")[1]
    second = company.admin.get(f"/stores?limit=1&cursor={first['next']}")[1]
    assert first["items"][0]["code"] < second["items"][0]["code"]


def test_people_are_seen_within_the_scope(company: Company) -> None:
    seen = {u["username"] for u in company.manager.get("/users")[1]["items"]}
    assert f"keeper-{company.mark}" in seen
    assert f"far_keeper-{company.mark}" not in seen
    assert company.clerk.get("/users")[0] == 403
    taken = {
        "username": f"keeper-{company.mark}",
        "name": "x",
        "role": "supervisor",
        "password": "long enough for us",
    }
    assert company.admin.post("/users", taken)[1]["type"] == "/problems/already-exists"
    assert company.manager.post("/users", taken)[0] == 403


def test_scores_add_up_and_stay_in_scope(company: Company) -> None:
    for _ in range(2):
        company.submit()
    _, third = company.submit(
        answers=[
            a | {"value": 5, "photos": []} if a["item_key"] == "cold" else a
            for a in company.document()["answers"]
        ]
    )
    assert third["score"] == 100
    today = datetime.now(UTC).date().isoformat()
    path = f"/reports/scores?from={today}&to={today}"
    line = company.manager.get(f"{path}&group_by=store")[1]["items"][0]
    assert (
        line["key"],
        line["mean"],
        line["inspections"],
        line["pass_rate"],
        line["findings"],
        line["lowest"],
    ) == (
        str(company.store),
        83.3,
        3,
        33.3,
        2,
        75,
    )
    for group in ("region", "checklist", "supervisor", "day", "week", "month"):
        report = company.manager.get(f"{path}&group_by={group}")[1]
        assert report["overall"] == {"mean": 83.3, "inspections": 3, "pass_rate": 33.3, "findings": 2}
        assert len(report["items"]) == 1
    assert company.stranger.get(path)[1]["overall"]["inspections"] == 0
    assert company.clerk.get(path)[0] == 403
    status, table = company.manager.get(f"{path}&format=csv")
    assert status == 200
    assert table.decode("utf-8-sig").splitlines()[1].endswith(",83.3,3,33.3,2,75")
    assert company.manager.get("/reports/scores?from=2026-02-01&to=2026-01-01")[0] == 422


def _import(person: Person, path: str, body: str, kind: str = "text/csv") -> tuple[int, Any]:
    return person.call("POST", path, body.encode(), **{"Content-Type": kind})


def test_stores_come_from_csv_once(company: Company) -> None:
    table = f"license,name,city,latitude,longitude\n{company.mark}-a,A,X{company.mark},41.8,-87.6\n{company.mark}-b,B,X{company.mark},,\n"
    status, dry = _import(company.admin, "/imports/stores?dry_run=true", table)
    assert (status, dry["created"], dry["dry_run"]) == (200, 2, True)
    assert _import(company.admin, "/imports/stores", table)[1]["created"] == 2
    assert _import(company.admin, "/imports/stores", table)[1] == {
        "rows": 2,
        "created": 0,
        "changed": 0,
        "unchanged": 2,
        "regions_created": 0,
        "dry_run": False,
    }
    assert _import(company.admin, "/imports/stores", table.replace(",A,", ",AA,"))[1]["changed"] == 1
    assert _import(company.manager, "/imports/stores", table)[0] == 403


def test_a_table_with_bad_rows_names_each_and_imports_nothing(company: Company) -> None:
    table = (
        f"code,name_en,city,latitude,longitude\n{company.mark}-1,Good,X,1,1\n{company.mark}-2,,X,1,1\n"
        f"{company.mark}-3,Bad,X,north,1\n{company.mark}-1,Twice,X,1,1\n,None,X,1,1\n{company.mark}-6,Half,X,1,\n"
    )
    status, problem = _import(company.admin, "/imports/stores", table)
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert [(r["line"], r["column"], r["code"]) for r in problem["rows"]] == [
        (3, "name", "required"),
        (4, "latitude", "not_a_number"),
        (5, "code", "twice"),
        (6, "code", "required"),
        (7, "latitude", "half_point"),
    ]
    found = company.admin.get(f"/stores?search={company.mark}-1")[1]["items"]
    assert [s["code"] for s in found if s["code"].startswith(company.mark)] == []


def test_a_form_becomes_a_published_checklist(company: Company) -> None:
    code = f"FORM-{company.mark}"
    table = "item,severity,section,text\n1,Critical,Food,Good source\n2,Minor,Floor,Clean\n"
    path = f"/imports/checklists?code={code}&name_en=Form"
    status, report = _import(company.admin, path, table)
    assert (status, report["published"], report["codes"]) == (200, 1, [code])
    assert _import(company.admin, path, table)[1]["unchanged"] == 1
    content = company.clerk.get(f"/checklists/{report['ids'][0]}/versions/1")[1]["content"]
    items = [(i["key"], i["flag"], i["points"]) for s in content["sections"] for i in s["items"]]
    assert items == [("item-1", "redline", 5), ("item-2", "general", 1)]
    status, problem = _import(company.admin, path, "item,severity,section,text\n1,Odd,Food,Good\nx,Minor,,\n")
    assert status == 422
    assert [(r["line"], r["column"]) for r in problem["rows"]] == [
        (2, "severity"),
        (3, "item"),
        (3, "section"),
        (3, "text"),
    ]
    assert (
        _import(company.admin, "/imports/checklists", json.dumps([{"code": "x"}]), "application/json")[0]
        == 422
    )


def test_a_faulty_checklist_is_refused_with_pointers(company: Company) -> None:
    content = json.loads(json.dumps(CONTENT))
    content["sections"][0]["items"][1]["key"] = "floor"
    content["sections"][0]["items"][2]["points"] = -1
    body = {"code": f"X-{company.mark}", "name": {"zh": "", "en": "X"}, "content": content}
    status, problem = company.admin.post("/checklists", body)
    assert status == 422
    assert {e["pointer"] for e in problem["errors"]} == {
        "/content/sections/0/items/1/key",
        "/content/sections/0/items/2/points",
    }
    assert company.manager.post("/checklists", body)[0] == 403


def test_the_frame(app: Flask) -> None:
    assert call(app, "GET", "/livez")[0] == 200
    assert call(app, "GET", "/readyz")[0] == 200
    status, openapi = call(app, "GET", "/openapi.json")
    assert (status, openapi["openapi"]) == (200, "3.1.0")
    assert call(app, "GET", "/nowhere")[1]["type"] == "/problems/not-found"
    answer = app.test_client().get("/api/v1/nowhere")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert call(app, "DELETE", "/stores")[0] == 405
