"""Visits as JSON shows them, in answers, in conflicts and in the feed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from api.accounts import queries as accounts
from api.checklists import queries as checklists
from api.core import clock
from api.core.errors import Problem
from api.plans import queries
from api.plans.lifecycle import is_late, is_overdue, is_upcoming
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
    "reason",
    "plan_id",
    "started_at",
    "finished_at",
    "rescheduled_from",
    "source_inspection_id",
    "settled_at",
    "version",
    "created_at",
)


def visits_shown(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """Visits with names, the checklist version to begin with, and what is computed from the present moment."""
    now = clock.now()
    names = accounts.names([i for v in visits for i in (v.assignee_id, v.owner_id)])
    places = stores.stores_by_id(v.store_id for v in visits)
    lists = checklists.checklists_by_id(v.checklist_id for v in visits)
    plans = queries.plan_names(v.plan_id for v in visits)
    moved = queries.successors([v.id for v in visits if v.settled_at])
    return [
        {name: getattr(v, name) for name in _PLAIN}
        | {
            "store_name": places[v.store_id].name,
            "checklist_name": lists[v.checklist_id].name,
            "checklist_version": lists[v.checklist_id].published_version,
            "plan_name": plans.get(v.plan_id) if v.plan_id else None,
            "assignee": _person(v.assignee_id, names),
            "owner": _person(v.owner_id, names),
            "early_at": v.early_at or v.opens_at,
            "rescheduled_to": moved.get(v.id),
        }
        | _computed(v, now)
        for v in visits
    ]


def answers_shown(answers: Sequence[tuple[uuid.UUID, Visit | Problem]]) -> list[dict[str, Any]]:
    """What came of a step on many visits."""
    shown = {v["id"]: v for v in visits_shown([one for _, one in answers if isinstance(one, Visit)])}
    return [
        {
            "id": visit_id,
            "done": visit_id in shown,
            "visit": shown.get(visit_id),
            "problem": _problem(one) if isinstance(one, Problem) else None,
        }
        for visit_id, one in answers
    ]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "type": f"/problems/{problem.type}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "errors": [asdict(fault) for fault in problem.errors],
    }


def _computed(visit: Visit, now: datetime) -> dict[str, bool]:
    return {
        "late": is_late(visit.state, visit.finished_at, visit.due_at),
        "overdue": is_overdue(visit.state, visit.due_at, now),
        "upcoming": is_upcoming(visit.state, visit.opens_at, now),
    }


def _person(user_id: uuid.UUID | None, names: Mapping[uuid.UUID, str]) -> dict[str, Any] | None:
    return {"id": user_id, "name": names.get(user_id, "")} if user_id else None
