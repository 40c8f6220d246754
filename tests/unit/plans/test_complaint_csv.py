from datetime import date

import pytest

from api.core.tables import BadTable
from api.plans.complaint_csv import ComplaintRow, from_complaint_csv

TODAY = date(2026, 11, 25)
HEAD = "store,reference,date,kind,note"


def faults(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(BadTable) as bad:
        from_complaint_csv(text, TODAY)
    return [(error.line, error.column, error.code) for error in bad.value.errors]


def test_rows_with_and_without_what_may_be_left_out() -> None:
    text = f'{HEAD}\nS-1,C-7,2026-11-24,food,"cold, and late"\nS-2, C-8 ,2026-11-25,,\n'
    assert from_complaint_csv(text, TODAY) == [
        ComplaintRow(2, "S-1", "C-7", date(2026, 11, 24), "food", "cold, and late"),
        ComplaintRow(3, "S-2", "C-8", date(2026, 11, 25), "", ""),
    ]
    short = from_complaint_csv("Date,Reference,Store\n2026-11-24,C-7,S-1\n", TODAY)
    assert short == [ComplaintRow(2, "S-1", "C-7", date(2026, 11, 24), "", "")]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (",C-1,2026-11-24,,", [(2, "store", "required")]),
        ("S-1,,2026-11-24,,", [(2, "reference", "required")]),
        ("S-1,C-1,,,", [(2, "date", "invalid")]),
        ("S-1,C-1,24.11.2026,,", [(2, "date", "invalid")]),
        ("S-1,C-1,2026-02-30,,", [(2, "date", "invalid")]),
        ("S-1,C-1,2026-11-26,,", [(2, "date", "out_of_range")]),
        ("S-1,C-1,1812-11-24,,", [(2, "date", "out_of_range")]),
        (f"S-1,{'x' * 81},2026-11-24,,", [(2, "reference", "too_long")]),
        (f"S-1,C-1,2026-11-24,{'x' * 121},", [(2, "kind", "too_long")]),
        (f"S-1,C-1,2026-11-24,,{'x' * 2001}", [(2, "note", "too_long")]),
        ("S-1,C-1,2026-11-24,,\n\nS-2,C-1,2026-11-24,,", [(4, "reference", "twice")]),
        (
            ",,x,,\nS-1,C-1,y,,",
            [
                (2, "store", "required"),
                (2, "reference", "required"),
                (2, "date", "invalid"),
                (3, "date", "invalid"),
            ],
        ),
        ("S-1,C-1", [(2, "", "cells")]),
    ],
)
def test_every_bad_row_is_named(rows: str, named: list[tuple[int, str, str]]) -> None:
    assert faults(f"{HEAD}\n{rows}\n") == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", [(1, "", "empty")]),
        (HEAD, [(1, "", "empty")]),
        ("store,date\n", [(1, "reference", "missing_column")]),
        (f"{HEAD},more\n", [(1, "more", "unknown_column")]),
    ],
)
def test_files_that_are_no_complaints(text: str, named: list[tuple[int, str, str]]) -> None:
    assert faults(text) == named


def test_a_citys_list_without_stores_is_told_what_it_lacks() -> None:
    text = "request,created,completed,nature,address,latitude,longitude\n1,2011-01-01,,Other,1 MAIN ST,41.9,-87.7\n"
    missing = [name for _, name, code in faults(text) if code == "missing_column"]
    assert missing == ["store", "reference", "date"]
