"""What there is to tell about tasks.

Tasks that a report opened are told with the report (report_facts.py); every other step is told to whoever has to
act on it next, or asked for it.
"""

import uuid
from collections.abc import Callable
from typing import Any

from api.core.shapes import moment_text
from api.events.models import Event
from api.notifications.types import Told
from api.tasks.models import Task, TaskComment, TaskExtension, TaskTransition
from api.telling import queries
from api.telling.places import (
    Ids,
    Place,
    listed,
    name_of,
    only,
    place_of,
    regional_managers,
    reviewers,
    store_managers,
)

People = dict[str, Ids]
_THIRD = 3
_QUOTED = 200


def _told(
    event: Event, kind: str, people: Callable[[Task, Place], People], matter: str = "", **more: Any
) -> Told | None:
    task = queries.task(event.entity_id)
    place = place_of(task.store_id) if task else None
    if task is None or place is None:
        return None
    facts = {
        "task_id": str(task.id),
        "title": task.title,
        "flag": task.flag,
        "severity": task.severity,
        "due_at": moment_text(task.due_at),
        "actor": name_of(event.actor_id),
    }
    return Told(
        kind=kind,
        matter=matter or f"task:{task.id}:{event.kind.partition('.')[2]}:{event.seq}",
        link=f"/tasks/{task.id}",
        facts=place.facts() | facts | more,
        people=people(task, place),
        at=event.at,
        seq=event.seq,
        actor_id=event.actor_id,
        **place.told(),
    )


def _opened(event: Event) -> Told | None:
    task = queries.task(event.entity_id)
    if task is None or task.inspection_id is not None:
        return None

    def people(task: Task, place: Place) -> People:
        if task.assignee_id is None:
            return {"unassigned": regional_managers(place), "store": store_managers(place)}
        return {"assignee": (task.assignee_id,), "store": store_managers(place)}

    return _told(event, "task.opened", people, f"task:{task.id}:opened")


def _submitted(event: Event) -> Told | None:
    step = _step(event)
    return _told(
        event, "task.submitted", lambda t, p: {"reviewers": reviewers(p, t.reviewer_id)}, note=_note(step)
    )


def _sent_back(event: Event) -> Told | None:
    task = queries.task(event.entity_id)
    times = task.reject_count if task else 0

    def people(task: Task, place: Place) -> People:
        third = regional_managers(place) if times >= _THIRD else ()
        return {"assignee": _fixers(task), "third": third}

    return _told(event, "task.sent_back", people, note=_note(_step(event)), times=times)


def _to_fixers(kind: str) -> Callable[[Event], Told | None]:
    """A step that whoever mends it should know of."""

    def teller(event: Event) -> Told | None:
        return _told(event, kind, lambda t, _: {"assignee": _fixers(t)}, note=_note(_step(event)))

    return teller


def _cancelled(event: Event) -> Told | None:
    """One that an upheld appeal took away is told with the appeal."""
    return None if event.data.get("appeal_id") else _to_fixers("task.cancelled")(event)


def _transferred(event: Event) -> Told | None:
    return _told(
        event, "task.transferred", lambda t, _: {"assignee": only(t.assignee_id)}, note=_note(_step(event))
    )


def _escalated(event: Event) -> Told | None:
    step, due = str(event.data.get("step", "")), str(event.data.get("due_at", ""))
    recipients = listed(event.data.get("recipients", []))
    task = queries.task(event.entity_id)
    names = {
        "assignee_name": name_of(task.assignee_id) if task else "",
        "reviewer_name": name_of(task.reviewer_id) if task else "",
    }
    matter = f"task:{event.entity_id}:{step}:{due}"
    return _told(event, _kind_of(step), lambda _t, _p: {"recipients": recipients}, matter, step=step, **names)


def _kind_of(step: str) -> str:
    """The ladder has more steps than there are things to say."""
    if "review" in step:
        return "task.review_late"
    if "due_soon" in step:
        return "task.due_soon"
    return "task.redline_opened" if "created" in step or "opened" in step else "task.overdue"


def _extension(kind: str) -> Callable[[Event], Told | None]:
    """More time asked for, granted or refused."""

    def teller(event: Event) -> Told | None:
        asked = queries.last_extension(event.entity_id, event.at)
        if asked is None:
            return None

        def people(task: Task, place: Place) -> People:
            return {"reviewers": reviewers(place, task.reviewer_id), "asker": (asked.asked_by_id,)}

        return _told(event, kind, people, **_extension_facts(kind, asked))

    return teller


def _extension_facts(kind: str, asked: TaskExtension) -> dict[str, Any]:
    note = asked.reason if kind == "task.extension_asked" else asked.decision_note
    facts = {
        "note": note[:_QUOTED],
        "new_due_at": moment_text(asked.new_due_at),
        "interim": asked.interim[:_QUOTED],
    }
    if kind == "task.extension_granted":
        facts["due_at"] = facts["new_due_at"]
    return facts


def _commented(event: Event) -> Told | None:
    comment_id = uuid.UUID(str(event.data["comment_id"]))
    comment = queries.comment(comment_id)
    if comment is None:
        return None

    def people(task: Task, _place: Place) -> People:
        return {
            "mentioned": listed(event.data.get("mentions", [])),
            "assignee": only(task.assignee_id),
            "reviewers": only(task.reviewer_id),
            "talkers": queries.talkers(task.id),
        }

    return _told(event, "task.commented", people, f"comment:{comment_id}", note=_quoted(comment))


def _quoted(comment: TaskComment) -> str:
    return comment.body[:_QUOTED] or "📷"


def _fixers(task: Task) -> Ids:
    """Whoever has it, and whoever mended it."""
    return tuple(dict.fromkeys(only(task.assignee_id) + only(task.fixed_by_id)))


def _step(event: Event) -> TaskTransition | None:
    return queries.step_at(event.entity_id, event.kind.partition(".")[2], event.at)


def _note(step: TaskTransition | None) -> str:
    return step.note[:_QUOTED] if step else ""


TELLERS: dict[str, Callable[[Event], Told | None]] = {
    "task.opened": _opened,
    "task.submit": _submitted,
    "task.send_back": _sent_back,
    "task.approve": _to_fixers("task.closed"),
    "task.auto_closed": _to_fixers("task.closed"),
    "task.transfer": _transferred,
    "task.waive": _to_fixers("task.waived"),
    "task.cancel": _cancelled,
    "task.reopen": _to_fixers("task.reopened"),
    "task.escalated": _escalated,
    "task.ask_extension": _extension("task.extension_asked"),
    "task.grant_extension": _extension("task.extension_granted"),
    "task.refuse_extension": _extension("task.extension_refused"),
    "task.commented": _commented,
}
