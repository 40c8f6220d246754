"""What may happen to a rectification task, and who may do it.

Something is open until somebody of the store starts on it or hands in the fix. A reviewer who did not
mend it himself closes it or sends it back with a reason. A manager may let it go, head office may
cancel it, and within a week a closed one can be opened again. Domain rules 7.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

REOPEN_WITHIN = timedelta(days=7)
UNFINISHED = ("open", "in_progress", "submitted")
_SAME = ""
_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "start": (("open",), "in_progress"),
    "submit": (("open", "in_progress"), "submitted"),
    "approve": (("submitted",), "closed"),
    "send_back": (("submitted",), "in_progress"),
    "transfer": (UNFINISHED, _SAME),
    "waive": (("open", "in_progress"), "waived"),
    "cancel": (UNFINISHED, "cancelled"),
    "reopen": (("closed",), "in_progress"),
}
_NEEDS_REASON = frozenset({"send_back", "transfer", "waive", "cancel", "reopen"})
_REVIEWERS = frozenset({"supervisor", "regional_manager", "hq_admin"})
_MANAGERS = frozenset({"regional_manager", "hq_admin"})


@dataclass(frozen=True)
class TaskFacts:
    """What is decided on; people by id."""

    status: str
    flag: str
    assignee_id: str | None
    fixed_by_id: str | None
    closed_at: datetime | None
    needs_photo: bool


@dataclass(frozen=True)
class ActorFacts:
    """Who wants it. `is_store_member`: works in the task's store; `in_scope`: may see the store."""

    id: str
    role: str
    is_store_member: bool
    in_scope: bool


@dataclass(frozen=True)
class Given:
    """What came along: the note, how many photos, and for a transfer the new assignee."""

    note: str = ""
    photos: int = 0
    assignee_id: str | None = None


@dataclass(frozen=True)
class Decision:
    """Either the state it goes to, or the code of the refusal."""

    to: str | None = None
    refused: str | None = None


def decide(task: TaskFacts, action: str, actor: ActorFacts, given: Given, now: datetime) -> Decision:
    """May this be done now, and where does it lead? Permission is looked at before the state."""
    states, to = _MOVES[action]
    refused = (
        _permission(task, action, actor)
        or (None if task.status in states else "wrong_state")
        or _own_fix(task, action, actor)
        or _too_late(task, action, now)
        or _missing(task, action, given)
    )
    return Decision(refused=refused) if refused else Decision(to=to or task.status)


def _mends(task: TaskFacts, actor: ActorFacts) -> bool:
    if actor.id == task.assignee_id:
        return True
    if not actor.is_store_member:
        return False
    return actor.role == "store_manager" or (actor.role == "store_staff" and task.assignee_id is None)


def _transfers(task: TaskFacts, actor: ActorFacts) -> bool:
    in_store = actor.role == "store_manager" and actor.is_store_member
    return actor.id == task.assignee_id or in_store or actor.role in _REVIEWERS


_MAY: dict[str, Callable[[TaskFacts, ActorFacts], bool]] = {
    "start": _mends,
    "submit": _mends,
    "approve": lambda _task, actor: actor.role in _REVIEWERS,
    "send_back": lambda _task, actor: actor.role in _REVIEWERS,
    "reopen": lambda _task, actor: actor.role in _REVIEWERS,
    "transfer": _transfers,
    "waive": lambda _task, actor: actor.role in _MANAGERS,
    "cancel": lambda _task, actor: actor.role == "hq_admin",
}


def _permission(task: TaskFacts, action: str, actor: ActorFacts) -> str | None:
    if not actor.in_scope or not _MAY[action](task, actor):
        return "not_allowed"
    if action == "waive" and task.flag == "redline" and actor.role != "hq_admin":
        return "redline_needs_hq"
    return None


def _own_fix(task: TaskFacts, action: str, actor: ActorFacts) -> str | None:
    reviews = action in ("approve", "send_back", "reopen")
    return "own_fix" if reviews and task.fixed_by_id == actor.id else None


def _too_late(task: TaskFacts, action: str, now: datetime) -> str | None:
    if action != "reopen" or task.closed_at is None:
        return None
    return "too_late" if now - task.closed_at > REOPEN_WITHIN else None


def _missing(task: TaskFacts, action: str, given: Given) -> str | None:
    if action in _NEEDS_REASON and not given.note.strip():
        return "reason_required"
    if action == "transfer" and not given.assignee_id:
        return "assignee_required"
    if action == "submit":
        if task.needs_photo and given.photos < 1:
            return "photos_required"
        if given.photos < 1 and not given.note.strip():
            return "reason_required"
    return None
