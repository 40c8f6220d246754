"""Every SELECT about comments, and of who may be named in one."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from api.accounts.models import User, UserScope
from api.accounts.types import HQ_ADMIN, REGIONAL_MANAGER, STORE_MANAGER, STORE_STAFF, SUPERVISOR
from api.core.db import db
from api.stores.models import Store
from api.stores.queries import regions_above
from api.tasks.models import TaskComment

_NEAREST_FIRST = (STORE_MANAGER, STORE_STAFF, SUPERVISOR, REGIONAL_MANAGER, HQ_ADMIN)
_MOST = 200


def comment(comment_id: uuid.UUID) -> TaskComment | None:
    """A comment, whoever asks."""
    return db.session.get(TaskComment, comment_id)


def comments_of(task_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[TaskComment]]:
    """The comments on these tasks, oldest first."""
    found: dict[uuid.UUID, list[TaskComment]] = {task_id: [] for task_id in task_ids}
    query = (
        sa.select(TaskComment)
        .where(TaskComment.task_id.in_(task_ids))
        .order_by(TaskComment.at, TaskComment.id)
    )
    for row in db.session.execute(query).scalars():
        found[row.task_id].append(row)
    return found


def comments_sent(user_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    """The content hashes of one person's comments among these."""
    rows = db.session.execute(
        sa.select(TaskComment.id, TaskComment.content_sha256).where(
            TaskComment.author_id == user_id, TaskComment.id.in_(ids)
        )
    )
    return {row.id: row.content_sha256 for row in rows}


def who_sees(store: Store) -> Sequence[User]:
    """The active people who may see a store's tasks: its own first, head office last, by name."""
    above = [region.id for region in regions_above(store.region_id)]
    within = sa.select(UserScope.user_id).where(
        sa.or_(UserScope.store_id == store.id, UserScope.region_id.in_(above))
    )
    place = sa.case({role: number for number, role in enumerate(_NEAREST_FIRST)}, value=User.role)
    query = (
        sa.select(User)
        .where(User.is_active, sa.or_(User.role == HQ_ADMIN, User.id.in_(within)))
        .order_by(sa.case((User.id == store.supervisor_id, 0), else_=1), place, User.name, User.id)
    )
    people = db.session.execute(query.limit(_MOST)).scalars().all()
    # The store's own supervisor stands right behind its people.
    own = [user for user in people if user.role in (STORE_MANAGER, STORE_STAFF)]
    return [*own, *(user for user in people if user not in own)]
