"""The table of appeals, read by the phone too."""

from datetime import datetime
from typing import Any

import pytest

from api.inspections import appeals
from tests.unit.vectors import named, table

CASES = table("appeals")


def _ask(case: dict[str, Any]) -> Any:
    given = case["report"] | {"received_at": datetime.fromisoformat(case["report"]["received_at"])}
    asker = case["asker"]
    at = datetime.fromisoformat(case["at"])
    return appeals.refusal(
        appeals.ReportFacts(**given),
        case["item_key"],
        asker["id"],
        is_store_member=asker["is_store_member"],
        at=at,
    )


def _decide(case: dict[str, Any]) -> Any:
    return appeals.decision_refusal(
        appeals.AppealFacts(**case["appeal"]), case["actor"]["id"], case["actor"]["role"]
    )


def _changes(case: dict[str, Any]) -> Any:
    return appeals.change_faults(case["item_key"], case["changes"], case["lost"], case["may_be_na"])


ASKS = {
    "ask": _ask,
    "missing": lambda case: appeals.missing(case["item_key"], case["reason"], case["photos"]),
    "decide": _decide,
    "changes": _changes,
}


@pytest.mark.parametrize("case", CASES, ids=named(CASES))
def test_the_table_of_appeals(case: dict[str, Any]) -> None:
    assert ASKS[case["what"]](case) == case["expect"]


@pytest.mark.parametrize(
    ("action", "note", "expected"),
    [("uphold", "", True), ("reject", " x ", True), ("reassign", "", False), ("uphold", "broken", False)],
)
def test_a_decision_needs_words(action: str, note: str, expected: bool) -> None:
    assert appeals.note_is_missing(action, note) is expected
