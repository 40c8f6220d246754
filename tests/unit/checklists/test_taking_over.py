import json
from typing import Any

import pytest

from api.checklists.content import faults_in, with_defaults
from api.checklists.form_csv import from_form_csv
from api.checklists.library import from_library
from api.core.config import ROOT
from api.core.tables import BadTable, read_csv

LIBRARY = json.loads((ROOT / "data" / "sop" / "checklists_zh_en.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("one", LIBRARY, ids=lambda c: str(c["code"]))
def test_every_checklist_of_the_library_is_sound_and_totals_100(one: dict[str, Any]) -> None:
    (draft,) = from_library([one])
    assert faults_in(draft.content) == []
    content = with_defaults(draft.content)
    assert faults_in(content) == []
    items = [item for section in content["sections"] for item in section["items"]]
    assert sum(item["points"] for item in items) == 100
    assert all(item["text"]["zh"] and item["text"]["en"] for item in items)


def test_limits_are_taken_only_where_the_text_names_exactly_one() -> None:
    items = {i["key"]: i for d in from_library(LIBRARY) for s in d.content["sections"] for i in s["items"]}
    assert (items["CVS-01-11"]["min"], items["CVS-01-11"]["max"]) == (60, None)
    assert (items["BKY-01-02"]["min"], items["BKY-01-02"]["max"]) == (None, 25)
    assert (items["CVS-01-10"]["min"], items["CVS-01-10"]["max"]) == (None, None)
    assert items["CVS-01-04"]["step"] == 2


def item(**changes: Any) -> dict[str, Any]:
    return {"key": "a", "text": {"zh": "一", "en": ""}, "kind": "pass_fail", "points": 5} | changes


def checklist(*items: Any, **scoring: Any) -> dict[str, Any]:
    return {
        "scoring": scoring,
        "sections": [{"key": "s", "name": {"zh": "节", "en": ""}, "items": list(items)}],
    }


AT = "/sections/0/items/0"


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ([], ""),
        ({"sections": []}, "/sections"),
        (checklist(), "/sections/0/items"),
        (checklist(item(colour="red")), f"{AT}/colour"),
        (checklist(item(key="a b")), f"{AT}/key"),
        (checklist(item(), item()), "/sections/0/items/1/key"),
        (checklist(item(text={"zh": "", "en": " "})), f"{AT}/text"),
        (checklist(item(text="words")), f"{AT}/text"),
        (checklist(item(kind="guess")), f"{AT}/kind"),
        (checklist(item(points=-1)), f"{AT}/points"),
        (checklist(item(points=1.0005)), f"{AT}/points"),
        (checklist(item(points=True)), f"{AT}/points"),
        (checklist(item(flag="veto")), f"{AT}/flag"),
        (checklist(item(fix_hours=0)), f"{AT}/fix_hours"),
        (checklist(item(photo={"rule": "always", "min": 6, "max": 5})), f"{AT}/photo"),
        (checklist(item(grades=[])), f"{AT}/grades"),
        (
            checklist(
                item(kind="graded", grades=[{"key": "a", "name": {"zh": "优", "en": ""}, "percent": 100}])
            ),
            f"{AT}/grades",
        ),
        (checklist(item(kind="numeric", min=9, max=1)), f"{AT}/min"),
        (checklist(item(kind="count", step=0)), f"{AT}/step"),
        (checklist(item(kind="date", warn_days=-1)), f"{AT}/warn_days"),
        (checklist(item(), mode="magic"), "/scoring/mode"),
        (checklist(item(), bands=[["A", 90], ["B", 95], ["C", 0]]), "/scoring/bands"),
        (checklist(item(), bands=[["A", 90]]), "/scoring/bands"),
        (checklist(item(), key_cap="Z"), "/scoring/key_cap"),
        (checklist(item(), mode="section_weighted"), "/sections/0/weight"),
    ],
)
def test_every_fault_is_named_where_it_is(content: Any, pointer: str) -> None:
    assert pointer in {fault.pointer for fault in faults_in(content)}


def test_a_form_names_all_its_bad_rows() -> None:
    table = "item,severity,section,text\n1,Critical,Food,Good\n1,Minor,Food,Again\nx,Huge,,\n"
    with pytest.raises(BadTable) as bad:
        from_form_csv(table, "F", {"zh": "", "en": "F"})
    assert [(e.line, e.column, e.code) for e in bad.value.errors] == [
        (3, "item", "twice"),
        (4, "item", "not_a_number"),
        (4, "severity", "unknown"),
        (4, "section", "required"),
        (4, "text", "required"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("a,c\n1,2\n", "missing_column"),
        ("a,b,x\n1,2,3\n", "unknown_column"),
        ("a,b,b\n1,2,3\n", "column_twice"),
        ("a,b\n1\n", "cells"),
        ('a,b\n"1,2\n', "not_csv"),
    ],
)
def test_a_table_that_is_none_is_said_to_be_none(text: str, code: str) -> None:
    with pytest.raises(BadTable) as bad:
        read_csv(text, ("a", "b"), ())
    assert code in {e.code for e in bad.value.errors}


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    rows = read_csv('a,b\n"one\ntwo",2\n\n3,4\n', ("a", "b"), ("c",))
    assert rows == [(2, {"a": "one\ntwo", "b": "2", "c": ""}), (5, {"a": "3", "b": "4", "c": ""})]
