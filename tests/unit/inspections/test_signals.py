"""What raises a flag, and what does not: a table for each signal."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.inspections import clocks, evidence, pace, points, travel
from api.inspections.pace import Given
from api.inspections.points import Point
from api.inspections.signals import Signal, flags_of, merged
from api.stores.geo import to_gcj02

START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
END = START + timedelta(minutes=40)
STORE, OTHER = uuid.uuid4(), uuid.uuid4()


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def codes(signals: list[Signal]) -> list[str]:
    return [signal.code for signal in signals]


def at(minute: float, latitude: float, longitude: float = 121.4, accuracy: float = 10) -> Point:
    return Point(minutes(minute), latitude, longitude, accuracy)


ARRIVAL: dict[str, Any] = {
    "finished_at": END,
    "has_position": True,
    "distance": 50.0,
    "accuracy": 20.0,
    "fence_m": 200,
}


@pytest.mark.parametrize(
    ("change", "visit", "expect"),
    [
        ({}, None, []),
        ({"distance": 220.0}, None, []),
        ({"distance": 221.0}, None, ["outside_fence"]),
        ({"distance": 5000.0, "accuracy": 4900.0}, None, []),
        ({"distance": 201.0, "accuracy": None}, None, ["outside_fence"]),
        ({"has_position": False, "distance": None}, None, ["no_position"]),
        ({"distance": None}, None, []),
        ({"store_differs": True}, None, ["store_differs"]),
        ({}, (END, "in_progress", True), []),
        ({}, (END - timedelta(seconds=1), "in_progress", True), ["late"]),
        ({}, (END, "excused", True), ["visit_called_off"]),
        ({}, (END, "cancelled", False), ["visit_called_off", "not_assignee"]),
    ],
)
def test_place_time_and_visit(change: dict[str, Any], visit: Any, expect: list[str]) -> None:
    facts = evidence.VisitFacts(*visit) if visit else None
    assert (
        codes(evidence.of_arrival(evidence.Arrival(**ARRIVAL | change), facts, visit_unknown=False)) == expect
    )


def test_a_reviewer_sees_how_far_away_and_why() -> None:
    arrival = evidence.Arrival(**ARRIVAL | {"distance": 1234.4, "reason": "roadworks"})
    (found,) = evidence.of_arrival(arrival, None, visit_unknown=False)
    assert found.as_json() == {
        "code": "outside_fence",
        "strong": False,
        "facts": {"metres": 1234, "accuracy": 20, "fence": 200, "reason": "roadworks"},
    }


TIMES: dict[str, Any] = {"started_at": START, "submitted_at": END, "received_at": END, "finished_at": END}


@pytest.mark.parametrize(
    ("change", "expect"),
    [
        ({}, []),
        ({"submitted_at": START - timedelta(seconds=1)}, ["clock_wrong"]),
        ({"received_at": END - timedelta(minutes=4)}, []),
        ({"received_at": END - timedelta(minutes=6)}, ["clock_wrong"]),
        ({"received_at": END + timedelta(days=3)}, []),
        ({"contact": clocks.Contact(START, START + timedelta(minutes=4))}, []),
        ({"contact": clocks.Contact(START, START - timedelta(minutes=6))}, ["clock_wrong"]),
        ({"elapsed": timedelta(minutes=44)}, []),
        ({"elapsed": timedelta(minutes=46)}, ["clock_changed"]),
        ({"elapsed": timedelta(minutes=1)}, []),
        ({"answered": [(minutes(1), minutes(39))]}, []),
        ({"answered": [(minutes(-6), minutes(1))]}, ["clock_changed"]),
        ({"answered": [(minutes(1), minutes(46))]}, ["clock_changed"]),
        ({"answered": [(minutes(20), minutes(10))]}, ["clock_changed"]),
        ({"due_at": END + timedelta(hours=1), "finished_at": END + timedelta(hours=2)}, ["clock_changed"]),
        ({"due_at": END - timedelta(hours=1), "finished_at": END + timedelta(hours=2)}, []),
        ({"finished_at": END + timedelta(hours=2)}, []),
    ],
)
def test_clocks(change: dict[str, Any], expect: list[str]) -> None:
    assert codes(clocks.of_clock(clocks.Times(**TIMES | change))) == expect


def answers(number: int, seconds: float, *results: str) -> list[Given]:
    given = results or ("pass", "fail")
    return [Given(START + timedelta(seconds=seconds * n), given[n % len(given)]) for n in range(number)]


@pytest.mark.parametrize(
    ("spent", "given", "expect"),
    [
        (timedelta(minutes=40), answers(20, 60), []),
        (timedelta(hours=8), answers(20, 60), []),
        (timedelta(hours=8, seconds=1), answers(20, 60), ["too_long"]),
        (timedelta(seconds=20), answers(10, 2), []),
        (timedelta(seconds=19), answers(10, 1.9), ["too_fast"]),
        (timedelta(seconds=5), answers(9, 0.1, "pass"), []),
        (timedelta(minutes=40), answers(10, 0.9), ["too_fast"]),
        (timedelta(minutes=40), answers(10, 0.9, "pass"), ["too_fast", "answers_alike"]),
        (timedelta(minutes=40), answers(10, 5, "pass"), []),
        (timedelta(minutes=40), answers(10, 60, "na", "pass"), ["many_na"]),
        (timedelta(minutes=40), answers(11, 60, "pass", "na"), []),
        (timedelta(minutes=40), [], []),
    ],
)
def test_pace(spent: timedelta, given: list[Given], expect: list[str]) -> None:
    assert codes(pace.of_pace(START, START + spent, given)) == expect


@pytest.mark.parametrize(
    ("before", "mine", "after", "expect"),
    [
        (None, [], None, []),
        (None, [at(0, 31.2)], None, []),
        (at(-60, 31.2), [at(0, 32.2)], None, []),  # 111 km in an hour
        (at(-30, 31.2), [at(0, 32.2)], None, ["impossible_travel"]),
        (None, [at(40, 31.2)], at(70, 32.2), ["impossible_travel"]),
        (None, [at(0, 31.2), at(1, 31.3)], None, ["impossible_travel"]),
        (None, [at(0, 31.2), at(1, 31.21)], None, []),  # a jump of 1.1 km
        (None, [at(0, 31.2), at(1, 31.23, accuracy=2000)], None, []),
        (at(0, 31.2), [at(0, 31.3)], None, ["impossible_travel"]),
        (at(-1, 31.2), [at(0, 31.2)], at(1, 31.2), []),
    ],
)
def test_travel(before: Point | None, mine: list[Point], after: Point | None, expect: list[str]) -> None:
    assert codes(travel.impossible_travel(before, mine, after)) == expect


def test_a_reviewer_sees_the_way_that_nobody_can_have_gone() -> None:
    (found,) = travel.impossible_travel(at(-30, 31.2), [at(0, 32.2)], None)
    assert found.strong
    assert (found.facts["km"], found.facts["minutes"], found.facts["km_h"]) == (111.2, 30.0, 222)


def stay(store: uuid.UUID, start: float, end: float) -> travel.Stay:
    return travel.Stay(uuid.uuid4(), store, minutes(start), minutes(end))


@pytest.mark.parametrize(
    ("others", "expect"),
    [
        ([], []),
        ([stay(OTHER, 36, 60)], []),
        ([stay(OTHER, 35, 60)], ["overlapping_visits"]),
        ([stay(OTHER, -60, 4)], []),
        ([stay(OTHER, 10, 20)], ["overlapping_visits"]),
        ([stay(STORE, 0, 40)], []),
        ([stay(OTHER, 50, 60)], []),
    ],
)
def test_two_stores_at_once(others: list[travel.Stay], expect: list[str]) -> None:
    assert codes(travel.overlapping(STORE, START, END, others)) == expect


STILL = [at(n, 31.2) for n in range(3)]


@pytest.mark.parametrize(
    ("fixes", "earlier", "expect"),
    [
        ([], [], []),
        (STILL, [], ["frozen_position"]),
        (STILL[:2], [], []),
        ([at(n / 3, 31.2) for n in range(3)], [], []),
        ([at(n / 2, 31.2) for n in range(3)], [], ["frozen_position"]),
        ([*STILL[:2], at(2, 31.200002)], [], []),
        ([*STILL[:2], at(2, 31.2000004)], [], ["frozen_position"]),
        (STILL[:1], [at(-60, 31.2)], []),
        (STILL[:1], [at(-60, 31.2), at(-90, 31.2)], ["frozen_position"]),
        (STILL[:1], [at(-60, 31.2), at(-90, 31.200002)], []),
        ([], [at(-60, 31.2), at(-90, 31.2)], []),
    ],
)
def test_positions_that_do_not_move(fixes: list[Point], earlier: list[Point], expect: list[str]) -> None:
    before = {uuid.uuid4(): point for point in earlier}
    assert codes(travel.frozen_position(fixes, before)) == expect


def document(**changes: Any) -> dict[str, Any]:
    stop = {"at": START, "latitude": 31.2, "longitude": 121.4, "accuracy": 10, "source": "gps"}
    photo = {"taken_at": minutes(5), "latitude": 31.3, "longitude": 121.4, "source": "camera"}
    return {"check_in": stop, "answers": [{"photos": [photo]}]} | changes


def test_points_of_documents_as_loaded_and_as_sent() -> None:
    sent = document(check_in=document()["check_in"] | {"at": "2026-11-25T01:00:00.000Z"})
    for one in (document(), sent):
        assert [p.at for p in points.points_of(one)] == [START, minutes(5)]
        assert points.arrival_of(one) == points.fixes_of(one)[0]
    nowhere = document(check_in=None, answers=[])
    assert points.points_of(nowhere) == []
    assert points.arrival_of(nowhere) is None


def test_fixes_are_those_of_check_in_and_check_out_each_moment_once() -> None:
    fixes = [{"at": minutes(n), "latitude": 31.2, "longitude": 121.4, "accuracy": 5} for n in range(3)]
    out = {"at": minutes(39), "latitude": 31.2, "longitude": 121.4, "accuracy": 5, "fixes": []}
    found = points.fixes_of(document(check_in=document()["check_in"] | {"fixes": fixes}, check_out=out))
    assert [p.at for p in found] == [minutes(0), minutes(1), minutes(2), minutes(39)]
    one = points.fixes_of(document(check_out=out | {"fixes": fixes[2:]}))
    assert [p.at for p in one] == [minutes(0), minutes(2)]


def test_photos_from_the_gallery_say_nothing_of_where_somebody_was() -> None:
    one = document()
    one["answers"][0]["photos"][0]["source"] = "gallery"
    assert len(points.points_of(one)) == 1


def test_points_of_chinese_maps_are_where_they_are() -> None:
    shown = to_gcj02(31.2, 121.4)
    stop = document()["check_in"] | {"latitude": shown[0], "longitude": shown[1], "coord_sys": "GCJ-02"}
    assert points.arrival_of(document(check_in=stop)).spot == (31.2, 121.4)  # type: ignore[union-attr]


def photo_signal(code: str, *photo_ids: str, strong: bool = False) -> Signal:
    return Signal(code, {"photos": [{"photo_id": one} for one in photo_ids]}, strong)


def test_what_is_noticed_later_is_added_and_told_once() -> None:
    first = merged([], [Signal("late", {"seconds": 5}), photo_signal("photo_similar", "a")])
    assert flags_of(first) == ["late", "photo_similar"]
    more = [photo_signal("photo_similar", "a", "b", strong=True), photo_signal("photo_old", "b")]
    second = merged(first, more)
    assert [s["code"] for s in second] == ["late", "photo_old", "photo_similar"]
    assert second[2] == {
        "code": "photo_similar",
        "strong": True,
        "facts": {"photos": [{"photo_id": "a"}, {"photo_id": "b"}]},
    }
    assert merged(second, more) == second
