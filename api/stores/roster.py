"""Taking a roster over: who works in which store, from when until when.

The file is the whole truth about each person's days that it names: what was known of them before and is not in
it is taken away. Days it does not name stay as they are.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from api.accounts.models import User
from api.accounts.types import Actor
from api.core.bulk import insert_many
from api.core.db import db
from api.core.ids import new_id
from api.core.tables import MAX_FAULTS, BadTable, RowError
from api.events import services as events
from api.stores import queries, roster_queries
from api.stores.models import Shift, Store
from api.stores.roster_csv import ShiftRow

_SLACK = timedelta(days=2)
SHIFTS: sa.Table = Shift.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Meant:
    """A shift with its people and moments found; `day` is its first by the store's clock."""

    line: int
    user_id: uuid.UUID
    store_id: uuid.UUID
    day: date
    starts_at: datetime
    ends_at: datetime


def take(rows: Sequence[ShiftRow], actor: Actor | None, now: datetime) -> dict[str, Any]:
    """Adds, changes and takes away shifts: {rows, created, changed, removed, unchanged}.

    The same rows twice change nothing. Raises BadTable naming every row that cannot be.
    """
    meant = _meant(rows)
    known = _known(meant)
    wanted = {(one.user_id, one.starts_at): one for one in meant}
    new = [one for key, one in wanted.items() if key not in known]
    moved = [
        (known[key], one)
        for key, one in wanted.items()
        if key in known and (known[key].store_id, known[key].ends_at) != (one.store_id, one.ends_at)
    ]
    gone = [shift for key, shift in known.items() if key not in wanted]
    for shift in gone:
        db.session.delete(shift)
    for shift, one in moved:
        shift.store_id, shift.ends_at = one.store_id, one.ends_at
    db.session.flush()
    names = ("user_id", "store_id", "starts_at", "ends_at")
    insert_many(SHIFTS, [{"id": new_id()} | {name: getattr(one, name) for name in names} for one in new])
    report: dict[str, Any] = {
        "rows": len(rows),
        "created": len(new),
        "changed": len(moved),
        "removed": len(gone),
    }
    if new or moved or gone:
        actor_id = actor.id if actor else None
        events.record("roster.imported", "roster", new_id(), at=now, actor_id=actor_id, **report)
    return report | {"unchanged": len(rows) - len(new) - len(moved)}


def _meant(rows: Sequence[ShiftRow]) -> list[Meant]:
    stores = queries.stores_coded(sorted({row.store for row in rows}))
    people = roster_queries.users_named(sorted({row.username for row in rows}))
    reach = roster_queries.reach_of([user.id for user in people.values()])
    faults: list[RowError] = []
    found: list[Meant] = []
    for row in rows:
        store, user = stores.get(row.store), people.get(row.username)
        wrong = _reference_faults(row, store, user, reach)
        if store is None or user is None or wrong:
            faults += wrong
            continue
        zone = ZoneInfo(store.timezone)
        begin, end = _moment(row.starts_at, zone), _moment(row.ends_at, zone)
        faults += [
            RowError(row.line, name, "no_such_time", f"The clock of {row.store} jumps over this time.")
            for name, at in (("starts_at", begin), ("ends_at", end))
            if at is None
        ]
        if begin and end:
            found.append(Meant(row.line, user.id, store.id, row.starts_at.date(), begin, end))
    faults += _two_places(found)
    if faults:
        raise BadTable(sorted(faults, key=lambda fault: fault.line)[:MAX_FAULTS])
    return found


def _reference_faults(
    row: ShiftRow, store: Store | None, user: User | None, reach: Mapping[uuid.UUID, set[uuid.UUID]]
) -> list[RowError]:
    faults = []
    if store is None:
        faults.append(RowError(row.line, "store_code", "unknown", f"There is no store {row.store}."))
    if user is None or not user.is_active:
        faults.append(RowError(row.line, "username", "unknown", f"Nobody active is called {row.username}."))
    elif store is not None and not reach.get(user.id, set()) & {store.id, store.region_id}:
        words = f"{row.username} does not have the store {row.store}."
        faults.append(RowError(row.line, "username", "not_of_store", words))
    return faults


def _moment(at: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment of a time on the wall, the earlier one where the clock shows it twice; None where it never does."""
    moment = at.replace(tzinfo=zone).astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == at else None


def _two_places(found: Iterable[Meant]) -> list[RowError]:
    """Somebody who would be in two stores at once."""
    faults = []
    last: dict[uuid.UUID, Meant] = {}
    for one in sorted(found, key=lambda m: (m.starts_at, m.line)):
        before = last.get(one.user_id)
        if before is not None and one.starts_at < before.ends_at:
            words = f"This person has a shift then already, in line {before.line}."
            faults.append(RowError(one.line, "starts_at", "overlaps", words))
        else:
            last[one.user_id] = one
    return faults


def _known(meant: Sequence[Meant]) -> dict[tuple[uuid.UUID, datetime], Shift]:
    """The shifts that are known of the people and days of these, by person and start."""
    if not meant:
        return {}
    people = sorted({one.user_id for one in meant})
    first, last = min(one.starts_at for one in meant), max(one.starts_at for one in meant)
    days = {(one.user_id, one.day) for one in meant}
    starts = {(one.user_id, one.starts_at) for one in meant}
    shifts = roster_queries.shifts_of_people(people, first - _SLACK, last + _SLACK)
    zones = {
        store.id: ZoneInfo(store.timezone)
        for store in queries.stores_by_id(shift.store_id for shift in shifts).values()
    }
    return {
        (shift.user_id, shift.starts_at): shift
        for shift in shifts
        if (shift.user_id, shift.starts_at) in starts
        or (shift.user_id, shift.starts_at.astimezone(zones[shift.store_id]).date()) in days
    }
