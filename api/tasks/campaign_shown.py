"""Campaigns as JSON shows them: in a list, on their board, and before they are started."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts import queries as accounts
from api.accounts.types import Actor
from api.stores import queries as stores
from api.stores.models import Region, Store
from api.stores.selection import by_region, read_selection
from api.stores.selection_queries import region_paths
from api.tasks import campaign_queries as queries
from api.tasks.campaign_schemas import OVERDUE
from api.tasks.campaigns import may_cancel, meant
from api.tasks.models import Task, TaskCampaign
from api.tasks.owners import Owners
from api.tasks.schemas import STATES

_PLAIN = (
    "id",
    "title",
    "guide",
    "flag",
    "needs_photo",
    "photos",
    "selection",
    "due_at",
    "created_at",
    "cancelled_at",
)


def campaigns_shown(actor: Actor, rows: Sequence[TaskCampaign], now: datetime) -> list[dict[str, Any]]:
    """Campaigns with how far they are in the actor's stores."""
    counts = queries.counts(actor, [row.id for row in rows], now)
    names = accounts.names([row.created_by_id for row in rows])
    return [
        {name: getattr(row, name) for name in _PLAIN}
        | {
            "created_by": {"id": row.created_by_id, "name": names.get(row.created_by_id, "")},
            "may_cancel": row.cancelled_at is None and may_cancel(actor, row),
        }
        | _numbers(counts.get(row.id, Counter()))
        for row in rows
    ]


def board(actor: Actor, campaign: TaskCampaign, query: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A campaign, its regions, and a page of its stores."""
    counts = queries.counts_by_region(actor, campaign.id, now)
    rows, following = queries.store_page(actor, campaign.id, now, **query)
    regions = stores.regions_by_id({*counts, *(store.region_id for _, store in rows)})
    names = accounts.names([task.assignee_id for task, _ in rows])
    most = sorted(counts, key=lambda region_id: (-_total(counts[region_id]), regions[region_id].path))
    return campaigns_shown(actor, [campaign], now)[0] | {
        "regions": [
            {"region": _place(regions[region_id])} | _numbers(counts[region_id]) for region_id in most
        ],
        "items": [_line(task, store, regions, names, now) for task, store in rows],
        "next": following,
    }


def preview(actor: Actor, selection: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """How large a campaign would be. Raises Validation, TooLarge."""
    chosen = meant(actor, selection)
    found = by_region(chosen, region_paths(), read_selection(selection).region_ids) if chosen else []
    regions = stores.regions_by_id(region_id for region_id, _ in found)
    owners = Owners(chosen, now)
    return {
        "total": len(chosen),
        "by_region": [{"region": _place(regions[i]), "count": count} for i, count in found],
        "without_assignee": sum(owners.fixer(store.id) is None for store in chosen),
    }


def _line(
    task: Task,
    store: Store,
    regions: Mapping[uuid.UUID, Region],
    names: Mapping[uuid.UUID, str],
    now: datetime,
) -> dict[str, Any]:
    who = task.assignee_id
    return {
        "task_id": task.id,
        "store_id": store.id,
        "code": store.code,
        "name": store.name,
        "region": _place(regions[store.region_id]),
        "status": task.status,
        "overdue": task.status in ("open", "in_progress") and task.due_at < now,
        "due_at": task.due_at,
        "assignee": {"id": who, "name": names.get(who, "")} if who else None,
    }


def _numbers(count: Counter[str]) -> dict[str, Any]:
    return {
        "total": _total(count),
        "counts": {state: count[state] for state in STATES},
        "overdue": count[OVERDUE],
    }


def _total(count: Counter[str]) -> int:
    return sum(count[state] for state in STATES)


def _place(region: Region) -> dict[str, Any]:
    return {"id": region.id, "name": region.name}
