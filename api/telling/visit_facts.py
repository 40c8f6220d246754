"""What there is to tell about visits: one that somebody planned, or handed over, for somebody else."""

from collections.abc import Callable

from api.core.shapes import moment_text
from api.events.models import Event
from api.notifications.types import Told
from api.telling import queries
from api.telling.places import name_of, only, place_of


def _given(event: Event) -> Told | None:
    found = queries.visit(event.entity_id)
    if found is None:
        return None
    visit, checklist_name = found
    place = place_of(visit.store_id)
    if place is None:
        return None
    facts = {
        "visit_id": str(visit.id),
        "title": checklist_name,
        "due_at": moment_text(visit.due_at),
        "note": visit.note[:200],
        "actor": name_of(event.actor_id),
    }
    return Told(
        kind="visit.planned",
        matter=f"visit:{visit.id}:{visit.assignee_id or ''}",
        link=f"/visits/{visit.id}",
        facts=place.facts() | facts,
        people={"assignee": only(visit.assignee_id)},
        at=event.at,
        seq=event.seq,
        actor_id=event.actor_id,
        **place.told(),
    )


TELLERS: dict[str, Callable[[Event], Told | None]] = {
    "visit.planned": _given,
    "visit.reassigned": _given,
}
