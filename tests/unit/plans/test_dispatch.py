"""Which visits there should be, and whose they are, by table."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.plans.demand import Demand, as_meant, relevant
from api.plans.dispatch import Away, deputy_for, duty, expected, in_rotation, wanted
from api.plans.terms import AssigneeRule, Override
from api.plans.who import People, rounds
from tests.unit.plans.plan_makers import (
    ANNA,
    BEN,
    CARL,
    DORA,
    EVE,
    LONG_AGO,
    a_store,
    revision,
    some_terms,
    timeline,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
T = some_terms()
D = date.fromisoformat


@pytest.mark.parametrize(
    ("revisions", "found"),
    [
        ([(1, "2026-11-02")], [(1, "11-02", None)]),
        ([(1, "2026-11-02"), (2, "2026-11-10")], [(1, "11-02", "11-09"), (2, "11-10", None)]),
        ([(1, "2026-11-02"), (2, "2026-11-02")], [(2, "11-02", None)]),
        ([(1, "2026-11-10"), (2, "2026-11-05")], [(2, "11-05", None)]),
        (
            [(1, "2026-11-02"), (2, "2026-11-20"), (3, "2026-11-10")],
            [(1, "11-02", "11-09"), (3, "11-10", None)],
        ),
        (
            [(3, "2026-11-30"), (1, "2026-11-02"), (2, "2026-11-20")],
            [(1, "11-02", "11-19"), (2, "11-20", "11-29"), (3, "11-30", None)],
        ),
        ([], []),
    ],
)
def test_of_two_revisions_the_newer_ends_the_older(revisions: Any, found: Any) -> None:
    made = timeline(*(revision(number, day, T) for number, day in revisions))
    got = [
        (p.revision.number, p.first.isoformat()[5:], p.last.isoformat()[5:] if p.last else None) for p in made
    ]
    assert got == found


DAILY = timeline(revision(1, "2026-11-02", T))
PAUSED = timeline(revision(1, "2026-11-02", T), revision(2, "2026-11-05", None))
RESUMED = timeline(
    revision(1, "2026-11-02", T), revision(2, "2026-11-05", None), revision(3, "2026-11-07", T)
)
LATER = timeline(revision(1, "2026-11-02", T), revision(2, "2026-11-05", some_terms(times=("18:00",))))
RESTING = timeline(revision(1, "2026-11-02", some_terms(closed_weekdays=(2,), closed_dates=("2026-11-06",))))
TWICE = timeline(revision(1, "2026-11-02", some_terms(times=("18:00", "09:00"))))
WRITTEN = timeline(revision(1, "2026-11-02", T, datetime(2026, 11, 4, 12, tzinfo=UTC)))
SHANGHAI_19 = datetime(2026, 11, 4, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "more", "found"),
    [
        (DAILY, {}, ["02T09", "03T09", "04T09", "05T09", "06T09", "07T09", "08T09"]),
        (PAUSED, {}, ["02T09", "03T09", "04T09"]),
        (RESUMED, {}, ["02T09", "03T09", "04T09", "07T09", "08T09"]),
        (LATER, {}, ["02T09", "03T09", "04T09", "05T18", "06T18", "07T18", "08T18"]),
        (RESTING, {}, ["02T09", "03T09", "05T09", "07T09", "08T09"]),
        (
            DAILY,
            {"store_closed": frozenset({D("2026-11-03"), D("2026-11-08")})},
            ["02T09", "04T09", "05T09", "06T09", "07T09"],
        ),
        (DAILY, {"override": Override(excluded=True)}, []),
        (
            DAILY,
            {"override": Override(times=(time(7), time(20)))},
            [f"{day:02}T{at}" for day in range(2, 9) for at in ("07", "20")],
        ),
        (TWICE, {}, [f"{day:02}T{at}" for day in range(2, 9) for at in ("09", "18")]),
        # What was due before it was asked for is not asked for: due is 19:00.
        (WRITTEN, {}, ["05T09", "06T09", "07T09", "08T09"]),
        (DAILY, {"joined": SHANGHAI_19}, ["05T09", "06T09", "07T09", "08T09"]),
        (
            DAILY,
            {"joined": SHANGHAI_19 - timedelta(minutes=1)},
            ["04T09", "05T09", "06T09", "07T09", "08T09"],
        ),
        (DAILY, {"override": Override(made_at=SHANGHAI_19)}, ["05T09", "06T09", "07T09", "08T09"]),
        (
            DAILY,
            {"override": Override(window=timedelta(hours=1)), "joined": SHANGHAI_19 - timedelta(hours=9)},
            ["05T09", "06T09", "07T09", "08T09"],
        ),
        (timeline(), {}, []),
    ],
)
def test_the_visits_of_a_store_in_a_week(made: Any, more: Any, found: list[str]) -> None:
    got = expected(made, SHANGHAI, D("2026-11-01"), D("2026-11-08"), **more)
    assert [due.occurrence.key[8:13] for due in got] == found


def test_numbers_never_shift_by_closed_days_or_where_one_looks() -> None:
    whole = expected(RESTING, SHANGHAI, D("2026-11-02"), D("2026-11-08"))
    assert [due.number for due in whole] == [0, 1, 3, 5, 6]
    part = expected(RESTING, SHANGHAI, D("2026-11-05"), D("2026-11-08"))
    assert [due.number for due in part] == [3, 5, 6]


def away(first: str, last: str, deputy: uuid.UUID) -> Away:
    return Away(D(f"2026-11-{first}"), D(f"2026-11-{last}"), deputy)


ABSENCES = {
    ANNA: [away("02", "05", BEN), away("20", "20", CARL)],
    BEN: [away("04", "06", CARL)],
    CARL: [away("05", "05", DORA)],
    DORA: [away("05", "05", EVE)],
    EVE: [away("10", "12", EVE)],
}


@pytest.mark.parametrize(
    ("who", "day", "deputy"),
    [
        (ANNA, "01", None),
        (ANNA, "02", BEN),
        (ANNA, "03", BEN),
        (ANNA, "04", CARL),  # Ben is away too
        (ANNA, "05", DORA),  # three deep, and no deeper
        (ANNA, "06", None),
        (ANNA, "20", CARL),
        (BEN, "03", None),
        (BEN, "06", CARL),
        (BEN, "05", EVE),
        (EVE, "11", None),
        (uuid.UUID(int=77), "05", None),
    ],
)
def test_deputies(who: uuid.UUID, day: str, deputy: uuid.UUID | None) -> None:
    on = D(f"2026-11-{day}")
    assert deputy_for(who, on, ABSENCES) == deputy
    given = duty(who, on, ABSENCES)
    assert (given.assignee_id, given.owner_id) == ((who, None) if deputy is None else (deputy, who))


def test_a_ring_of_deputies_comes_to_an_end() -> None:
    ring = {ANNA: [away("02", "05", BEN)], BEN: [away("02", "05", ANNA)]}
    assert deputy_for(ANNA, D("2026-11-03"), ring) == BEN
    assert duty(None, D("2026-11-03"), ring).assignee_id is None


@pytest.mark.parametrize(
    ("people", "turns"),
    [((ANNA,), [ANNA] * 4), ((ANNA, BEN), [ANNA, BEN, ANNA, BEN]), ((), [None] * 4)],
)
def test_rotation(people: tuple[uuid.UUID, ...], turns: list[uuid.UUID | None]) -> None:
    rule = AssigneeRule("rotation", user_ids=people)
    assert [in_rotation(rule, number) for number in range(4)] == turns


TOP, LEFT, RIGHT = (uuid.UUID(int=n) for n in (500, 501, 502))
EVERYBODY = People(
    active={ANNA, BEN, CARL, DORA},
    by_store={("store_manager", a_store(2).id): [DORA], ("supervisor", a_store(3).id): [CARL]},
    by_region={("supervisor", TOP): [ANNA], ("supervisor", LEFT): [BEN], ("regional_manager", RIGHT): [EVE]},
    paths={TOP: (TOP,), LEFT: (TOP, LEFT), RIGHT: (TOP, RIGHT)},
    next_store=rounds([a_store(1), a_store(2), a_store(3, region_id=LEFT)]),
)


@pytest.mark.parametrize(
    ("rule", "store", "owner"),
    [
        (AssigneeRule("store_supervisor"), a_store(), ANNA),
        (AssigneeRule("store_supervisor"), a_store(supervisor_id=EVE), None),  # no longer active
        (AssigneeRule("store_supervisor"), a_store(supervisor_id=None), None),
        (AssigneeRule("person", user_ids=(BEN,)), a_store(), BEN),
        (AssigneeRule("person", user_ids=(EVE,)), a_store(), None),
        (AssigneeRule("role", role="supervisor"), a_store(), ANNA),
        (AssigneeRule("role", role="supervisor"), a_store(region_id=LEFT), BEN),
        (AssigneeRule("role", role="supervisor"), a_store(region_id=RIGHT), ANNA),
        (AssigneeRule("role", role="supervisor"), a_store(3, region_id=LEFT), CARL),
        (AssigneeRule("role", role="hq_admin"), a_store(), None),
        (AssigneeRule("cross"), a_store(1), DORA),
        (AssigneeRule("cross"), a_store(2), None),  # the next store has no manager
        (AssigneeRule("cross"), a_store(3, region_id=LEFT), None),  # alone in its region
        (AssigneeRule("rotation", user_ids=(ANNA, EVE)), a_store(), ANNA),
    ],
)
def test_whose_visit_it_is(rule: AssigneeRule, store: Any, owner: uuid.UUID | None) -> None:
    assert EVERYBODY.owner(rule, store, 0) == owner


def test_everybody_whose_turn_may_come() -> None:
    rotation = AssigneeRule("rotation", user_ids=(ANNA, EVE, BEN))
    assert EVERYBODY.owners(rotation, a_store()) == {ANNA, None, BEN}
    assert EVERYBODY.owners(AssigneeRule("store_supervisor"), a_store()) == {ANNA}


def test_a_revision_that_does_not_mean_a_store_asks_nothing_of_it() -> None:
    meant = as_meant(LATER, [2])
    assert [p.revision.terms is None for p in meant] == [True, False]
    near, far = a_store(1), a_store(2)
    inside = {1: frozenset({near.id, far.id}), 2: frozenset({near.id})}
    demand = Demand(LATER, inside, EVERYBODY, D("2026-11-06"))
    first = D("2026-11-03")
    assert list(demand.wanted(near, first)) == [
        "2026-11-03T09:00",
        "2026-11-04T09:00",
        "2026-11-05T18:00",
        "2026-11-06T18:00",
    ]
    assert list(demand.wanted(far, first)) == ["2026-11-03T09:00", "2026-11-04T09:00"]


def test_an_override_sends_somebody_else() -> None:
    store = a_store()
    own = Override(assignee=AssigneeRule("person", user_ids=(BEN,)), made_at=LONG_AGO)
    demand = Demand(DAILY, {1: frozenset({store.id})}, EVERYBODY, D("2026-11-02"), {store.id: own})
    (one,) = demand.wanted(store, D("2026-11-02")).values()
    assert (one.assignee_id, one.owner_id) == (BEN, None)
    (due,) = expected(DAILY, SHANGHAI, D("2026-11-02"), D("2026-11-02"))
    assert wanted(due, duty(BEN, D("2026-11-02"), {})) == one


@pytest.mark.parametrize(
    ("made", "day", "found"),
    [
        (DAILY, "2026-12-01", [1]),
        (LATER, "2026-11-03", [1, 2]),
        (LATER, "2026-11-05", [2]),
        (PAUSED, "2026-12-01", [1, 2]),  # keeps its stores, to bring visits back
        (RESUMED, "2026-12-01", [3]),
        (timeline(revision(1, "2026-11-02", None)), "2026-11-05", [1]),
        (timeline(), "2026-11-05", []),
    ],
)
def test_the_periods_that_still_matter(made: Any, day: str, found: list[int]) -> None:
    assert [p.revision.number for p in relevant(made, D(day))] == found
