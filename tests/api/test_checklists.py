"""Drafts, versions, differences, retiring, copies and the library."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from api.checklists import services
from api.checklists.drafts import ChecklistDraft
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from tests.api.test_rooms import mirror
from tests.support.company import CONTENT, Company, call, picture, sha256
from tests.support.lists import begin, content, item, publish, published, save, section, words

HALF = {"scoring": {}, "sections": [section("s", item("a"), {"key": "a", "kind": "guess"})]}


def deed(company: Company, checklist: dict[str, Any], name: str, **more: Any) -> tuple[int, Any]:
    path = f"/checklists/{checklist['id']}/{name}"
    return company.admin.post(path, {"revision": checklist["draft_revision"]} | more)


def test_a_checklist_begins_with_an_empty_draft(company: Company) -> None:
    begun = begin(company, None)
    assert (begun["has_draft"], begun["published_version"], begun["retired_at"]) == (True, None, None)
    assert begun["draft"] == {"scoring": {}, "sections": []}
    assert [(f["pointer"], f["code"]) for f in begun["faults"]] == [("/sections", "invalid")]
    again = {"code": begun["code"], "name": words("New")}
    assert company.admin.post("/checklists", again)[1]["type"] == "/problems/already-exists"
    assert company.admin.post("/checklists", {"code": "Y", "name": words(" ")})[0] == 422
    assert company.manager.get(f"/checklists/{begun['id']}")[0] == 404
    assert begun["id"] not in {c["id"] for c in company.manager.get("/checklists?limit=200")[1]["items"]}


def test_unfinished_work_is_kept_and_its_faults_are_named(company: Company) -> None:
    saved = save(company.admin, begin(company, None), HALF)
    assert saved["draft"] == HALF
    assert {f["pointer"] for f in saved["faults"]} >= {
        "/sections/0/items/1/key",
        "/sections/0/items/1/kind",
        "/sections/0/items/1/text",
    }
    assert company.admin.get(f"/checklists/{saved['id']}")[1] == saved
    status, problem = deed(company, saved, "versions")
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert "/content/sections/0/items/1/kind" in {e["pointer"] for e in problem["errors"]}
    mended = save(company.admin, saved, content(section("s", item("a"))))
    assert mended["faults"] == []
    assert mended["draft"]["sections"][0]["items"][0]["fix_hours"] == 168
    shown = publish(company.admin, mended)
    assert (shown["published_version"], shown["has_draft"], shown["draft"]) == (1, False, None)
    assert [(v["number"], v["published_by"]["name"]) for v in shown["versions"]] == [(1, "admin")]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"sections": "none"}, "/content/sections"),
        ({"sections": [7]}, "/content/sections/0"),
        ({"sections": [{"items": {}}]}, "/content/sections/0/items"),
        ({"sections": [{"items": [[]]}]}, "/content/sections/0/items/0"),
    ],
)
def test_what_cannot_be_read_is_not_kept(company: Company, given: dict[str, Any], pointer: str) -> None:
    begun = begin(company, None)
    body = {"content": given, "revision": begun["draft_revision"]}
    status, problem = company.admin.call("PUT", f"/checklists/{begun['id']}/draft", body)
    assert status == 422
    assert problem["errors"][0]["pointer"] == pointer
    assert company.admin.get(f"/checklists/{begun['id']}")[1] == begun


def test_a_draft_has_an_end(company: Company) -> None:
    begun = begin(company, None)
    long = [item(f"i{n}", guide=words("x" * 2000)) for n in range(300)]
    body = {"content": content(section("s", *long)), "revision": begun["draft_revision"]}
    status, problem = company.admin.call("PUT", f"/checklists/{begun['id']}/draft", body)
    assert (status, problem["type"]) == (413, "/problems/too-large")


def test_of_two_who_save_one_is_told(company: Company) -> None:
    begun = begin(company, None)
    saved = save(company.admin, begun, HALF)
    body = {"content": HALF, "revision": begun["draft_revision"]}
    status, problem = company.admin.call("PUT", f"/checklists/{begun['id']}/draft", body)
    assert (status, problem["type"]) == (409, "/problems/stale-version")
    assert problem["current"] == {"draft_revision": saved["draft_revision"]}
    for name in ("versions", "retire", "restore"):
        assert deed(company, begun, name)[1]["type"] == "/problems/stale-version"


def test_a_draft_is_thrown_away_only_where_something_is_published(company: Company) -> None:
    begun = begin(company, content(section("s", item("a"))))
    path = f"/checklists/{begun['id']}/draft?revision="
    status, problem = company.admin.call("DELETE", f"{path}{begun['draft_revision']}")
    assert (status, problem["type"]) == (409, "/problems/wrong-state")
    first = publish(company.admin, begun)
    assert company.admin.call("DELETE", f"{path}{first['draft_revision']}")[0] == 409
    body = {"content": HALF, "revision": first["draft_revision"], "name": words("Other")}
    drafted = company.admin.call("PUT", f"/checklists/{begun['id']}/draft", body)[1]
    assert (drafted["has_draft"], drafted["name"]) == (True, words("Other"))
    assert company.admin.call("DELETE", f"{path}{first['draft_revision']}")[0] == 409
    status, gone = company.admin.call("DELETE", f"{path}{drafted['draft_revision']}")
    assert (status, gone["has_draft"], gone["draft"], gone["faults"]) == (200, False, None, [])
    assert gone["name"] == words("New")
    assert company.admin.call("DELETE", path)[0] == 422


def test_versions_tell_what_changed(company: Company) -> None:
    first = published(company, content(section("s", item("a"), item("b"), item("c"))))
    new = content(section("s", item("c"), item("a", points=5), item("b"), item("d")), mode="deduct")
    second = publish(company.admin, save(company.admin, first, new))
    path = f"/checklists/{first['id']}/differences"
    status, found = company.keeper.get(f"{path}?from=1&to=2")
    assert (status, found["from"], found["to"]) == (200, 1, 2)
    assert {(i["key"], i["change"]) for i in found["items"]} == {
        ("c", "moved"),
        ("a", "changed"),
        ("d", "added"),
    }
    assert found["scoring"] == [{"field": "mode", "before": "additive", "after": "deduct"}]
    assert found["counts"] == {"added": 1, "removed": 0, "changed": 1, "moved": 1}
    save(company.admin, second, HALF)
    status, found = company.admin.get(f"{path}?from=2&to=draft")
    assert (status, found["to"], found["counts"]["removed"]) == (200, "draft", 3)
    assert company.keeper.get(f"{path}?from=2&to=draft")[0] == 403
    assert company.admin.get(f"{path}?from=2&to=3")[0] == 404
    for wrong in ("from=0&to=1", "from=1", "from=1&to=new", "from=1&to=9999999999"):
        assert company.admin.get(f"{path}?{wrong}")[0] == 422


@pytest.mark.parametrize(
    "deed_of_sql", ["UPDATE checklist_versions SET name_en = 'x'", "DELETE FROM checklist_versions"]
)
def test_the_database_itself_keeps_versions(company: Company, deed_of_sql: str) -> None:
    with company.app.app_context():
        with pytest.raises(DBAPIError, match="a published version never changes"):
            db.session.execute(
                sa.text(f"{deed_of_sql} WHERE checklist_id = :id").bindparams(
                    sa.bindparam("id", company.checklist, sa.Uuid())
                )
            )
        db.session.rollback()
    assert company.admin.get(f"/checklists/{company.checklist}/versions/1")[1]["name"]["en"] == "List"


def test_an_older_version_says_what_it_left_out(company: Company) -> None:
    text = '{"sections":[{"items":[{"key":"a","kind":"pass_fail","points":1,"text":{"en":"A","zh":""}}],"key":"s","name":{"en":"S","zh":""}}]}'
    insert = sa.text(
        "INSERT INTO checklist_versions (id, checklist_id, number, name_zh, name_en, content_text, "
        "content_sha256, published_at) VALUES (:id, :checklist, 9, '', 'Old', :text, :sha, '2020-01-01 00:00:00')"
    ).bindparams(
        sa.bindparam("id", new_id(), sa.Uuid()),
        sa.bindparam("checklist", company.checklist, sa.Uuid()),
        text=text,
        sha=sha256(text.encode()),
    )
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(insert))
    version = company.keeper.get(f"/checklists/{company.checklist}/versions/9")[1]
    first = version["content"]["sections"][0]["items"][0]
    assert (first["weight"], first["required"], first["applies"]["tags"]) == (1, True, [])
    assert (version["content"]["scoring"]["floor_cap"], version["content_sha256"]) == (
        79,
        sha256(text.encode()),
    )


def test_a_retired_checklist_leaves_the_phones_and_makes_no_visits(company: Company) -> None:
    checklist = company.admin.get(f"/checklists/{company.checklist}")[1]
    mine = str(company.checklist)
    held, cursor = mirror(company.supervisor)
    assert held["checklist"][mine]["retired_at"] is None
    status, retired = deed(company, checklist, "retire")
    assert (status, retired["retired_at"] is not None) == (200, True)
    news, cursor = mirror(company.supervisor, cursor)
    assert news["checklist"][mine] == {"removed": True}
    assert mine not in mirror(company.supervisor)[0]["checklist"]
    visit = {
        "store_id": str(company.store),
        "checklist_id": mine,
        "assignee_id": str(company.people["supervisor"].id),
        "opens_at": "2026-01-01T00:00:00Z",
        "due_at": "2026-01-02T00:00:00Z",
    }
    status, problem = company.manager.post("/visits", visit)
    assert (status, [(e["pointer"], e["code"]) for e in problem["errors"]]) == (
        422,
        [("/checklist_id", "retired")],
    )
    assert company.submit()[1]["score"] == 75
    assert deed(company, retired, "retire")[1]["type"] == "/problems/wrong-state"
    status, restored = deed(company, retired, "restore")
    assert (status, restored["retired_at"]) == (200, None)
    assert deed(company, restored, "restore")[1]["type"] == "/problems/wrong-state"
    assert mirror(company.supervisor, cursor)[0]["checklist"][mine]["version"]["number"] == 1
    assert company.manager.post("/visits", visit)[0] == 201


def test_an_unpublished_checklist_makes_no_visits(company: Company) -> None:
    begun = begin(company, content(section("s", item("a"))))
    visit = {
        "store_id": str(company.store),
        "checklist_id": begun["id"],
        "assignee_id": str(company.people["supervisor"].id),
        "opens_at": "2026-01-01T00:00:00Z",
        "due_at": "2026-01-02T00:00:00Z",
    }
    for checklist_id, code in ((begun["id"], "not_published"), (str(new_id()), "unknown")):
        status, problem = company.manager.post("/visits", visit | {"checklist_id": checklist_id})
        assert (status, [e["code"] for e in problem["errors"]]) == (422, [code])


@pytest.mark.parametrize("end", ["report", "cancel"])
def test_a_retired_checklist_stays_while_an_open_visit_needs_it(company: Company, end: str) -> None:
    visit, mine = company.visit(), str(company.checklist)
    checklist = company.admin.get(f"/checklists/{mine}")[1]
    _, cursor = mirror(company.supervisor)
    deed(company, checklist, "retire")
    news, cursor = mirror(company.supervisor, cursor)
    assert news["checklist"][mine]["retired_at"] is not None
    if end == "report":
        company.submit(visit_id=visit["id"])
    else:
        step = {"action": "cancel", "version": 1, "reason": "moved"}
        assert company.manager.post(f"/visits/{visit['id']}/transitions", step)[0] == 200
    news, _ = mirror(company.supervisor, cursor)
    assert news["checklist"][mine] == {"removed": True}


def test_phones_hear_nothing_of_drafts(company: Company) -> None:
    _, cursor = mirror(company.supervisor)
    saved = save(company.admin, company.admin.get(f"/checklists/{company.checklist}")[1], CONTENT)
    news, cursor = mirror(company.supervisor, cursor)
    assert news == {}
    publish(company.admin, saved)
    news, _ = mirror(company.supervisor, cursor)
    assert news["checklist"][str(company.checklist)]["version"]["number"] == 2


def test_a_copy_begins_with_the_draft_else_with_the_newest_version(company: Company) -> None:
    path, name = f"/checklists/{company.checklist}/copies", words("Copy")
    status, copied = company.admin.post(path, {"code": f"C1-{company.mark}", "name": name})
    assert (status, copied["published_version"], copied["name"], copied["faults"]) == (201, None, name, [])
    assert [i["key"] for i in copied["draft"]["sections"][0]["items"]] == ["floor", "cold", "date"]
    save(company.admin, company.admin.get(f"/checklists/{company.checklist}")[1], HALF)
    drafted = company.admin.post(path, {"code": f"C2-{company.mark}", "name": name})[1]
    assert (drafted["draft"], bool(drafted["faults"])) == (HALF, True)
    taken = company.admin.post(path, {"code": f"C2-{company.mark}", "name": name})
    assert taken[1]["type"] == "/problems/already-exists"
    assert company.admin.post(f"/checklists/{new_id()}/copies", {"code": "Z", "name": name})[0] == 404


def test_the_library_is_adopted_once(company: Company) -> None:
    status, library = company.admin.get("/library")
    assert (status, library["next"], len(library["items"])) == (200, None, 10)
    entry = next(e for e in library["items"] if e["code"] == "BKY-01")
    assert (entry["kind"], entry["sections"], entry["items"]) == ("visit", 4, 19)
    whole = company.admin.get("/library/BKY-01")[1]
    points = sum(i["points"] for s in whole["content"]["sections"] for i in s["items"])
    assert whole["points"] == entry["points"] == points
    if entry["adopted_id"] is None:
        status, adopted = company.admin.post("/library/BKY-01/adopt", None)
        assert (status, adopted["published_version"], adopted["name"]) == (201, 1, entry["name"])
        entry = next(e for e in company.admin.get("/library")[1]["items"] if e["code"] == "BKY-01")
        assert entry["adopted_id"] == adopted["id"]
    status, problem = company.admin.post("/library/BKY-01/adopt", None)
    assert (status, problem["type"]) == (409, "/problems/already-exists")
    assert company.admin.post("/library/NONE/adopt", None)[0] == 404
    assert company.admin.get("/library/NONE")[0] == 404


def test_only_head_office_writes_checklists(company: Company) -> None:
    path = f"/checklists/{company.checklist}"
    shown = company.manager.get(path)[1]
    assert (shown["draft"], shown["faults"], shown["versions"]) == (None, [], [])
    calls = [
        ("PUT", f"{path}/draft", {"content": HALF, "revision": 1}),
        ("DELETE", f"{path}/draft?revision=1", None),
        ("POST", f"{path}/versions", {"revision": 1}),
        ("POST", f"{path}/retire", {"revision": 1}),
        ("POST", f"{path}/restore", {"revision": 1}),
        ("POST", f"{path}/copies", {"code": "X", "name": words("X")}),
        ("GET", "/library", None),
        ("POST", "/library/BKY-01/adopt", None),
    ]
    for method, where, body in calls:
        assert company.manager.call(method, where, body)[0] == 403, where
        assert call(company.app, method, where, body)[0] == 401, where


def test_everybody_sees_the_pictures_of_a_checklist(company: Company) -> None:
    body = picture()
    company.admin.put_photo(body)
    path = f"/photos/{sha256(body)}?size=thumb"
    assert company.clerk.get(path)[0] == 404
    shows = {"sha256": sha256(body), "shows": "right", "caption": words("")}
    begun = begin(company, content(section("s", item("a", references=[shows]))))
    assert company.clerk.get(path)[0] == 404
    publish(company.admin, begun)
    assert company.clerk.get(path)[0] == 200
    assert call(company.app, "GET", path)[0] == 401


def test_drafts_from_a_file_are_left_for_somebody_to_finish(company: Company) -> None:
    code, name = f"L-{company.mark}", {"zh": "表", "en": "List"}

    def leave(given: dict[str, Any], code: str = code) -> int:
        draft = ChecklistDraft(code, name, "visit", given)
        with company.app.app_context():
            return in_transaction(services.leave_drafts, [draft], actor=None, now=datetime.now(UTC))[1]

    path = f"/checklists/{company.checklist}"
    assert leave(CONTENT) == 0
    assert company.admin.get(path)[1]["has_draft"] is False
    assert (leave(HALF), leave(HALF)) == (1, 0)
    left = company.admin.get(path)[1]
    assert (left["published_version"], left["draft"], bool(left["faults"])) == (1, HALF, True)
    assert leave(HALF, f"F-{company.mark}") == 1
