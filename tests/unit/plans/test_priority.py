"""How urgent a store is, by table."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.plans.priority import Part, Priority, StoreFacts, priority

TODAY = date(2026, 11, 25)


def facts(days: int | None = 0, **changes: Any) -> StoreFacts:
    """A store with a good report of so many days ago, and nothing that weighs on it."""
    given: dict[str, Any] = {
        "level": "B",
        "last_visit": None if days is None else TODAY - timedelta(days=days),
        "band": "A",
        "scored": True,
        "open_redlines": 0,
        "repeats": 0,
        "overdue": 0,
        "complaints": 0,
    }
    return StoreFacts(**given | changes)


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        # how long ago, by the store's level
        (facts(), []),
        (facts(1), []),
        (facts(2), [("waiting", 1, 2)]),
        (facts(15), [("waiting", 10, 15)]),
        (facts(30), [("waiting", 20, 30)]),
        (facts(59), [("waiting", 39, 59)]),
        (facts(60), [("waiting", 40, 60)]),
        (facts(900), [("waiting", 40, 900)]),
        (facts(14, level="A"), [("waiting", 20, 14)]),
        (facts(14, level=" a "), [("waiting", 20, 14)]),
        (facts(28, level="A"), [("waiting", 40, 28)]),
        (facts(60, level="C"), [("waiting", 20, 60)]),
        (facts(60, level="Risk 1 (High)"), [("waiting", 20, 60)]),
        (facts(60, level=""), [("waiting", 20, 60)]),
        (facts(-3), []),
        # never visited: nothing is known of a report
        (facts(None, band=None, scored=False), [("never", 40, 0)]),
        (facts(None, band="D"), [("never", 40, 0)]),
        # the last report
        (facts(band="B"), [("band", 3, "B")]),
        (facts(band="C"), [("band", 10, "C")]),
        (facts(band="D"), [("band", 20, "D")]),
        (facts(band=None), [("band", 20, "unrated")]),
        (facts(band=None, scored=False), []),
        (facts(band="S"), []),
        # what is open
        (facts(open_redlines=1), [("redline", 15, 1)]),
        (facts(open_redlines=2), [("redline", 30, 2)]),
        (facts(open_redlines=9), [("redline", 30, 9)]),
        (facts(repeats=2), [("repeats", 10, 2)]),
        (facts(repeats=7), [("repeats", 15, 7)]),
        (facts(overdue=4), [("overdue", 12, 4)]),
        (facts(overdue=6), [("overdue", 15, 6)]),
        (facts(complaints=3), [("complaints", 15, 3)]),
        (facts(complaints=40), [("complaints", 15, 40)]),
        # together: the weightiest first, and by name where they weigh the same
        (facts(30, band="D", complaints=3), [("band", 20, "D"), ("waiting", 20, 30), ("complaints", 15, 3)]),
        (facts(None, overdue=1, repeats=1), [("never", 40, 0), ("repeats", 5, 1), ("overdue", 3, 1)]),
    ],
)
def test_parts(given: StoreFacts, parts: list[tuple[str, int, int | str]]) -> None:
    assert priority(given, TODAY) == Priority(sum(p[1] for p in parts), tuple(Part(*p) for p in parts))


def test_everything_at_once_is_the_most() -> None:
    worst = facts(900, band="D", open_redlines=9, repeats=9, overdue=9, complaints=9)
    assert priority(worst, TODAY).points == 40 + 20 + 30 + 15 + 15 + 15


@pytest.mark.parametrize(
    ("points", "urgency"),
    [(0, "routine"), (29, "routine"), (30, "soon"), (59, "soon"), (60, "urgent"), (135, "urgent")],
)
def test_urgency(points: int, urgency: str) -> None:
    assert Priority(points, ()).urgency == urgency
