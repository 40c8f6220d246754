"""The deeds about campaigns: one thing to be put right in many stores until one moment.

Starting one opens a task in each open store that the selection means, all of them or none, and each once
whatever is sent twice. Calling it off cancels what nobody has ended; what was done stays done.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.types import HQ_ADMIN, Actor
from api.core.bulk import insert_many
from api.core.db import db
from api.core.errors import EmptySelection, FieldError, Forbidden, IdReused, NotFound, TooLarge, Validation
from api.core.ids import derived_id, new_id
from api.events import services as events
from api.photos import queries as photo_queries
from api.stores.selection import StoreRow, read_selection
from api.stores.selection_checks import bounds, place_faults
from api.stores.selection_queries import selected_stores
from api.tasks import campaign_queries as queries
from api.tasks import deadlines
from api.tasks.by_hand import in_both
from api.tasks.models import Task, TaskCampaign, TaskTransition
from api.tasks.owners import Owners

MOST_STORES = 20_000
_ABOUT = ("title", "guide", "flag", "needs_photo", "photos", "due_at")
TASKS: sa.Table = Task.__table__  # type: ignore[assignment]
STEPS: sa.Table = TaskTransition.__table__  # type: ignore[assignment]
Given = Mapping[str, Any]


def start(actor: Actor, given: Given, now: datetime) -> TaskCampaign:
    """Opens a task in every store that is meant. The same id and content again gives the same campaign.

    Raises Validation, EmptySelection, IdReused, TooLarge.
    """
    selection = _plain(given["selection"])
    known = queries.campaign(given["id"]) if given["id"] else None
    if known is not None:
        return _the_same(actor, known, given, selection)
    _check(actor, given, now)
    stores = meant(actor, given["selection"])
    if not stores:
        raise EmptySelection()
    about = _about(given)
    campaign = TaskCampaign(
        id=given["id"] or new_id(),
        selection=selection,
        created_by_id=actor.id,
        created_at=now,
        cancelled_at=None,
        **about,
    )
    db.session.add(campaign)
    db.session.flush()
    _open_tasks(campaign, stores, actor, now)
    facts: dict[str, Any] = {"stores": len(stores), "due_at": campaign.due_at.isoformat()}
    events.record("campaign.started", "campaign", campaign.id, at=now, actor_id=actor.id, **facts)
    return campaign


def cancel(actor: Actor, campaign_id: uuid.UUID, reason: str, now: datetime) -> TaskCampaign:
    """Cancels the tasks that nobody has ended. Twice is no error. Raises NotFound, Forbidden, Validation."""
    found = queries.campaign_for(actor, campaign_id)
    if found is None:
        raise NotFound()
    if not may_cancel(actor, found):
        raise Forbidden("A campaign is called off by whoever started it, or by head office.")
    if not reason.strip():
        raise Validation(errors=[FieldError("/reason", "reason_required", "Say in a few words why.")])
    campaign = queries.held_campaign(campaign_id)
    if campaign.cancelled_at is not None:
        return campaign
    campaign.cancelled_at = now
    tasks = queries.unfinished(campaign_id)
    queries.end_unfinished(campaign_id)
    steps = [
        _step(task_id, "cancel", state, "cancelled", actor, now, reason.strip())
        for task_id, _, state in tasks
    ]
    insert_many(STEPS, steps)
    for task_id, store_id, _ in tasks:
        _tell("task.cancel", task_id, store_id, actor, now, status="cancelled", campaign_id=str(campaign_id))
    events.record("campaign.cancelled", "campaign", campaign.id, at=now, actor_id=actor.id, tasks=len(tasks))
    return campaign


def may_cancel(actor: Actor, campaign: TaskCampaign) -> bool:
    """Whoever started it, and head office."""
    return actor.role == HQ_ADMIN or campaign.created_by_id == actor.id


def meant(actor: Actor, selection: Mapping[str, Any]) -> list[StoreRow]:
    """The open stores that a selection means, within the actor's regions. Raises Validation, TooLarge."""
    faults = place_faults(actor, selection, "/selection")
    if faults:
        raise Validation(errors=faults)
    stores = selected_stores(read_selection(selection), bounds(actor))
    if len(stores) > MOST_STORES:
        raise TooLarge(f"A campaign reaches {MOST_STORES:,} stores at most.")
    return stores


def _check(actor: Actor, given: Given, now: datetime) -> None:
    faults = []
    if given["due_at"] <= now:
        faults.append(FieldError("/due_at", "past", "The due time has passed already."))
    sent = photo_queries.sent_by(actor.id, given["photos"])
    faults += [
        FieldError(f"/photos/{place}", "unknown", "This photo has not arrived.")
        for place, sha256 in enumerate(given["photos"])
        if sha256 not in sent
    ]
    if faults:
        raise Validation(errors=faults)


def _about(given: Given) -> dict[str, Any]:
    """What is stored of it; words in one language stand for both."""
    words = {"title": in_both(given["title"]), "guide": in_both(given["guide"]) if given["guide"] else None}
    return {name: given[name] for name in _ABOUT} | words


def _the_same(actor: Actor, known: TaskCampaign, given: Given, selection: Any) -> TaskCampaign:
    same = known.created_by_id == actor.id and known.selection == selection
    if not same or any(getattr(known, name) != value for name, value in _about(given).items()):
        raise IdReused()
    return known


def _open_tasks(campaign: TaskCampaign, stores: Sequence[StoreRow], actor: Actor, now: datetime) -> None:
    owners = Owners(stores, now)
    tasks = [_task(campaign, store, owners, actor, number, now) for number, store in enumerate(stores)]
    insert_many(TASKS, tasks)
    insert_many(STEPS, [_step(task["id"], "open", None, "open", actor, now, "") for task in tasks])
    for task in tasks:
        unassigned = {"unassigned": True} if task["assignee_id"] is None else {}
        facts = {"status": "open", "source": "campaign", "campaign_id": str(campaign.id)} | unassigned
        _tell("task.opened", task["id"], task["store_id"], actor, now, **facts)


def _task(
    campaign: TaskCampaign, store: StoreRow, owners: Owners, actor: Actor, number: int, now: datetime
) -> dict[str, Any]:
    return {
        "id": derived_id(campaign.id, store.id.hex, number),
        "inspection_id": None,
        "item_key": None,
        "checklist_id": None,
        "checklist_version": None,
        "store_id": store.id,
        "title": campaign.title,
        "guide": campaign.guide,
        "flag": campaign.flag,
        "severity": deadlines.severity(campaign.flag, 0),
        "status": "open",
        "needs_photo": campaign.needs_photo,
        "assignee_id": owners.fixer(store.id),
        "reviewer_id": owners.supervisor(store.id) or actor.id,
        "finding": {"result": "fail", "value": None, "note": "", "photos": campaign.photos},
        "fix": None,
        "fixed_by_id": None,
        "created_at": now,
        "due_at": campaign.due_at,
        "original_due_at": campaign.due_at,
        "submitted_at": None,
        "closed_at": None,
        "reject_count": 0,
        "reopen_count": 0,
        "source": "campaign",
        "source_id": campaign.id,
        "recurs_id": None,
        "created_by_id": actor.id,
        "first_response_at": None,
        "review_due_at": None,
        "paused_at": None,
        "version": 1,
    }


def _step(
    task_id: uuid.UUID, action: str, before: str | None, after: str, actor: Actor, now: datetime, note: str
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "task_id": task_id,
        "action": action,
        "from_state": before,
        "to_state": after,
        "actor_id": actor.id,
        "at": now,
        "device_at": None,
        "note": note,
        "photos": [],
        "content_sha256": None,
    }


def _tell(
    kind: str, task_id: uuid.UUID, store_id: uuid.UUID, actor: Actor, now: datetime, **data: Any
) -> None:
    events.record(kind, "task", task_id, at=now, actor_id=actor.id, store_id=store_id, **data)


def _plain(selection: Mapping[str, Any]) -> dict[str, list[str]]:
    """As JSON holds it."""
    return {name: [str(one) for one in listed] for name, listed in selection.items()}
