"""Adding up what waits, by table."""

import uuid
from datetime import UTC, datetime, timedelta

from api.reports.waiting import Asked, Counts, Heap, Pile, fold, grouped, longest_first, total, worst_first

A, B, FIXER, CHECKER = (uuid.UUID(int=number) for number in range(1, 5))
T = datetime(2026, 11, 25, tzinfo=UTC)
EARLIER = T - timedelta(days=3)


def test_a_store_is_the_sum_of_its_heaps() -> None:
    heaps = [
        Heap(A, FIXER, CHECKER, open=3, due_soon=1, overdue=2, submitted=1, sent_back=1, redline=1),
        Heap(A, None, CHECKER, open=2, reopened=1),
        Heap(B, FIXER, None, submitted=4),
    ]
    found = fold(heaps, [Asked(A, 2, T)], [Asked(B, 1, T, CHECKER)])
    assert found.stores == {
        A: Counts(
            open=5,
            due_soon=1,
            overdue=2,
            submitted=1,
            sent_back=1,
            reopened=1,
            redline=1,
            unassigned=2,
            extensions=2,
        ),
        B: Counts(submitted=4, appeals=1),
    }
    assert total(found.stores.values()) == found.stores[A].plus(found.stores[B])


def test_a_person_has_what_waits_for_them_on_every_side_and_since_when() -> None:
    heaps = [
        Heap(A, FIXER, CHECKER, open=3, overdue=2, submitted=1, open_since=T, submitted_since=T),
        Heap(B, FIXER, CHECKER, open=1, submitted=2, late_reviews=1, open_since=EARLIER, submitted_since=T),
        Heap(B, CHECKER, FIXER, submitted=1, submitted_since=EARLIER),
        Heap(B, None, None, open=9, submitted=9, open_since=EARLIER, submitted_since=EARLIER),
    ]
    found = fold(heaps, [], [Asked(A, 2, T, CHECKER), Asked(B, 1, EARLIER, CHECKER), Asked(B, 5, EARLIER)])
    assert found.people == {
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
    best_last = [4, 3, 2, 0, 1, 5]
    assert sorted(range(6), key=lambda n: worst_first(lines[n])) == best_last
    piles = [Pile(to_fix=9), Pile(to_review=1, late_reviews=1), Pile(to_fix=1, overdue=2), Pile(to_decide=1)]
    assert sorted(range(4), key=lambda n: longest_first(piles[n])) == [2, 1, 0, 3]


def test_nothing_waits() -> None:
    found = fold([], [], [])
    assert (found.stores, found.people, total([])) == ({}, {}, Counts())
