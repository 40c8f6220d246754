import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.checklists.differences import differences

NOTHING = {"added": 0, "removed": 0, "changed": 0, "moved": 0}


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def item(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": words(key), "kind": "pass_fail", "points": 10} | more


def section(key: str, items: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": words(key), "items": [item(k) for k in items.split()]} | more


def content(*sections: dict[str, Any], **scoring: Any) -> dict[str, Any]:
    return {"scoring": scoring, "sections": list(sections)}


def said(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    found = differences(before, after)
    return [(one["key"], one["change"]) for one in found["sections"] + found["items"]]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a b c", []),
        ("a b", "a b c", [("c", "added")]),
        ("a b c", "a c", [("b", "removed")]),
        ("a b c d e", "e a b c d", [("e", "moved")]),
        ("a b c d e", "b c d e a", [("a", "moved")]),
        ("a b c", "c b a", [("a", "moved"), ("b", "moved")]),
        ("a b c d", "x a d b", [("x", "added"), ("b", "moved"), ("c", "removed")]),
    ],
)
def test_items_of_one_section(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(said(content(section("s", before)), content(section("s", after)))) == sorted(expected)


def test_a_move_says_from_where_to_where() -> None:
    found = differences(content(section("s", "a b c")), content(section("s", "c a b")))
    assert found["items"] == [
        {
            "key": "c",
            "section_key": "s",
            "text": words("c"),
            "change": "moved",
            "fields": [{"field": "place", "before": 3, "after": 1}],
        }
    ]
    assert found["counts"] == NOTHING | {"moved": 1}


def test_an_item_that_went_to_another_section_moved_and_the_others_stayed() -> None:
    found = differences(
        content(section("s", "a b c"), section("t", "d e")),
        content(section("s", "a c"), section("t", "d b e")),
    )
    assert [(i["key"], i["section_key"], i["change"], i["fields"]) for i in found["items"]] == [
        ("b", "t", "moved", [{"field": "section", "before": "s", "after": "t"}])
    ]


def test_a_section_that_moved_takes_its_items_along() -> None:
    before = content(section("s", "a b"), section("t", "c d"), section("u", "e"))
    after = content(section("u", "e"), section("s", "a b"), section("t", "c d"))
    assert said(before, after) == [("u", "moved")]


def test_a_section_with_all_its_items_comes_and_goes() -> None:
    one, two = content(section("s", "a")), content(section("s", "a"), section("t", "b c"))
    assert said(one, two) == [("t", "added"), ("b", "added"), ("c", "added")]
    assert said(two, one) == [("t", "removed"), ("b", "removed"), ("c", "removed")]
    gone = differences(two, one)["items"][0]
    assert (gone["section_key"], gone["text"]) == ("t", words("b"))


def test_what_changed_is_told_field_by_field() -> None:
    before, after = content(section("s", "a b"), mode="additive"), content(section("s", "b a"), mode="deduct")
    after["sections"][0]["floor"] = 60
    after["sections"][0]["items"][1] |= {"points": 5, "photo": {"rule": "always"}}
    found = differences(before, after)
    assert found["scoring"] == [{"field": "mode", "before": "additive", "after": "deduct"}]
    assert found["sections"] == [
        {
            "key": "s",
            "name": words("s"),
            "change": "changed",
            "fields": [{"field": "floor", "before": None, "after": 60}],
        }
    ]
    changes = {i["key"]: i for i in found["items"]}
    facts = [f for i in changes.values() for f in i["fields"]]
    assert {"field": "points", "before": 10, "after": 5} in changes["a"]["fields"]
    assert {"field": "photo", "before": None, "after": {"rule": "always"}} in changes["a"]["fields"]
    assert changes["a"]["change"] == "changed"
    assert len([f for f in facts if f["field"] == "place"]) == 1


def test_a_draft_with_faults_can_be_compared_too() -> None:
    faulty = {
        "scoring": None,
        "sections": [
            {"items": [{"key": "a"}, {"key": "a"}, {}, {"key": 7, "text": "no words"}]},
            {"key": "s", "name": None, "items": []},
        ],
    }
    found = differences(content(section("s", "a")), faulty)
    assert {(i["key"], i["change"]) for i in found["items"]} == {
        ("a", "changed"),
        ("a~2", "added"),
        ("~", "added"),
        ("~~2", "added"),
    }
    assert differences(faulty, faulty)["counts"] == NOTHING


_KEYS = st.lists(st.sampled_from("abcdefghijkl"), unique=True, max_size=10)


@given(_KEYS, _KEYS, st.randoms())
def test_what_is_said_leads_from_one_to_the_other(
    old: list[str], new: list[str], dice: random.Random
) -> None:
    """Whoever takes the moved ones out of both finds the rest in one order; nothing is told in vain."""
    cut, other = sorted(dice.randint(0, len(k)) for k in (old, new))
    before = content(section("s", " ".join(old[:cut])), section("t", " ".join(old[cut:])))
    after = content(section("s", " ".join(new[:other])), section("t", " ".join(new[other:])))
    kept = copy.deepcopy(before)
    found = differences(before, after)
    assert before == kept
    by = {name: {i["key"] for i in found["items"] if i["change"] == name} for name in NOTHING}
    assert by["added"] == set(new) - set(old)
    assert by["removed"] == set(old) - set(new)
    assert by["changed"] == set()
    for place in (0, 1):
        rests = [
            [i["key"] for i in side["sections"][place]["items"] if i["key"] not in by["moved"]]
            for side in (before, after)
        ]
        assert [k for k in rests[0] if k in new] == [k for k in rests[1] if k in old]
