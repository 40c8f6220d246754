"""What people say to each other about a task.

Anybody who sees the task may say something at any time, also when it is closed; nothing is changed or taken back
afterwards. Whoever is named in it and may see the task is told. A phone's comment is not refused because somebody
it names has left meanwhile: that name is left out.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import FieldError, IdReused, NotFound, Validation
from api.events import services as events
from api.photos import marks
from api.photos import services as photos
from api.stores import queries as stores
from api.stores.models import Store
from api.tasks import comment_queries, queries
from api.tasks.comment_schemas import MOST_PHOTOS
from api.tasks.models import Task, TaskComment


def comment(
    actor: Actor,
    task_id: uuid.UUID,
    comment_id: uuid.UUID,
    given: Mapping[str, Any],
    content_sha256: str,
    now: datetime,
) -> tuple[TaskComment, bool]:
    """Says something about a task: the stored comment, and whether this request stored it.

    The same again gives the same. Raises NotFound, IdReused, Validation.
    """
    task = queries.task_for(actor, task_id)
    if task is None:
        raise NotFound()
    known = comment_queries.comment(comment_id)
    if known is not None:
        if (known.task_id, known.author_id, known.content_sha256) != (task.id, actor.id, content_sha256):
            raise IdReused()
        return known, False
    words = given["text"].strip()
    _check(words, given["photos"])
    said = TaskComment(
        id=comment_id,
        task_id=task.id,
        author_id=actor.id,
        at=now,
        device_at=given["device_at"],
        body=words,
        photos=[{"sha256": p["sha256"], "marks_of": p["marks_of"]} for p in given["photos"]],
        mentions=_named(task, actor, given["mentions"]),
        content_sha256=content_sha256,
    )
    db.session.add(said)
    listed = [("", "comment", photo) for photo in given["photos"]]
    photos.list_evidence(listed, store_id=task.store_id, person_id=actor.id, now=now, task_id=task.id)
    events.record(
        "task.commented",
        "task",
        task.id,
        at=now,
        actor_id=actor.id,
        store_id=task.store_id,
        comment_id=str(comment_id),
        mentions=said.mentions,
    )
    return said, True


def people(actor: Actor, task_id: uuid.UUID) -> Sequence[User]:
    """Who may be named in a comment on this task, the nearest first. Raises NotFound."""
    task = queries.task_for(actor, task_id)
    if task is None:
        raise NotFound()
    return [user for user in comment_queries.who_sees(_store(task)) if user.id != actor.id]


def _check(words: str, listed: Sequence[Mapping[str, Any]]) -> None:
    if not words and not listed:
        raise Validation(errors=[FieldError("/text", "required", "Say something, or show a photo.")])
    if marks.count(listed) > MOST_PHOTOS:
        raise Validation(errors=[FieldError("/photos", "too_many", f"At most {MOST_PHOTOS} photos.")])


def _named(task: Task, actor: Actor, wanted: Sequence[uuid.UUID]) -> list[str]:
    if not wanted:
        return []
    may = {user.id for user in comment_queries.who_sees(_store(task))} - {actor.id}
    return [str(user_id) for user_id in dict.fromkeys(wanted) if user_id in may]


def _store(task: Task) -> Store:
    return stores.stores_by_id([task.store_id])[task.store_id]
