"""Checklists over HTTP as files: taken away, filled in, and taken over again."""

import copy
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from api import cli
from api.checklists.drafts import ChecklistDraft
from api.checklists.workbook_in import from_xlsx
from api.checklists.workbook_out import to_xlsx
from api.imports.checklist_files import XLSX
from tests.support.company import CONTENT, Company, Person, call
from tests.support.workbooks import ITEMS, by_hand, cells_of

OCTETS = "application/octet-stream"


def send(person: Person, body: bytes, kind: str = XLSX, **query: str) -> tuple[int, Any]:
    text = "&".join(f"{name.rstrip('_')}={value}" for name, value in query.items())
    return person.call("POST", f"/imports/checklists?{text}", body, **{"Content-Type": kind})


def sheet_of(company: Company, code: str = "", **changes: Any) -> bytes:
    """The sheet of a checklist that is not here yet."""
    content = copy.deepcopy(CONTENT)
    content["sections"][0]["items"][0] |= changes
    name = {"zh": "门店检查", "en": ""}
    return to_xlsx(ChecklistDraft(code or f"W-{company.mark}", name, "self", content))


def counts(report: dict[str, Any]) -> dict[str, Any]:
    names = ("checklists", "published", "new_codes", "changed_codes", "unchanged_codes")
    return {name: report[name] for name in names}


def test_a_sheet_is_taken_over_changed_and_the_same(company: Company) -> None:
    code = f"W-{company.mark}"
    none: dict[str, Any] = {"checklists": 1, "new_codes": [], "changed_codes": [], "unchanged_codes": []}
    status, dry = send(company.admin, sheet_of(company), dry_run="true")
    assert (status, counts(dry), dry["dry_run"]) == (200, none | {"published": 1, "new_codes": [code]}, True)
    assert company.admin.get(f"/checklists/{dry['ids'][0]}")[0] == 404
    status, report = send(company.admin, sheet_of(company))
    assert (status, counts(report)) == (200, none | {"published": 1, "new_codes": [code]})
    assert counts(send(company.admin, sheet_of(company))[1]) == none | {
        "published": 0,
        "unchanged_codes": [code],
    }
    status, changed = send(company.admin, sheet_of(company, points=7))
    assert counts(changed) == none | {"published": 1, "changed_codes": [code]}
    assert changed["ids"] == report["ids"]
    shown = company.admin.get(f"/checklists/{report['ids'][0]}")[1]
    assert (shown["published_version"], shown["kind"], shown["has_draft"]) == (2, "self", False)


def test_as_a_draft_nothing_is_published(company: Company) -> None:
    status, report = send(company.admin, sheet_of(company), as_="draft")
    assert (status, report["published"], report["new_codes"]) == (200, 0, report["codes"])
    path = f"/checklists/{report['ids'][0]}"
    shown = company.admin.get(path)[1]
    assert (shown["published_version"], shown["has_draft"], shown["faults"]) == (None, True, [])
    assert company.clerk.get(path)[0] == 404
    assert send(company.admin, sheet_of(company), as_="draft")[1]["unchanged_codes"] == report["codes"]
    assert (
        send(company.admin, sheet_of(company, points=3), as_="draft")[1]["changed_codes"] == report["codes"]
    )
    assert company.admin.get(path)[1]["draft"]["sections"][0]["items"][0]["points"] == 3
    assert send(company.admin, sheet_of(company, points=3))[1]["published"] == 1
    assert (
        send(company.admin, sheet_of(company, points=3), as_="draft")[1]["unchanged_codes"] == report["codes"]
    )
    assert company.admin.get(path)[1]["has_draft"] is False


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_what_is_taken_away_comes_back_as_it_was(company: Company, kind: str) -> None:
    path = f"/checklists/{company.checklist}/export?format={kind}"
    status, body = company.clerk.get(path)
    assert status == 200
    raw = body if kind == "xlsx" else json.dumps(body).encode()
    status, report = send(company.admin, raw, OCTETS)
    assert (status, report["unchanged_codes"]) == (200, [f"L-{company.mark}"])


def test_an_export_names_its_file_and_its_version(app: Flask, company: Company) -> None:
    headers = {"Authorization": f"Bearer {company.clerk.token}"}
    url = f"/api/v1/checklists/{company.checklist}/export"
    with app.test_client(use_cookies=False) as client:
        answer = client.get(url, headers=headers)
        assert answer.mimetype == XLSX
        assert answer.headers["Content-Disposition"] == f"attachment; filename=L-{company.mark}-v1.xlsx"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer = client.get(f"{url}?format=json&version=1", headers=headers)
        assert answer.headers["Content-Disposition"] == f"attachment; filename=L-{company.mark}-v1.json"
    document = json.loads(answer.data)
    assert set(document) == {"format", "version", "code", "name", "kind", "content"}
    assert (document["format"], document["version"]) == ("rounds-checklist", 1)


def test_a_draft_is_for_those_who_write_it_even_with_faults(company: Company) -> None:
    path = f"/checklists/{company.checklist}"
    assert company.admin.get(f"{path}/export?version=draft")[0] == 404
    broken = {"sections": [{"key": "s1", "items": [{"key": "a", "points": "many"}]}]}
    revision = company.admin.get(path)[1]["draft_revision"]
    assert company.admin.call("PUT", f"{path}/draft", {"content": broken, "revision": revision})[0] == 200
    status, body = company.admin.get(f"{path}/export?version=draft")
    assert status == 200
    status, problem = send(company.admin, body)
    assert status == 422
    assert "/Items/F3" in {error["pointer"] for error in problem["errors"]}
    status, document = company.admin.get(f"{path}/export?version=draft&format=json")
    assert document["content"] == broken
    assert company.clerk.get(f"{path}/export?version=draft")[0] == 403
    assert company.clerk.get(f"{path}/export")[0] == 200


def test_an_empty_draft_is_a_sheet_to_fill_in(company: Company) -> None:
    body = {"code": f"N-{company.mark}", "name": {"zh": "新表", "en": ""}}
    fresh = company.admin.post("/checklists", body)[1]
    path = f"/checklists/{fresh['id']}/export"
    status, sheet = company.admin.get(path)
    assert status == 200
    assert cells_of(sheet)["Checklist 检查表"][2][1] == f"N-{company.mark}"
    assert company.clerk.get(path)[0] == 404


def test_a_bad_sheet_names_every_cell_and_nothing_is_taken(company: Company) -> None:
    rows = [*ITEMS, ["后厨", "a", "", "guess", "five"]]
    about = [["编号", f"B-{company.mark}"], ["名称（中文）", "坏表"]]
    status, problem = send(company.admin, by_hand(Items=rows, Checklist=about))
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [
        ("/Items/D4", "not_a_word"),
        ("/Items/E4", "not_a_number"),
        ("/Items/A4", "unknown_section"),
        ("/Items/B4", "twice"),
        ("/Items/C4", "required"),
    ]
    assert problem["cells"][0] == {"sheet": "Items", "cell": "D4", "code": "not_a_word"}
    assert all(error["message"] for error in problem["errors"])
    codes = {one["code"] for one in company.admin.get("/checklists?limit=200")[1]["items"]}
    assert f"B-{company.mark}" not in codes


@pytest.mark.parametrize(
    ("body", "kind", "status", "problem"),
    [
        (b"PK\x03\x04 not really", XLSX, 422, "validation"),
        (b"PK\x03\x04 not really", OCTETS, 422, "validation"),
        (b"PK" + b"\0" * 6_000_000, XLSX, 413, "too-large"),
        (b"PK" + b"\0" * 12_600_000, OCTETS, 413, "too-large"),
        (b'{"format": "rounds-checklist", "version": 9}', "application/json", 422, "validation"),
        (b'{"format": "rounds', "application/json", 400, "malformed-json"),
        (b'{"format": "rounds', OCTETS, 400, "malformed-json"),
        (b"a,b\n1,2\n", OCTETS, 422, "validation"),
        (b"\xff\xfe\x00", OCTETS, 422, "validation"),
        (b"<html>", "text/html", 415, "unsupported-media"),
    ],
)
def test_files_that_are_none(company: Company, body: bytes, kind: str, status: int, problem: str) -> None:
    got, answer = send(company.admin, body, kind)
    assert (got, answer["type"]) == (status, f"/problems/{problem}")


def test_bytes_without_a_name_are_told_apart(company: Company) -> None:
    table = b"item,severity,section,text\n1,Critical,Food,Good source\n"
    assert send(company.admin, table, OCTETS, code=f"T-{company.mark}")[1]["new_codes"] == [
        f"T-{company.mark}"
    ]
    assert send(company.admin, sheet_of(company), OCTETS)[1]["new_codes"] == [f"W-{company.mark}"]
    one = {"format": "rounds-checklist", "version": 1, "code": f"J-{company.mark}", "kind": "visit"}
    listed = [one | {"name": {"zh": "", "en": "J"}, "content": CONTENT}]
    assert send(company.admin, b"\xef\xbb\xbf" + json.dumps(listed).encode(), OCTETS)[0] == 200


def test_a_file_of_several_is_taken_whole_or_not_at_all(company: Company) -> None:
    good = {
        "format": "rounds-checklist",
        "version": 1,
        "code": f"G-{company.mark}",
        "name": {"zh": "", "en": "Good"},
        "kind": "visit",
        "content": CONTENT,
    }
    bad = copy.deepcopy(good) | {"code": f"H-{company.mark}"}
    bad["content"]["sections"][0]["items"][1]["points"] = -1
    raw = json.dumps([good, bad]).encode()
    for how in ("draft", "version"):
        status, problem = send(company.admin, raw, "application/json", as_=how)
        pointers = [error["pointer"] for error in problem["errors"]]
        assert (status, pointers) == (422, ["/1/content/sections/0/items/1/points"])
    assert send(company.admin, json.dumps([good, good]).encode(), "application/json")[0] == 422
    assert send(company.admin, json.dumps([good]).encode(), "application/json")[1]["new_codes"] == [
        good["code"]
    ]


def test_only_head_office_imports_and_only_the_signed_in_export(app: Flask, company: Company) -> None:
    sheet, path = sheet_of(company), f"/checklists/{company.checklist}/export"
    assert [send(who, sheet)[0] for who in (company.manager, company.supervisor, company.clerk)] == [403] * 3
    assert call(app, "POST", "/imports/checklists", sheet, {"Content-Type": XLSX})[0] == 401
    assert call(app, "GET", path)[0] == 401
    assert company.clerk.get(f"/checklists/{uuid.uuid4()}/export")[0] == 404
    assert company.clerk.get(f"{path}?version=9")[0] == 404
    assert company.clerk.get(f"{path}?version=0")[0] == 422
    assert company.clerk.get(f"{path}?format=pdf")[0] == 422
    assert send(company.admin, sheet, as_="wish")[0] == 422


def test_the_commands_take_a_file_over_and_away(app: Flask, company: Company, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(sheet_of(company))
    runner = app.test_cli_runner()
    taken = runner.invoke(cli.import_, ["checklists", str(file), "--as", "draft", "--dry-run"])
    assert json.loads(taken.output)["new_codes"] == [f"W-{company.mark}"]
    taken = runner.invoke(cli.import_, ["checklists", str(file)])
    assert json.loads(taken.output)["published"] == 1
    away = tmp_path / "away.xlsx"
    made = runner.invoke(cli.export, ["checklist", f"W-{company.mark}", "--format", "xlsx", "-o", str(away)])
    assert made.exit_code == 0, made.output
    assert from_xlsx(away.read_bytes()) == from_xlsx(file.read_bytes())
    assert runner.invoke(cli.export, ["checklist", "nowhere"]).exit_code == 1
    file.write_bytes(by_hand(Items=[*ITEMS, ["s1", "a b", "c", "合格", 1]]))
    refused = runner.invoke(cli.import_, ["checklists", str(file)])
    assert (refused.exit_code, "/Items/B4" in refused.output) == (1, True)
