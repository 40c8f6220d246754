"""Every SELECT that telling needs; what happened is known already, so nobody's scope is asked here."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from api.accounts.models import User, UserScope
from api.accounts.types import HQ_ADMIN, REGIONAL_MANAGER
from api.checklists.models import Checklist
from api.core.db import db
from api.events.models import FeedPosition
from api.inspections.models import Appeal, Inspection, InspectionTransition
from api.plans.models import Visit
from api.stores.models import Region, Store
from api.tasks.lifecycle import UNFINISHED
from api.tasks.models import Task, TaskCampaign, TaskComment, TaskExtension, TaskTransition


def task(task_id: uuid.UUID) -> Task | None:
    """A task."""
    return db.session.get(Task, task_id)


def report(inspection_id: uuid.UUID) -> Inspection | None:
    """A report."""
    return db.session.get(Inspection, inspection_id)


def appeal(appeal_id: uuid.UUID) -> Appeal | None:
    """An appeal."""
    return db.session.get(Appeal, appeal_id)


def comment(comment_id: uuid.UUID) -> TaskComment | None:
    """A comment."""
    return db.session.get(TaskComment, comment_id)


def campaign(campaign_id: uuid.UUID) -> TaskCampaign | None:
    """A campaign."""
    return db.session.get(TaskCampaign, campaign_id)


def managers_reached(campaign_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The managers of the regions in which a campaign has stores."""
    below = aliased(Region)
    query = (
        sa.select(UserScope.user_id)
        .join(User, User.id == UserScope.user_id)
        .join(Region, Region.id == UserScope.region_id)
        .join(below, below.path.startswith(Region.path, autoescape=False))
        .join(Store, Store.region_id == below.id)
        .where(
            User.role == REGIONAL_MANAGER,
            User.is_active,
            Store.id.in_(sa.select(Task.store_id).where(Task.source_id == campaign_id)),
        )
        .distinct()
    )
    return tuple(db.session.execute(query).scalars())


def talkers(task_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Everybody who said something about a task."""
    query = sa.select(TaskComment.author_id).where(TaskComment.task_id == task_id).distinct()
    return tuple(db.session.execute(query).scalars())


def visit(visit_id: uuid.UUID) -> tuple[Visit, dict[str, Any]] | None:
    """A visit and what its checklist is called."""
    query = (
        sa.select(Visit, Checklist)
        .join(Checklist, Checklist.id == Visit.checklist_id)
        .where(Visit.id == visit_id)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1].name) if row else None


def open_tasks_of(inspection_id: uuid.UUID) -> Sequence[Task]:
    """What a report asks to be put right and is not yet, the earliest first."""
    query = (
        sa.select(Task)
        .where(Task.inspection_id == inspection_id, Task.status.in_(UNFINISHED))
        .order_by(Task.due_at, Task.id)
    )
    return db.session.execute(query).scalars().all()


def fixers_of(inspection_id: uuid.UUID, item_key: str) -> tuple[uuid.UUID, ...]:
    """Who has the tasks of one item of a report, or with "" of all of it."""
    query = sa.select(Task.assignee_id).where(
        Task.inspection_id == inspection_id, Task.assignee_id.is_not(None)
    )
    if item_key:
        query = query.where(Task.item_key == item_key)
    return tuple(person for person in db.session.execute(query.distinct()).scalars() if person)


def item_title(inspection_id: uuid.UUID, item_key: str) -> dict[str, Any] | None:
    """What an item that failed is called, from its task."""
    query = sa.select(Task.title).where(Task.inspection_id == inspection_id, Task.item_key == item_key)
    return db.session.execute(query).scalars().first()


def step_at(task_id: uuid.UUID, action: str, at: datetime) -> TaskTransition | None:
    """The step on a task that was taken then."""
    query = sa.select(TaskTransition).where(
        TaskTransition.task_id == task_id, TaskTransition.action == action, TaskTransition.at == at
    )
    return db.session.execute(query.limit(1)).scalars().first()


def report_step_at(inspection_id: uuid.UUID, at: datetime) -> InspectionTransition | None:
    """The deed on a report that was done then."""
    query = sa.select(InspectionTransition).where(
        InspectionTransition.inspection_id == inspection_id, InspectionTransition.at == at
    )
    return db.session.execute(query.limit(1)).scalars().first()


def last_extension(task_id: uuid.UUID, until: datetime) -> TaskExtension | None:
    """The extension that was asked for last, then."""
    query = (
        sa.select(TaskExtension)
        .where(TaskExtension.task_id == task_id, TaskExtension.asked_at <= until)
        .order_by(TaskExtension.asked_at.desc(), TaskExtension.id.desc())
    )
    return db.session.execute(query.limit(1)).scalars().first()


class Scope(NamedTuple):
    """What somebody may see."""

    everything: bool
    region_ids: frozenset[uuid.UUID]
    store_ids: frozenset[uuid.UUID]


def scopes(user_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Scope]:
    """What those of these people may see who still work here."""
    if not user_ids:
        return {}
    people = db.session.execute(
        sa.select(User.id, User.role).where(User.id.in_(user_ids), User.is_active)
    ).all()
    rows = db.session.execute(sa.select(UserScope).where(UserScope.user_id.in_(user_ids))).scalars().all()
    return {
        person.id: Scope(
            person.role == HQ_ADMIN,
            frozenset(r.region_id for r in rows if r.user_id == person.id and r.region_id),
            frozenset(r.store_id for r in rows if r.user_id == person.id and r.store_id),
        )
        for person in people
    }


def position(reader: str) -> int:
    """Up to where somebody has read the facts."""
    row = db.session.get(FeedPosition, reader)
    return row.seq if row else 0


def position_held(reader: str) -> FeedPosition:
    """The position, held until the end of the unit; made when it is missing."""
    query = sa.select(FeedPosition).where(FeedPosition.name == reader).with_for_update()
    row = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        row = FeedPosition(name=reader, seq=0)
        db.session.add(row)
        db.session.flush()
    return row
