"""Adding up what waits, by table."""

import uuid
from datetime import UTC, datetime, timedelta

from api.reports.waiting import (
    Asked,
    Counts,
    Mends,
    Pile,
    Reviews,
    by_person,
    by_store,
    grouped,
    longest_first,
    total,
    worst_first,
)

A, B, FIXER, CHECKER = (uuid.UUID(int=number) for number in range(1, 5))
T = datetime(2026, 11, 25, tzinfo=UTC)
EARLIER = T - timedelta(days=3)


def test_a_store_has_its_tasks_and_what_was_asked_about_them() -> None:
    tasks = {A: Counts(open=5, overdue=2, unassigned=2)}
    found = by_store(tasks, [Asked(A, 2, T)], [Asked(B, 1, T, CHECKER), Asked(B, 2, T)])
    assert found == {A: Counts(open=5, overdue=2, unassigned=2, extensions=2), B: Counts(appeals=3)}
    assert total(found.values()) == found[A].plus(found[B])
    assert tasks == {A: Counts(open=5, overdue=2, unassigned=2)}


def test_a_person_has_what_waits_for_them_on_every_side_and_since_when() -> None:
    mends = [Mends(FIXER, 4, 2, EARLIER)]
    reviews = [Reviews(CHECKER, 3, 1, T), Reviews(FIXER, 1, 0, EARLIER)]
    appeals = [Asked(A, 2, T, CHECKER), Asked(B, 1, EARLIER, CHECKER), Asked(B, 5, EARLIER)]
    assert by_person(mends, reviews, appeals) == {
        FIXER: Pile(to_fix=4, overdue=2, fix_since=EARLIER, to_review=1, review_since=EARLIER),
        CHECKER: Pile(to_review=3, late_reviews=1, review_since=T, to_decide=3, decide_since=EARLIER),
    }


def test_stores_are_added_up_by_what_they_belong_to() -> None:
    stores = {A: Counts(open=1), B: Counts(open=2, overdue=1), FIXER: Counts(open=4)}
    home = {A: "east", B: "east"}
    assert grouped(stores, home.get) == {"east": Counts(open=3, overdue=1)}
    assert grouped({}, home.get) == {}


def test_the_worst_comes_first() -> None:
    lines = [
        Counts(open=9),
        Counts(submitted=3),
        Counts(open=1, due_soon=1),
        Counts(open=1, redline=1),
        Counts(open=1, overdue=1),
        Counts(),
    ]
    assert sorted(range(6), key=lambda n: worst_first(lines[n])) == [4, 3, 2, 0, 1, 5]
    piles = [Pile(to_fix=9), Pile(to_review=1, late_reviews=1), Pile(to_fix=1, overdue=2), Pile(to_decide=1)]
    assert sorted(range(4), key=lambda n: longest_first(piles[n])) == [2, 1, 0, 3]


def test_nothing_waits() -> None:
    assert (by_store({}, [], []), by_person([], [], []), total([])) == ({}, {}, Counts())
