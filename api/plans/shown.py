"""Visits as JSON shows them, in answers, in conflicts and in the feed."""

from collections.abc import Sequence
from typing import Any

from api.accounts import queries as accounts
from api.checklists import queries as checklists
from api.plans.models import Visit
from api.stores import queries as stores

_PLAIN = (
    "id",
    "store_id",
    "checklist_id",
    "kind",
    "opens_at",
    "due_at",
    "missed_at",
    "state",
    "inspection_id",
    "note",
    "version",
    "created_at",
)


def visits_shown(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """Visits with names and the checklist version to begin with."""
    names = accounts.names([v.assignee_id for v in visits])
    places = stores.stores_by_id(v.store_id for v in visits)
    lists = checklists.checklists_by_id(v.checklist_id for v in visits)
    return [
        {name: getattr(v, name) for name in _PLAIN}
        | {
            "store_name": places[v.store_id].name,
            "checklist_name": lists[v.checklist_id].name,
            "checklist_version": lists[v.checklist_id].published_version,
            "assignee": (
                {"id": v.assignee_id, "name": names.get(v.assignee_id, "")} if v.assignee_id else None
            ),
        }
        for v in visits
    ]
