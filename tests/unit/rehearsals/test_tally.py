import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from api.rehearsals.tally import MOST_STORES, Tally, half_up, unmapped
from api.rehearsals.types import Standing

BANDS = ["A", "B"]
A, B = uuid.UUID(int=1), uuid.UUID(int=2)
NONE = Standing(None, None, "not_scored")


def good(tenths: int, band: str | None = "A") -> Standing:
    return Standing(tenths, band, "pass")


def bad(tenths: int, band: str | None = "B") -> Standing:
    return Standing(tenths, band, "fail")


def tally(pairs: Sequence[tuple[Standing, Standing]], store: uuid.UUID = A) -> Tally:
    found = Tally()
    for before, after in pairs:
        found.add(store, before, after)
    return found


@pytest.mark.parametrize(
    ("sum_", "count", "expected"),
    [(0, 0, None), (0, 3, 0), (899, 1, 899), (1799, 2, 900), (1798, 2, 899), (2000, 3, 667), (1, 3, 0)],
)
def test_means_are_rounded_half_up(sum_: int, count: int, expected: int | None) -> None:
    assert half_up(sum_, count) == expected


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        (good(900), good(901), {"up": 1}),
        (good(900), good(899), {"down": 1}),
        (good(900), bad(900), {"same": 1, "pass_to_fail": 1}),
        (bad(590), good(910), {"up": 1, "fail_to_pass": 1}),
        (NONE, NONE, {"same": 1}),
        (NONE, good(900), {}),
        (good(900), NONE, {}),
    ],
)
def test_one_report_moves(before: Standing, after: Standing, moves: dict[str, int]) -> None:
    shown = tally([(before, after)]).shown(BANDS)
    names = ("up", "down", "same", "pass_to_fail", "fail_to_pass")
    assert {name: shown[name] for name in names if shown[name]} == moves


def test_both_sides_are_added_up_with_what_has_no_band_and_no_score() -> None:
    pairs = [(good(1000), bad(500)), (good(905, None), good(905, "B")), (bad(400, "Old"), NONE), (NONE, NONE)]
    shown = tally(pairs).shown(BANDS)
    assert shown["inspections"] == 4
    assert shown["before"] == {
        "mean": 76.8,
        "pass_rate": 66.7,
        "bands": {"A": 1, "B": 0, "Old": 1, "unrated": 1},
        "not_scored": 1,
    }
    assert shown["after"] == {"mean": 70.3, "pass_rate": 50, "bands": {"A": 0, "B": 2}, "not_scored": 2}
    assert shown["bands"] == [
        {"from": "A", "to": "B", "count": 1},
        {"from": "Old", "to": "not_scored", "count": 1},
        {"from": "unrated", "to": "B", "count": 1},
        {"from": "not_scored", "to": "not_scored", "count": 1},
    ]


def test_nothing_is_nothing() -> None:
    shown = Tally().shown(BANDS)
    side = {"mean": None, "pass_rate": None, "bands": {"A": 0, "B": 0}, "not_scored": 0}
    assert (shown["before"], shown["after"], shown["bands"]) == (side, side, [])
    assert Tally().most_changed() == []


def test_stores_come_by_the_size_of_their_change_and_those_without_a_score_last() -> None:
    found = Tally()
    changes: list[tuple[int, Any, Any]] = [
        (1, 800, 790),
        (2, 800, 850),
        (3, 800, None),
        (4, 800, 800),
        (5, 700, 650),
    ]
    for number, before, after in changes:
        found.add(uuid.UUID(int=number), good(before), NONE if after is None else good(after))
    lines = found.most_changed()
    assert [line["store_id"].int for line in lines] == [2, 5, 1, 4, 3]
    assert [line["delta"] for line in lines] == [5, -5, -1, 0, None]


def test_a_difference_is_the_one_between_the_numbers_shown() -> None:
    found = tally([(good(900), good(901)), (good(900), good(900)), (good(900), good(900))])
    (line,) = found.most_changed()
    assert (line["before"], line["after"], line["delta"], line["inspections"]) == (90, 90, 0, 3)


def test_at_most_two_hundred_stores_are_named() -> None:
    found = Tally()
    for number in range(MOST_STORES + 50):
        found.add(uuid.UUID(int=number), good(500), good(500 + number))
    lines = found.most_changed()
    assert len(lines) == MOST_STORES
    assert lines[0]["delta"] == 24.9


def test_what_is_not_taken_over_is_named_with_its_words() -> None:
    texts = {key: {"zh": key, "en": key} for key in "abc"}
    lines = unmapped({"a": 5}, {("b", "gone"): 7, ("c", "value_lost"): 5}, texts)
    assert [(line["item_key"], line["why"], line["count"]) for line in lines] == [
        ("b", "gone", 7),
        ("a", "new", 5),
        ("c", "value_lost", 5),
    ]
    assert lines[0]["text"] == {"zh": "b", "en": "b"}
