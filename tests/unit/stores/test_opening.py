from typing import Any

import pytest

from api.stores.opening import DAYS, BadHours, as_text, checked, dates_in, hours_in

WEEK = {day: [["09:00", "22:00"]] for day in DAYS}
OFFICE = {day: [["09:00", "22:00"]] for day in DAYS[:5]}


@pytest.mark.parametrize(
    ("text", "hours", "again"),
    [
        ("mo-su 09:00-22:00", WEEK, None),
        (
            "mo-fr 09:00-22:00; sa,su 10:00-20:00",
            OFFICE | {"sa": [["10:00", "20:00"]], "su": [["10:00", "20:00"]]},
            "mo-fr 09:00-22:00; sa-su 10:00-20:00",
        ),
        ("MO-FR 09:00-22:00；", OFFICE, "mo-fr 09:00-22:00"),
        ("mo 11:00-14:00,17:00-22:00", {"mo": [["11:00", "14:00"], ["17:00", "22:00"]]}, None),
        (
            "mo 17:00-22:00，11:00-14:00",
            {"mo": [["11:00", "14:00"], ["17:00", "22:00"]]},
            "mo 11:00-14:00,17:00-22:00",
        ),
        ("fr-sa 18:00-02:00", {"fr": [["18:00", "02:00"]], "sa": [["18:00", "02:00"]]}, None),
        (
            "mo,we 09:00-12:00",
            {"mo": [["09:00", "12:00"]], "we": [["09:00", "12:00"]]},
            "mo 09:00-12:00; we 09:00-12:00",
        ),
        ("mo-su 00:00-24:00", {day: [["00:00", "24:00"]] for day in DAYS}, None),
        ("", {}, None),
        (" ; ", {}, ""),
    ],
)
def test_hours_in_a_cell(text: str, hours: dict[str, Any], again: str | None) -> None:
    assert hours_in(text) == hours
    assert as_text(hours) == (text if again is None else again)
    assert hours_in(as_text(hours)) == hours


@pytest.mark.parametrize(
    "text",
    [
        "09:00-22:00",
        "mo",
        "mo 9:00-22:00",
        "mo 09:00",
        "mo 09:00-25:00",
        "mo 09:60-10:00",
        "mo 09:00-09:00",
        "mo 24:00-02:00",
        "fr-mo 09:00-22:00",
        "xx 09:00-22:00",
        "mo 09:00-12:00; mo 13:00-14:00",
        "mo-we 09:00-12:00; tu 13:00-14:00",
        "mo 09:00-12:00,11:00-14:00",
        "mo 18:00-02:00,20:00-21:00",
        "mo 09:00-10:00-11:00",
    ],
)
def test_cells_that_are_no_hours(text: str) -> None:
    with pytest.raises(BadHours):
        hours_in(text)


@pytest.mark.parametrize(
    "hours",
    [
        {"monday": [["09:00", "22:00"]]},
        {"mo": "09:00-22:00"},
        {"mo": [["09:00"]]},
        {"mo": [["09:00", 22]]},
        {"mo": [["09:00", "22:00", "23:00"]]},
        {"mo": [[f"0{n}:00", f"0{n}:30"] for n in range(7)]},
        {"mo": [["09:00", "22:00\n"]]},
        {"mo": {"09:00": "22:00"}},
    ],
)
def test_shapes_that_are_no_hours(hours: dict[str, Any]) -> None:
    with pytest.raises(BadHours):
        checked(hours)


def test_days_are_ordered_and_closed_ones_left_out() -> None:
    given = {"su": [["16:00", "20:00"], ["10:00", "14:00"]], "mo": [], "tu": [["09:00", "12:00"]]}
    assert list(checked(given).items()) == [
        ("tu", [["09:00", "12:00"]]),
        ("su", [["10:00", "14:00"], ["16:00", "20:00"]]),
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("2026-12-25", ["2026-12-25"]),
        ("2027-01-01; 2026-12-25；2027-01-01", ["2026-12-25", "2027-01-01"]),
    ],
)
def test_closed_days_in_a_cell(text: str, days: list[str]) -> None:
    assert dates_in(text) == days


@pytest.mark.parametrize("text", ["25.12.2026", "2026-02-30", "2026-12-25, 2026-12-26", "x"])
def test_cells_that_are_no_days(text: str) -> None:
    with pytest.raises(BadHours):
        dates_in(text)
