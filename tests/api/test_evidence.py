"""The evidence of a visit over the API: what a phone may tell, and what a reviewer sees of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from api.stores.geo import to_gcj02
from tests.support.company import Company


def at(minute: float) -> str:
    return moment_text(datetime.now(UTC) + timedelta(minutes=minute))


def stop(minute: float, latitude: float = 31.2, **more: Any) -> dict[str, Any]:
    spot = {"latitude": latitude, "longitude": 121.4, "accuracy": 10}
    return {"at": at(minute), "source": "gps"} | spot | more


def fix(minute: float, latitude: float = 31.2) -> dict[str, Any]:
    return {"at": at(minute), "latitude": latitude, "longitude": 121.4, "accuracy": 10}


def shown(company: Company, report: str, who: str = "manager") -> Any:
    return getattr(company, who).get(f"/inspections/{report}")[1]


def facts(company: Company, report: str, code: str) -> Any:
    return next(s["facts"] for s in shown(company, report)["signals"] if s["code"] == code)


def test_a_phone_may_tell_its_fixes_its_check_out_and_its_clocks(company: Company) -> None:
    moving = [fix(-20 + n / 3, 31.2 + n * 1e-5) for n in range(3)]
    leaving = stop(-1, 31.20001, fixes=[fix(-1, 31.20001)])
    clock = {"elapsed_ms": 19 * 60_000, "server_at": at(-40), "device_at": at(-40)}
    report, receipt = company.submit(check_in=stop(-20, fixes=moving), check_out=leaving, clock=clock)
    assert receipt["flags"] == []
    found = shown(company, report)
    assert found["check_out"]["latitude"] == 31.20001
    assert len(found["check_in"]["fixes"]) == 3
    proof = {"place": True, "camera": True, "token": None, "duration": True, "travel": None}
    assert (found["proof"], found["proof_facts"]) == (3, {"level": 3} | proof)
    listed = company.manager.get("/inspections")[1]["items"]
    assert [(i["id"], i["proof"]) for i in listed] == [(report, 3)]


@pytest.mark.parametrize(
    "change",
    [
        {"check_in": stop(0, fixes=[{"at": at(0)}])},
        {"check_in": stop(0, fixes=[fix(0)] * 61)},
        {"check_in": stop(0, coord_sys="BD-09")},
        {"check_out": {"at": at(0)}},
        {"clock": {"elapsed_ms": -1}},
        {"clock": {"server_at": "yesterday"}},
        {"clock": {"zone": 8}},
    ],
)
def test_wrong_shapes_are_refused(company: Company, change: dict[str, Any]) -> None:
    path = f"/inspections/{new_id()}"
    status, problem = company.supervisor.put_signed(path, company.document(**change))
    assert (status, problem["type"]) == (422, "/problems/validation")


@pytest.mark.parametrize(
    ("change", "code", "expect"),
    [
        ({"check_in": stop(-20, 31.3)}, "outside_fence", {"metres": 11120, "accuracy": 10, "fence": 200}),
        ({"check_in": None}, "no_position", {"reason": ""}),
        ({"started_at": at(-60 * 9)}, "too_long", {"limit_seconds": 28800}),
        ({"clock": {"elapsed_ms": 3_600_000}}, "clock_changed", {"counted_seconds": 3600}),
        ({"clock": {"server_at": at(0), "device_at": at(-60)}}, "clock_wrong", {}),
        (
            {"check_in": stop(-20, fixes=[fix(-20 + n) for n in range(4)])},
            "frozen_position",
            {"still": {"fixes": 4, "seconds": 180}},
        ),
        (
            {"check_in": stop(-20), "check_out": stop(-19, 31.3)},
            "impossible_travel",
            {"km": 11.1, "km_h": 666},
        ),
    ],
)
def test_a_reviewer_sees_why_a_flag_is_up(
    company: Company, change: dict[str, Any], code: str, expect: dict[str, Any]
) -> None:
    report, receipt = company.submit(**change)
    assert (receipt["status"], code in receipt["flags"]) == ("in_review", True)
    found = facts(company, report, code)
    assert {name: found[name] for name in expect} == expect
    assert sorted(s["code"] for s in shown(company, report)["signals"]) == receipt["flags"]


def test_positions_of_chinese_maps_are_understood(company: Company) -> None:
    latitude, longitude = to_gcj02(31.2, 121.4)
    there = stop(-20, latitude, longitude=longitude)
    assert company.submit(check_in=there)[1]["flags"] == ["outside_fence"]
    assert company.submit(check_in=there | {"coord_sys": "GCJ-02"})[1]["flags"] == []


def test_two_stores_at_once_and_a_way_nobody_can_have_gone(company: Company) -> None:
    first, _ = company.submit("admin")
    far = stop(-2, 32.2, source="gps")
    second, receipt = company.submit("admin", store_id=str(company.far_store), check_in=far)
    assert receipt["flags"] == ["impossible_travel", "outside_fence", "overlapping_visits"]
    assert shown(company, second, "stranger")["proof"] <= 1
    signals = {s["code"]: s for s in shown(company, second, "stranger")["signals"]}
    assert signals["overlapping_visits"]["strong"]
    (visit,) = signals["overlapping_visits"]["facts"]["visits"]
    assert (visit["inspection_id"], visit["store_name"], visit["minutes"]) == (None, None, 20)
    assert first not in str(signals["overlapping_visits"])


def test_the_very_coordinates_of_earlier_visits_are_noticed(company: Company) -> None:
    for _ in range(2):
        assert company.submit(check_in=stop(-20, 31.200123))[1]["flags"] == []
    report, receipt = company.submit(check_in=stop(-20, 31.200123))
    assert receipt["flags"] == ["frozen_position"]
    assert len(facts(company, report, "frozen_position")["as_before"]) == 2


def test_older_phones_that_tell_none_of_it_are_as_welcome(company: Company) -> None:
    document = company.document()
    assert not {"check_out", "clock"} & set(document)
    assert company.submit()[1]["flags"] == []
