"""What has to be done so that a store's visits are those that its plan asks for.

Only visits that nobody has begun are changed, and none whose time has passed: a pause or an edit never brings
those back. What nobody wants any more is called off and comes back when it is wanted again. Whoever was sent
by hand is not replaced by the plan's rule.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from api.plans.dispatch import Wanted

PEOPLE = ("assignee_id", "owner_id")
MATTER = ("checklist_id", "kind", "note", "opens_at", "early_at", "due_at", "missed_at")


class Held(NamedTuple):
    """A visit of a plan as it is stored."""

    id: uuid.UUID
    store_id: uuid.UUID
    occurrence: str
    state: str
    called_off_by_plan: bool | None
    assigned_by: uuid.UUID | None
    version: int
    checklist_id: uuid.UUID
    kind: str
    note: str
    opens_at: datetime
    early_at: datetime | None
    due_at: datetime
    missed_at: datetime
    assignee_id: uuid.UUID | None
    owner_id: uuid.UUID | None

    @property
    def is_called_off(self) -> bool:
        """True when the plan called it off, and not a person."""
        return self.state == "cancelled" and bool(self.called_off_by_plan)


Changes = dict[str, Any]


def brought_into_line(
    have: Mapping[str, Held], ought: Mapping[str, Wanted], now: datetime
) -> Iterator[tuple[Held, Changes]]:
    """The visits to change, with what they become; both mappings are by occurrence."""
    for key, visit in have.items():
        if visit.due_at <= now or (visit.state != "scheduled" and not visit.is_called_off):
            continue
        one = ought.get(key)
        if one is None:
            if not visit.is_called_off:
                yield visit, {"state": "cancelled", "called_off_by_plan": True}
        elif one.due_at > now or not visit.is_called_off:
            changes = {
                name: getattr(one, name)
                for name in (MATTER if visit.assigned_by else MATTER + PEOPLE)
                if getattr(visit, name) != getattr(one, name)
            }
            if visit.is_called_off:
                changes |= {"state": "scheduled", "called_off_by_plan": None}
            if changes:
                yield visit, changes


def people_only(
    have: Mapping[str, Held], ought: Mapping[str, Wanted], now: datetime
) -> Iterator[tuple[Held, Changes]]:
    """Of these changes those of people alone, on visits that stay as they are otherwise."""
    for visit, changes in brought_into_line(have, ought, now):
        kept = {name: value for name, value in changes.items() if name in PEOPLE}
        if kept and visit.state == "scheduled":
            yield visit, kept
