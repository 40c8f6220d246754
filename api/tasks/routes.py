"""Tasks over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import phone_document
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint, load_strictly, page_of
from api.core.transaction import in_transaction
from api.tasks import queries, services
from api.tasks.schemas import NewTaskSchema, StepBodySchema, TaskQuery, TaskSchema
from api.tasks.shown import tasks_shown

blp = Blueprint("tasks", __name__, url_prefix="/api/v1/tasks", description="Rectification tasks")


@blp.route("")
@signed_in("tasks.read")
@blp.arguments(TaskQuery, location="query")
@blp.response(200, page_of(TaskSchema))
def tasks(query: dict[str, Any]) -> dict[str, Any]:
    """The tasks of the visible stores, newest first."""
    rows, following = queries.task_page(current_actor(), **query)
    return {"items": tasks_shown(rows), "next": following}


@blp.route("", methods=["POST"])
@signed_in("tasks.create")
@blp.arguments(NewTaskSchema)
@blp.response(201, TaskSchema)
def open_by_hand(given: dict[str, Any]) -> dict[str, Any]:
    """Opens a task that no inspection found."""
    return tasks_shown([in_transaction(services.open_by_hand, current_actor(), given, now())])[0]


@blp.route("/<uuid:task_id>")
@signed_in("tasks.read")
@blp.response(200, TaskSchema)
def task(task_id: uuid.UUID) -> dict[str, Any]:
    """One task with its history."""
    found = queries.task_for(current_actor(), task_id)
    if found is None:
        raise NotFound()
    return tasks_shown([found])[0]


@blp.route("/<uuid:task_id>/transitions/<uuid:transition_id>", methods=["PUT"])
@signed_in("tasks.act")
@blp.doc(requestBody={"content": {"application/json": {"schema": StepBodySchema}}})
@blp.response(200, TaskSchema)
def take_step(task_id: uuid.UUID, transition_id: uuid.UUID) -> dict[str, Any]:
    """One step; needs Content-Digest. The same again is 200, a stale version 409 with the task."""
    document, digest = phone_document()
    given = load_strictly(StepBodySchema, document)
    stepped = in_transaction(
        services.take_step, current_actor(), task_id, transition_id, given, digest, now()
    )
    return tasks_shown([stepped])[0]
