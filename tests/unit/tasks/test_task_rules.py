from datetime import datetime
from typing import Any

import pytest

from api.tasks import deadlines
from api.tasks.lifecycle import ActorFacts, Given, TaskFacts, decide
from tests.unit.vectors import named, table

LIFECYCLE, DEADLINES = table("task_lifecycle"), table("deadlines")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("case", LIFECYCLE, ids=named(LIFECYCLE))
def test_life_cycle(case: dict[str, Any]) -> None:
    facts = case["task"] | {
        "closed_at": moment(case["task"]["closed_at"]) if case["task"]["closed_at"] else None
    }
    found = decide(
        TaskFacts(**facts),
        case["action"],
        ActorFacts(**case["actor"]),
        Given(**case["given"]),
        moment(case["now"]),
    )
    assert ({"to": found.to} if found.to else {"refused": found.refused}) == case["expect"]


@pytest.mark.parametrize("case", DEADLINES, ids=named(DEADLINES))
def test_deadlines(case: dict[str, Any]) -> None:
    if case["what"] == "due":
        assert deadlines.due_at(case["flag"], case["fix_hours"], moment(case["created_at"])) == moment(
            case["expect"]
        )
    elif case["what"] == "sla":
        times = (moment(case[name]) for name in ("now", "created_at", "due_at"))
        assert deadlines.sla(*times) == case["expect"]
    else:
        assert deadlines.severity(case["flag"], case["repeats"]) == case["expect"]
