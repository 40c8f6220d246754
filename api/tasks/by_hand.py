"""Tasks that no inspection found: somebody saw something, or somebody complained.

Everybody may open one in the stores that they see. Who mends it follows routing.py unless somebody of the store is
named; who looks at it afterwards is whoever opened it, and the store's supervisor when it was the store itself.
A phone's task has the id that the phone gave it, and what it finished without a network is not refused for having
waited: its due time may have passed, and who was to mend it may have left.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.accounts.types import STORE_ROLES, Actor
from api.core.db import db
from api.core.errors import FieldError, IdReused, NotFound, Validation
from api.core.ids import new_id
from api.events import services as events
from api.photos import marks
from api.photos import services as photos
from api.stores import queries as store_queries
from api.stores.models import Store
from api.tasks import deadlines, queries
from api.tasks.models import Task, TaskTransition
from api.tasks.owners import Owners

Given = Mapping[str, Any]


def open_now(
    actor: Actor, given: Given, now: datetime, *, source: str = "manual", source_id: uuid.UUID | None = None
) -> Task:
    """Opens a task at a desk. Raises NotFound for a store outside the scope, Validation."""
    store = _store(actor, given["store_id"])
    if given["due_at"] and given["due_at"] <= now:
        raise Validation(errors=[FieldError("/due_at", "past", "The due time has passed already.")])
    if given["assignee_id"] and not _works_there(store, given["assignee_id"]):
        raise Validation(
            errors=[FieldError("/assignee_id", "not_of_store", "This person does not work in the store.")]
        )
    return _open(new_id(), store, actor, given, now, source=source, source_id=source_id)


def open_from_phone(
    actor: Actor, task_id: uuid.UUID, given: Given, content_sha256: str, now: datetime
) -> tuple[Task, datetime, bool]:
    """Opens a task that a phone made: the task, when it was received, and whether it is new.

    The same again gives the same. Raises NotFound, IdReused.
    """
    known = queries.transition(task_id)
    if known is not None:
        task = db.session.get(Task, known.task_id)
        if task is None or (known.actor_id, known.content_sha256) != (actor.id, content_sha256):
            raise IdReused()
        return task, known.at, False
    if db.session.get(Task, task_id) is not None:
        raise IdReused()
    store = _store(actor, given["store_id"])
    task = _open(task_id, store, actor, given, now, step_id=task_id, content_sha256=content_sha256)
    return task, now, True


def _open(
    task_id: uuid.UUID,
    store: Store,
    actor: Actor,
    given: Given,
    now: datetime,
    *,
    source: str = "manual",
    source_id: uuid.UUID | None = None,
    step_id: uuid.UUID | None = None,
    content_sha256: str | None = None,
) -> Task:
    owners = Owners([store], now)
    named = given["assignee_id"]
    assignee_id = named if named and _works_there(store, named) else owners.fixer(store.id)
    due = given["due_at"] or deadlines.due_at(given["flag"], None, now)
    task = Task(
        id=task_id,
        store_id=store.id,
        title=in_both(given["title"]),
        guide=in_both(given["guide"]) if given["guide"] else None,
        flag=given["flag"],
        severity=deadlines.severity(given["flag"], 0),
        status="open",
        needs_photo=given["needs_photo"],
        assignee_id=assignee_id,
        reviewer_id=owners.supervisor(store.id) if actor.role in STORE_ROLES else actor.id,
        finding=_finding(given),
        created_at=now,
        due_at=due,
        original_due_at=due,
        reject_count=0,
        reopen_count=0,
        source=source,
        source_id=source_id,
        created_by_id=actor.id,
        version=1,
    )
    db.session.add(task)
    db.session.flush()
    photos.list_evidence(
        [("", "finding", photo) for photo in given["photos"]],
        store_id=store.id,
        person_id=actor.id,
        now=now,
        task_id=task.id,
    )
    db.session.add(_first_step(task, step_id or new_id(), actor, given, content_sha256, now))
    unassigned = {"unassigned": True} if assignee_id is None else {}
    facts = {"status": task.status, "source": source} | unassigned
    events.record("task.opened", "task", task.id, at=now, actor_id=actor.id, store_id=store.id, **facts)
    return task


def in_both(words: Mapping[str, str]) -> dict[str, str]:
    """Words that were given in one language alone stand for both."""
    zh, en = words["zh"].strip(), words["en"].strip()
    return {"zh": zh or en, "en": en or zh}


def _store(actor: Actor, store_id: uuid.UUID) -> Store:
    store = store_queries.store_for(actor, store_id)
    if store is None:
        raise NotFound("There is no such store among yours.")
    return store


def _works_there(store: Store, user_id: uuid.UUID) -> bool:
    return user_id in {person.id for person in store_queries.store_people(store.id)}


def _finding(given: Given) -> dict[str, Any]:
    listed = given["photos"]
    drawn = marks.marks(listed)
    facts = {"result": "fail", "value": None, "note": given["note"].strip()}
    return facts | {"photos": [p["sha256"] for p in listed]} | ({"marks": drawn} if drawn else {})


def _first_step(
    task: Task, step_id: uuid.UUID, actor: Actor, given: Given, content_sha256: str | None, now: datetime
) -> TaskTransition:
    return TaskTransition(
        id=step_id,
        task_id=task.id,
        action="open",
        from_state=None,
        to_state="open",
        actor_id=actor.id,
        at=now,
        device_at=given.get("device_at"),
        note="",
        photos=[],
        content_sha256=content_sha256,
    )
