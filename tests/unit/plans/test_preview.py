"""What a preview reckons, compared with what is counted visit by visit."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.plans.demand import Demand
from api.plans.dispatch import Away, Period
from api.plans.preview import by_region, clock_change, figures, groups, iso_week, next_visits
from api.plans.preview_change import Change, compare, meetings
from api.plans.terms import AssigneeRule, Override
from api.plans.who import People, StoreRow, rounds
from tests.unit.plans.plan_makers import (
    ANNA,
    BEN,
    CARL,
    a_store,
    revision,
    some_terms,
    timeline,
)

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2026, 12, 7)
T = some_terms()
ROTATION = AssigneeRule("rotation", user_ids=(ANNA, BEN, CARL))


def first_day(_store: StoreRow) -> date:
    return FIRST


def a_chain(**changes: Any) -> list[StoreRow]:
    """Twelve stores in four zones, some without a supervisor, some closed on a day."""
    zones = ("Asia/Shanghai", "America/Chicago", "Europe/London", "Asia/Kathmandu")
    return [
        a_store(
            n,
            timezone=zones[n % 4],
            supervisor_id=(ANNA, BEN, None)[n % 3],
            closed_dates=frozenset({date(2026, 11, 6)}) if n % 5 == 0 else frozenset(),
            **changes,
        )
        for n in range(12)
    ]


def a_demand(made: list[Period], stores: list[StoreRow], **more: Any) -> Demand:
    people = People(
        active={ANNA, BEN, CARL},
        absences={BEN: [Away(date(2026, 11, 10), date(2026, 11, 20), CARL)]},
        by_store={("store_manager", store.id): [CARL] for store in stores[::2]},
        next_store=rounds(stores),
    )
    inside = {p.revision.number: frozenset(store.id for store in stores) for p in made}
    return Demand(made, inside, people, LAST, **more)


@pytest.mark.parametrize(
    "assignee",
    [AssigneeRule("store_supervisor"), ROTATION, AssigneeRule("cross"), AssigneeRule("person", "", (BEN,))],
)
def test_figures_are_those_of_the_visits_that_would_be_made(assignee: AssigneeRule) -> None:
    stores = a_chain()
    made = timeline(
        revision(1, "2026-11-02", some_terms(assignee=assignee, closed_weekdays=(6,))),
        revision(2, "2026-11-20", some_terms(assignee=ROTATION, times=("07:00", "19:00"))),
    )
    own = Override(assignee=AssigneeRule("person", user_ids=(CARL,)))
    demand = a_demand(made, stores, overrides={stores[3].id: own, stores[4].id: Override(excluded=True)})
    found = figures(demand, groups(demand, stores, first_day), NOW)
    load: dict[Any, Counter[str]] = {}
    visits, without = 0, set()
    for store in stores:
        for key, one in demand.wanted(store, FIRST).items():
            if one.due_at > NOW:
                visits += 1
                week = iso_week(date.fromisoformat(key[:10]))
                load.setdefault(one.assignee_id, Counter())[week] += 1
                if one.assignee_id is None:
                    without.add(store.id)
    assert (found.visits, found.without_assignee) == (visits, len(without))
    assert dict(found.load) == load


def test_days_without_visits_are_listed_with_the_reason_that_comes_first() -> None:
    terms = some_terms("FREQ=WEEKLY;BYDAY=MO,FR", closed_weekdays=(0,), closed_dates=("2026-11-13",))
    stores = a_chain()
    demand = a_demand(timeline(revision(1, "2026-11-02", terms)), stores)
    found = figures(demand, groups(demand, stores, first_day), NOW)
    assert {(d.isoformat()[5:], why): n for (d, why), n in found.skipped.items()} == {
        ("11-02", "closed_weekday"): 12,
        ("11-09", "closed_weekday"): 12,
        ("11-16", "closed_weekday"): 12,
        ("11-23", "closed_weekday"): 12,
        ("11-30", "closed_weekday"): 12,
        ("12-07", "closed_weekday"): 12,
        ("11-06", "store_closed"): 3,
        ("11-13", "closed_date"): 12,
    }


def test_a_store_without_anybody_is_counted_before_its_first_visit_is_near() -> None:
    stores = a_chain()
    terms = some_terms("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1")
    excluded = {stores[2].id: Override(excluded=True)}
    demand = a_demand(timeline(revision(1, "2026-11-02", terms)), stores, overrides=excluded)
    found = figures(demand, groups(demand, stores, first_day), NOW)
    assert (found.visits, found.without_assignee) == (0, 3)


@pytest.mark.parametrize(
    ("local", "zone", "found"),
    [
        ("2026-03-08T02:30", "America/Chicago", "skipped"),
        ("2026-03-08T01:59", "America/Chicago", None),
        ("2026-03-08T03:00", "America/Chicago", None),
        ("2026-11-01T01:30", "America/Chicago", "repeated"),
        ("2026-11-01T02:00", "America/Chicago", None),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "skipped"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "repeated"),
        ("2026-11-01T01:30", "Asia/Shanghai", None),
        ("2011-12-30T09:00", "Pacific/Apia", "skipped"),
    ],
)
def test_clock_changes(local: str, zone: str, found: str | None) -> None:
    assert clock_change(datetime.fromisoformat(local), ZoneInfo(zone)) == found


def test_clock_changes_ahead_are_counted() -> None:
    stores = a_chain()
    terms = some_terms(starts_on="2026-10-20", times=("01:30",))
    demand = a_demand(timeline(revision(1, "2026-10-20", terms)), stores)
    now = datetime(2026, 10, 21, tzinfo=UTC)
    found = figures(demand, groups(demand, stores, lambda _: date(2026, 10, 20)), now)
    assert dict(found.clock_changes) == {
        (date(2026, 11, 1), "repeated", "America/Chicago"): 3,
        (date(2026, 10, 25), "repeated", "Europe/London"): 3,
    }


@pytest.mark.parametrize(
    ("rrule", "count", "last"),
    [
        ("FREQ=DAILY", 12, "2026-11-13"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", 12, "2027-11-01"),
        ("FREQ=YEARLY;INTERVAL=3;BYMONTH=5;BYMONTHDAY=1", 3, "2035-05-01"),
        ("FREQ=DAILY;COUNT=1", 1, "2026-11-02"),
        ("FREQ=DAILY;UNTIL=20261104", 3, "2026-11-04"),
    ],
)
def test_the_next_visits_are_found_however_far_ahead(rrule: str, count: int, last: str) -> None:
    store = a_store()
    demand = a_demand(timeline(revision(1, "2026-11-02", some_terms(rrule))), [store])
    found = next_visits(demand, store, FIRST, NOW, 12)
    assert (len(found), found[-1].occurrence.key[:10]) == (count, last)


TOP, EAST, WEST, CITY = (uuid.UUID(int=n) for n in (500, 501, 502, 503))
PATHS = {TOP: (TOP,), EAST: (TOP, EAST), WEST: (TOP, WEST), CITY: (TOP, EAST, CITY)}


@pytest.mark.parametrize(
    ("where", "named", "found"),
    [
        ([CITY, CITY, EAST, WEST], [], {EAST: 3, WEST: 1}),
        ([CITY, CITY], [], {CITY: 2}),
        ([CITY, EAST], [], {EAST: 2}),
        ([CITY, TOP], [], {TOP: 2}),
        ([CITY, CITY, EAST], [EAST], {EAST: 3}),
        ([CITY, EAST], [EAST, CITY], {CITY: 1, EAST: 1}),
        ([], [], {}),
    ],
)
def test_how_many_lie_where(where: list[uuid.UUID], named: list[uuid.UUID], found: dict[Any, int]) -> None:
    stores = [a_store(n, region_id=region) for n, region in enumerate(where)]
    assert dict(by_region(stores, PATHS, named)) == found


WEEK = "FREQ=WEEKLY;BYDAY=MO,WE"
DAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (some_terms(WEEK), Change(kept=9)),
        (some_terms(WEEK, hours=4), Change(kept=9, changed=9)),
        (some_terms(WEEK, times=("14:00",)), Change(moved=9)),
        (some_terms(WEEK, times=("09:00", "14:00")), Change(kept=9, added=9)),
        (some_terms("FREQ=WEEKLY;BYDAY=MO"), Change(kept=5, called_off=4)),
        (some_terms("FREQ=WEEKLY;BYDAY=TU"), Change(called_off=9, added=4)),
        (some_terms(WEEK, assignee=AssigneeRule("person", "", (ANNA,))), Change(kept=9)),
        (some_terms(WEEK, assignee=AssigneeRule("person", "", (BEN,))), Change(kept=9, changed=9)),
        (some_terms(WEEK, assignee=AssigneeRule("rotation", "", (BEN, ANNA))), Change(kept=9, changed=5)),
        (None, Change(called_off=9)),
    ],
)
def test_what_an_edit_changes(new: Any, found: Change) -> None:
    store = a_store()
    before = a_demand(timeline(revision(1, "2026-11-02", some_terms(WEEK))), [store])
    after = a_demand(
        timeline(revision(1, "2026-11-02", some_terms(WEEK)), revision(2, DAY.isoformat(), new)), [store]
    )
    assert compare(before, after, [store], DAY, NOW, {}) == found


def test_what_somebody_began_is_no_part_of_the_change() -> None:
    stores = [a_store(1), a_store(2)]
    before = a_demand(timeline(revision(1, "2026-11-02", some_terms(WEEK))), stores)
    after = a_demand(timeline(revision(1, "2026-11-02", some_terms(WEEK, hours=4))), stores)
    begun = {stores[0].id: {"2026-11-09T09:00", "2026-11-11T09:00"}}
    assert compare(before, after, stores, DAY, NOW, begun) == Change(kept=16, changed=16)


def test_plans_meet_where_both_come_on_one_day() -> None:
    stores = a_chain()
    mine = a_demand(timeline(revision(1, "2026-11-02", some_terms(WEEK))), stores)
    other = a_demand(timeline(revision(1, "2026-11-02", some_terms("FREQ=WEEKLY;BYDAY=WE"))), stores[:5])
    third = a_demand(timeline(revision(1, "2026-11-02", some_terms("FREQ=DAILY;COUNT=3"))), stores[4:6])
    one, two = uuid.UUID(int=71), uuid.UUID(int=72)
    others = {one: (other, {s.id for s in stores[:5]}), two: (third, {s.id for s in stores[4:6]})}
    total, found = meetings(mine, stores, first_day, others, NOW, 6)
    # Five Wednesdays in five stores, and Monday the 2nd in two; of these stores one meets both on a Wednesday.
    assert total == 5 * 5 + 2 + 1
    assert [
        (m.day.day, m.store_id == stores[n].id, m.plan_ids)
        for m, n in zip(found, (4, 5, 0, 1, 2, 3), strict=True)
    ] == [
        (2, True, (two,)),
        (2, True, (two,)),
        (4, True, (one,)),
        (4, True, (one,)),
        (4, True, (one,)),
        (4, True, (one,)),
    ]
    assert meetings(mine, stores, first_day, {}, NOW, 6) == (0, [])


def test_nothing_that_is_due_is_ahead() -> None:
    store = a_store()
    demand = a_demand(timeline(revision(1, "2026-11-02", T)), [store])
    due = datetime(2026, 11, 2, 11, tzinfo=UTC)
    for now, first in ((due - timedelta(minutes=1), "02"), (due, "03")):
        assert next_visits(demand, store, FIRST, now, 1)[0].occurrence.key[8:10] == first
