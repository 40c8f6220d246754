"""Comments as JSON shows them."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from api.accounts import queries as accounts
from api.photos import marks
from api.tasks import comment_queries as queries
from api.tasks.models import TaskComment


def comments_shown(task_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """The comments of each of these tasks, oldest first, with names."""
    found = queries.comments_of(task_ids)
    names = _names(comment for comments in found.values() for comment in comments)
    return {task_id: [_shown(one, names) for one in comments] for task_id, comments in found.items()}


def comment_shown(comment: TaskComment) -> dict[str, Any]:
    """One comment."""
    return _shown(comment, _names([comment]))


def _names(comments: Iterable[TaskComment]) -> dict[uuid.UUID, str]:
    people = (who for one in comments for who in (one.author_id, *map(uuid.UUID, one.mentions)))
    return accounts.names(list(people))


def _shown(comment: TaskComment, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    drawn = marks.marks(comment.photos)
    return {
        "id": comment.id,
        "author": _person(comment.author_id, names),
        "at": comment.at,
        "device_at": comment.device_at,
        "text": comment.body,
        "photos": [photo["sha256"] for photo in comment.photos],
        "mentions": [_person(uuid.UUID(one), names) for one in comment.mentions],
    } | ({"marks": drawn} if drawn else {})


def _person(user_id: uuid.UUID, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    return {"id": user_id, "name": names.get(user_id, "")}
