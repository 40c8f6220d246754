"""Who mends what is found: one table, told in names."""

import uuid
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from api.stores.away import Away
from api.tasks.routing import Around, OnRoster, Worker, fixer, of_role

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)  # ten in the morning there
TODAY, YESTERDAY = date(2026, 11, 25), date(2026, 11, 24)
ROLES = {
    "m": "store_manager",
    "n": "store_manager",
    "a": "store_staff",
    "b": "store_staff",
    "c": "store_staff",
}
ROLES |= {"s": "supervisor", "t": "supervisor", "r": "regional_manager"}


def who(name: str) -> uuid.UUID:
    return uuid.UUID(int=ord(name))


def shift(text: str) -> OnRoster:
    """`a 1-9`: from one to nine o'clock UTC of that day; hours beyond 24 are the next day's."""
    name, hours = text.split()
    begin, end = (
        datetime(2026, 11, 25 + int(hour) // 24, int(hour) % 24, tzinfo=UTC) for hour in hours.split("-")
    )
    return OnRoster(who(name), begin, end)


def around(people: str, roster: str = "", away: str = "", day: date = TODAY) -> Around:
    """`m a`: who is there; `m>a`: m is away that day and a stands in."""
    absences = {who(pair[0]): [Away(day, day, who(pair[2]))] for pair in away.split()}
    return Around(
        people=[Worker(who(name), ROLES[name]) for name in people.split()],
        zone=SHANGHAI,
        roster=[shift(one) for one in filter(None, roster.split(","))],
        absences=absences,
    )


CASES = [
    ("the manager", around("a m s"), None, "m"),
    ("the one of the staff when there is no manager", around("a s"), None, "a"),
    ("of several staff nobody", around("a b s"), None, ""),
    ("nobody at all", around(""), None, ""),
    ("the role that the checklist names", around("m a"), "store_staff", "a"),
    ("the nearest supervisor", around("m s t"), "supervisor", "s"),
    ("a named role that nobody has falls back to the manager", around("m a"), "regional_manager", "m"),
    ("several staff fall back to the manager", around("m a b"), "store_staff", "m"),
    ("of several staff the one who is there now", around("m a b", "b 1-9"), "store_staff", "b"),
    ("of those there now the one who stays longest", around("m a b", "a 1-4,b 1-9"), "store_staff", "b"),
    ("a shift that ends now is over", around("m a b", "a 0-2,b 3-9"), "store_staff", "b"),
    ("else whoever comes first within a day", around("m a b", "a 20-28,b 12-20"), "store_staff", "b"),
    ("a day from now is still within it", around("m a b", "a 26-30"), "store_staff", "a"),
    ("later than that tells nothing", around("m a b", "a 27-30"), "store_staff", "m"),
    ("of two managers the one who is on the roster", around("m n", "n 1-9"), None, "n"),
    ("the roster of another role changes nothing", around("m a b", "a 1-9"), None, "m"),
    ("the roster of somebody who left changes nothing", around("m a", "b 1-9"), "store_staff", "a"),
    ("on leave though on the roster", around("m a b", "a 1-9,b 12-20", "a>b"), "store_staff", "b"),
    ("the other manager before a deputy", around("m n a", away="m>a"), None, "n"),
    ("a deputy when the only manager is away", around("m a b", away="m>b"), None, "b"),
    ("a deputy's deputy", around("m a b", away="m>a a>b"), None, "b"),
    ("a deputy who has not this store is passed over", around("m a", away="m>b"), None, "a"),
    ("deputies in a circle are away both", around("m n a", away="m>n n>m"), None, "a"),
    ("leave of yesterday is over", around("m a", away="m>a", day=YESTERDAY), None, "m"),
    ("a supervisor's deputy", around("s t m", away="s>t"), "supervisor", "t"),
]


@pytest.mark.parametrize(("place", "role", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_who_mends_it(place: Around, role: str | None, expected: str) -> None:
    assert fixer(place, role, NOW) == (who(expected) if expected else None)


def test_leave_is_asked_for_the_day_of_the_shift() -> None:
    """Somebody who is away tomorrow is not waited for tomorrow."""
    place = around("a b", "a 24-28,b 25-29", "a>b", day=date(2026, 11, 26))
    assert of_role(place, "store_staff", NOW) == who("b")


def test_days_are_the_stores_own() -> None:
    """At two in the morning UTC it is still yesterday in Chicago."""
    place = around("m n", away="m>n", day=TODAY)
    there = Around(place.people, ZoneInfo("America/Chicago"), place.roster, place.absences)
    assert of_role(there, "store_manager", NOW) == who("m")
