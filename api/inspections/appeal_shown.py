"""Appeals and revisions as JSON shows them."""

import uuid
from collections.abc import Sequence
from typing import Any

from api.accounts import queries as accounts
from api.inspections import appeal_queries
from api.inspections.models import Appeal, Inspection

_PLAIN = (
    "id",
    "inspection_id",
    "store_id",
    "item_key",
    "state",
    "asked_at",
    "device_at",
    "reason",
    "photos",
    "decided_at",
    "decision_note",
    "content_sha256",
    "version",
)
_SCORE = ("number", "at", "appeal_id", "score", "raw_score", "band", "outcome", "ranked", "findings", "score_facts")
_FIRST = ("score", "raw_score", "band", "outcome", "ranked", "findings", "score_facts")


def appeals_shown(appeals: Sequence[Appeal]) -> list[dict[str, Any]]:
    """Appeals with names; `received_at` is when they were asked, under the name that phones look for."""
    people = accounts.names([p for a in appeals for p in (a.asked_by_id, a.decider_id, a.decided_by_id)])
    return [
        {name: getattr(appeal, name) for name in _PLAIN}
        | {
            "received_at": appeal.asked_at,
            "asked_by": _person(appeal.asked_by_id, people),
            "decider": _person(appeal.decider_id, people),
            "decided_by": _person(appeal.decided_by_id, people),
        }
        for appeal in appeals
    ]


def appeals_by_report(inspection_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """The appeals of these reports, the first asked first."""
    rows = appeal_queries.appeals_of(inspection_ids)
    shown = {one["id"]: one for one in appeals_shown([a for found in rows.values() for a in found])}
    return {report: [shown[a.id] for a in found] for report, found in rows.items()}


def revisions_shown(inspection: Inspection) -> list[dict[str, Any]]:
    """All scores that a report had, the first one first; one that was never revised has just that."""
    rows = appeal_queries.revisions_of(inspection.id)
    people = accounts.names([row.actor_id for row in rows])
    if not rows:
        first = {name: getattr(inspection, name) for name in _FIRST}
        first |= {"number": 1, "at": inspection.received_at, "appeal_id": None, "actor": None, "changes": {}}
        return [first]
    return [
        {name: getattr(row, name) for name in _SCORE}
        | {"actor": _person(row.actor_id, people), "changes": row.answers}
        for row in rows
    ]


def _person(user_id: uuid.UUID | None, names: dict[uuid.UUID, str]) -> dict[str, Any] | None:
    return {"id": user_id, "name": names.get(user_id, "")} if user_id else None
