import json
from typing import Any

import pytest

from api.rehearsals.mapping import END, STEP, Reader

WORDS = {"zh": "项", "en": "Item"}
PICTURE = [{}]


def item(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": WORDS, "kind": kind, "points": 10, "pass_line": 100, **more}


def grades(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "name": WORDS, "percent": 50} for key in keys]


def form(*items: dict[str, Any], **section: Any) -> dict[str, Any]:
    return {"scoring": {}, "sections": [{"key": "s", "name": WORDS, "items": list(items), **section}]}


def given(*answers: tuple[str, str, Any]) -> str:
    """Answers as the database gives them: key, result as judged, and the value as JSON or nothing."""
    return END.join(
        STEP.join([key, result, "" if value is None else json.dumps(value, ensure_ascii=False)])
        for key, result, value in answers
    )


def mapped(draft: Any, version: Any, *answers: tuple[str, str, Any]) -> tuple[list[Any], dict[Any, int]]:
    reader = Reader(draft, version)
    found = [
        (answer["item_key"], answer["result"], answer["value"], answer["photos"])
        for answer in reader.read(given(*answers))
    ]
    return found, dict(reader.losses)


@pytest.mark.parametrize(
    ("kind", "more", "result", "value", "expected"),
    [
        ("pass_fail", {}, "pass", None, ("pass", None, [])),
        ("pass_fail", {}, "fail", None, ("fail", None, [])),
        ("graded", {"grades": grades("good")}, "partial", "good", (None, "good", [])),
        ("single", {"choices": grades("gas", "coal")}, "partial", "coal", (None, "coal", [])),
        ("multiple", {"choices": grades("x", "y")}, "pass", ["x", "y"], ("pass", ["x", "y"], [])),
        ("multiple", {"choices": grades("x"), "base": 100}, "pass", [], ("pass", [], [])),
        ("numeric", {"min": 0}, "fail", -3.5, ("fail", -3.5, [])),
        ("numeric", {}, "fail", 7, ("fail", 7, [])),
        ("count", {"step": 1}, "partial", 2, (None, 2, [])),
        ("date", {}, "pass", "2026-02-28", ("pass", "2026-02-28", [])),
        ("text", {}, "pass", "很好\n\"x\"", ("pass", "很好\n\"x\"", [])),
        ("barcode", {"codes": ["1"]}, "fail", "2", ("fail", "2", [])),
        ("photo", {}, "pass", None, ("pass", None, PICTURE)),
        ("signature", {}, "pass", None, ("pass", None, PICTURE)),
        ("graded", {"grades": grades("good")}, "na", None, ("na", None, [])),
        ("photo", {}, "cannot_check", None, ("cannot_check", None, [])),
    ],
)  # fmt: skip
def test_an_answer_of_each_kind_is_read_as_it_was_given(
    kind: str, more: dict[str, Any], result: str, value: Any, expected: Any
) -> None:
    sheet = form(item("k", kind, **more))
    assert mapped(sheet, sheet, ("k", result, value)) == ([("k", *expected)], {})


@pytest.mark.parametrize(
    ("draft", "version", "answer", "why"),
    [
        (item("k", "graded", grades=grades("a")), item("k", "graded"), ("k", "partial", "b"), "value_lost"),
        (item("k", "single", choices=grades("a")), item("k", "single"), ("k", "pass", "b"), "value_lost"),
        (item("k", "multiple", choices=grades("a")), item("k", "multiple"), ("k", "pass", ["a", "b"]), "value_lost"),
        (item("k", "photo"), item("k", "pass_fail"), ("k", "pass", None), "kind_changed"),
        (item("k", "text"), item("k", "barcode"), ("k", "pass", "x"), "kind_changed"),
        (item("other", "pass_fail"), item("k", "pass_fail"), ("k", "pass", None), "gone"),
        (item("other", "pass_fail"), item("k", "pass_fail"), ("k", "na", None), "gone"),
    ],
)  # fmt: skip
def test_what_the_draft_cannot_read_is_left_out_and_counted(
    draft: Any, version: Any, answer: Any, why: str
) -> None:
    assert mapped(form(draft), form(version), answer) == ([], {("k", why): 1})


def test_not_applicable_outlives_a_change_of_kind() -> None:
    found, losses = mapped(form(item("k", "text")), form(item("k", "pass_fail")), ("k", "na", None))
    assert (found, losses) == ([("k", "na", None, [])], {})


def test_an_optional_item_that_was_left_open_is_no_loss() -> None:
    sheet = form(item("k", "photo"))
    assert mapped(sheet, sheet, ("k", "unanswered", None)) == ([], {})
    assert mapped(form(item("b", "photo")), sheet, ("k", "unanswered", None)) == ([], {})


@pytest.mark.parametrize(
    ("now_repeated", "keys", "expected", "lost"),
    [
        (True, ["k"], ["k#1"], {}),
        (True, ["k#1", "k#2"], ["k#1", "k#2"], {}),
        (False, ["k#1"], ["k"], {}),
        (False, ["k#1", "k#2", "k#3"], ["k"], {("k", "gone"): 1}),
    ],
)
def test_rounds_that_began_or_ended_keep_the_first(
    now_repeated: bool, keys: list[str], expected: list[str], lost: dict[Any, int]
) -> None:
    draft = form(item("k", "pass_fail"), repeat={"min": 1, "max": 5} if now_repeated else None)
    found, losses = mapped(draft, form(item("k", "pass_fail")), *((key, "pass", None) for key in keys))
    assert ([answer[0] for answer in found], losses) == (expected, lost)


def test_losses_are_counted_by_inspections_and_not_by_rounds() -> None:
    reader = Reader(form(item("b", "text")), form(item("k", "text"), repeat={"min": 1, "max": 5}))
    for _ in range(3):
        reader.read(given(("k#1", "pass", "x"), ("k#2", "pass", "y")))
    assert dict(reader.losses) == {("k", "gone"): 3}


def test_what_is_new_in_the_draft_is_known_beforehand() -> None:
    reader = Reader(form(item("a", "text"), item("b", "text")), form(item("a", "text"), item("c", "text")))
    assert reader.new == {"b"}
    assert reader.read("") == []


def test_so_many_different_texts_are_read_right_that_not_all_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.rehearsals.mapping._REMEMBERED", 3)
    sheet = form(item("k", "text"))
    reader = Reader(sheet, sheet)
    words = [f"visit {number % 7}" for number in range(50)]
    assert [reader.read(given(("k", "pass", word)))[0]["value"] for word in words] == words
