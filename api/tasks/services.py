"""The deeds about tasks: open them for findings, open one by hand, take one a step further."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.accounts.types import STORE_ROLES, Actor
from api.core.db import db
from api.core.errors import (
    FieldError,
    Forbidden,
    IdReused,
    NotFound,
    Problem,
    StaleVersion,
    Validation,
    WrongState,
)
from api.core.ids import derived_id, new_id
from api.core.shapes import moment_text
from api.events import services as events
from api.photos import marks
from api.photos import services as photos
from api.stores import queries as store_queries
from api.stores import services as stores
from api.tasks import deadlines, queries
from api.tasks.lifecycle import ActorFacts, Given, TaskFacts, decide
from api.tasks.models import Task, TaskTransition
from api.tasks.shown import tasks_shown


@dataclass(frozen=True)
class Finding:
    """What an inspection found wrong with one item, ready to become a task.

    `owner_role` is the role that the checklist names for mending it; `repeated`: it failed lately too.
    """

    item_key: str
    title: Mapping[str, str]
    guide: Mapping[str, str] | None
    flag: str
    fix_hours: int
    needs_photo: bool
    result: str
    value: Any
    note: str
    photos: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    fixed_on_spot: bool = False
    fix_photos: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    owner_role: str | None = None
    repeated: bool = False


def open_rectifications(
    findings: Sequence[Finding],
    *,
    inspection_id: uuid.UUID,
    checklist_id: uuid.UUID,
    checklist_version: int,
    store_id: uuid.UUID,
    inspector_id: uuid.UUID,
    now: datetime,
) -> list[Task]:
    """One task for each finding, in the running unit; what was mended on the spot is born closed."""
    fixers = {role: stores.fixer_for(store_id, role) for role in {f.owner_role for f in findings}}
    tasks = []
    for number, finding in enumerate(findings):
        due = deadlines.due_at(finding.flag, finding.fix_hours, now)
        task = _new_task(
            id=derived_id(inspection_id, finding.item_key, number),
            inspection_id=inspection_id,
            item_key=finding.item_key,
            checklist_id=checklist_id,
            checklist_version=checklist_version,
            store_id=store_id,
            title=dict(finding.title),
            guide=dict(finding.guide) if finding.guide else None,
            flag=finding.flag,
            severity=deadlines.severity(finding.flag, 1 if finding.repeated else 0),
            needs_photo=finding.needs_photo,
            assignee_id=fixers[finding.owner_role],
            reviewer_id=inspector_id,
            finding=_finding_facts(finding.result, finding.value, finding.note, finding.photos),
            created_at=now,
            due_at=due,
        )
        if finding.fixed_on_spot:
            _close_at_birth(task, finding, inspector_id, now)
        tasks.append(task)
    db.session.add_all(tasks)
    db.session.flush()
    for task in tasks:
        _write_history(task, new_id(), "open", None, "open", inspector_id, now)
        if task.status == "closed":
            _write_history(
                task,
                new_id(),
                "fixed_on_spot",
                "open",
                "closed",
                inspector_id,
                now,
                photos=(task.fix or {}).get("photos", ()),
            )
        _record("task.opened", task, inspector_id, now)
    return tasks


def open_by_hand(actor: Actor, given: Mapping[str, Any], now: datetime) -> Task:
    """A task that no inspection found. Raises NotFound, Validation."""
    store = store_queries.store_for(actor, given["store_id"])
    if store is None:
        raise NotFound()
    assignee_id = given["assignee_id"] or stores.fixer_for(store.id)
    if given["assignee_id"]:
        _check_assignee(store.id, given["assignee_id"])
    due = given["due_at"] or deadlines.due_at(given["flag"], None, now)
    if due <= now:
        raise Validation(errors=[FieldError("/due_at", "past", "The due time has passed already.")])
    task = _new_task(
        id=new_id(),
        inspection_id=None,
        item_key=None,
        checklist_id=None,
        checklist_version=None,
        store_id=store.id,
        title=given["title"],
        guide=given["guide"],
        flag=given["flag"],
        severity=deadlines.severity(given["flag"], 0),
        needs_photo=True,
        assignee_id=assignee_id,
        reviewer_id=None if actor.role in STORE_ROLES else actor.id,
        finding=_finding_facts("fail", None, "", given["photos"]),
        created_at=now,
        due_at=due,
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
    _write_history(task, new_id(), "open", None, "open", actor.id, now)
    _record("task.opened", task, actor.id, now)
    return task


def take_step(
    actor: Actor,
    task_id: uuid.UUID,
    transition_id: uuid.UUID,
    given: Mapping[str, Any],
    content_sha256: str,
    now: datetime,
) -> Task:
    """One step of the life cycle (domain rules 7). The same step again gives the present task.

    Raises NotFound, IdReused, StaleVersion with the current task, WrongState, Forbidden, Validation.
    """
    task = queries.task_for(actor, task_id)
    if task is None:
        raise NotFound()
    known = queries.transition(transition_id)
    if known is not None:
        if known.task_id == task.id and known.content_sha256 == content_sha256:
            return task
        raise IdReused(extras=_current(task))
    if given["version"] != task.version:
        raise StaleVersion(extras=_current(task))
    action, note = given["action"], given["note"].strip()
    decision = decide(_facts(task), action, _actor_facts(actor, task), _given(given, note), now)
    if decision.refused:
        raise _refusal(decision.refused, task)
    assert decision.to is not None
    before = task.status
    _apply(task, action, decision.to, actor, note, given, now)
    hashes = [p["sha256"] for p in given["photos"]]
    db.session.flush()
    photos.list_evidence(
        [("", "fix", p) for p in given["photos"]],
        store_id=task.store_id,
        person_id=actor.id,
        now=now,
        task_id=task.id,
    )
    _write_history(
        task,
        transition_id,
        action,
        before,
        task.status,
        actor.id,
        now,
        device_at=given["device_at"],
        note=note,
        photos=hashes,
        content_sha256=content_sha256,
    )
    _record(f"task.{action}", task, actor.id, now)
    return task


def _apply(
    task: Task, action: str, to: str, actor: Actor, note: str, given: Mapping[str, Any], now: datetime
) -> None:
    task.status = to
    if action == "submit":
        task.submitted_at = now
        task.fixed_by_id = actor.id
        task.fix = {"by": str(actor.id), "at": moment_text(now), "note": note} | _pictures(given["photos"])
    elif action == "approve":
        task.closed_at = now
        task.reviewer_id = actor.id
    elif action == "send_back":
        task.reject_count += 1
        task.reviewer_id = actor.id
    elif action == "transfer":
        _check_assignee(task.store_id, given["assignee_id"])
        task.assignee_id = given["assignee_id"]
    elif action == "reopen":
        task.reopen_count += 1
        task.closed_at = None
    if action == "start" and task.assignee_id is None:
        task.assignee_id = actor.id


def _check_assignee(store_id: uuid.UUID, assignee_id: uuid.UUID) -> None:
    if assignee_id not in {person.id for person in store_queries.store_people(store_id)}:
        raise Validation(
            errors=[FieldError("/assignee_id", "not_of_store", "This person does not work in the store.")]
        )


def _facts(task: Task) -> TaskFacts:
    return TaskFacts(
        status=task.status,
        flag=task.flag,
        assignee_id=str(task.assignee_id) if task.assignee_id else None,
        fixed_by_id=str(task.fixed_by_id) if task.fixed_by_id else None,
        closed_at=task.closed_at,
        needs_photo=task.needs_photo,
    )


def _actor_facts(actor: Actor, task: Task) -> ActorFacts:
    works_there = actor.role in STORE_ROLES and task.store_id in actor.store_ids
    return ActorFacts(id=str(actor.id), role=actor.role, is_store_member=works_there, in_scope=True)


def _given(given: Mapping[str, Any], note: str) -> Given:
    assignee_id = given["assignee_id"]
    return Given(
        note=note, photos=len(given["photos"]), assignee_id=str(assignee_id) if assignee_id else None
    )


def _refusal(code: str, task: Task) -> Problem:
    if code in ("wrong_state", "too_late"):
        return WrongState(extras=_current(task) | {"code": code})
    if code in ("not_allowed", "own_fix", "redline_needs_hq"):
        return Forbidden(_WORDS[code], extras={"code": code})
    pointer = {"reason_required": "/note", "photos_required": "/photos"}.get(code, "/assignee_id")
    return Validation(errors=[FieldError(pointer, code, _WORDS[code])])


_WORDS = {
    "not_allowed": "Your role may not do this to this task.",
    "own_fix": "Nobody reviews what they mended themselves.",
    "redline_needs_hq": "A redline task can be waived by head office alone.",
    "reason_required": "Say in a few words why, or what was done.",
    "photos_required": "A photo of the mended state is needed.",
    "assignee_required": "Say who takes the task over.",
}


def _current(task: Task) -> dict[str, Any]:
    return {"current": tasks_shown([task])[0]}


def _new_task(**values: Any) -> Task:
    return Task(
        status="open",
        fix=None,
        fixed_by_id=None,
        original_due_at=values["due_at"],
        submitted_at=None,
        closed_at=None,
        reject_count=0,
        reopen_count=0,
        version=1,
        **values,
    )


def _finding_facts(result: str, value: Any, note: str, shown: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"result": result, "value": value, "note": note} | _pictures(shown)


def _pictures(listed: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The photos by hash and, where one was drawn on, which original belongs to it."""
    drawn = marks.marks(listed)
    return {"photos": [p["sha256"] for p in listed]} | ({"marks": drawn} if drawn else {})


def _close_at_birth(task: Task, finding: Finding, inspector_id: uuid.UUID, now: datetime) -> None:
    task.status = "closed"
    task.submitted_at = task.closed_at = now
    task.fixed_by_id = inspector_id
    task.fix = {"by": str(inspector_id), "at": moment_text(now), "note": ""} | _pictures(finding.fix_photos)


def _write_history(
    task: Task,
    transition_id: uuid.UUID,
    action: str,
    before: str | None,
    after: str,
    actor_id: uuid.UUID,
    now: datetime,
    *,
    device_at: datetime | None = None,
    note: str = "",
    photos: Sequence[str] = (),
    content_sha256: str | None = None,
) -> None:
    db.session.add(
        TaskTransition(
            id=transition_id,
            task_id=task.id,
            action=action,
            from_state=before,
            to_state=after,
            actor_id=actor_id,
            at=now,
            device_at=device_at,
            note=note,
            photos=list(photos),
            content_sha256=content_sha256,
        )
    )


def _record(kind: str, task: Task, actor_id: uuid.UUID, now: datetime) -> None:
    events.record(
        kind, "task", task.id, at=now, actor_id=actor_id, store_id=task.store_id, status=task.status
    )
