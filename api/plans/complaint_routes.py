"""Complaints over HTTP, and the tasks that are opened for them."""

import uuid
from typing import Any

from marshmallow import Schema, fields

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import BilingualSchema, Blueprint, PageQuery, page_of
from api.core.transaction import in_transaction
from api.plans import complaint_queries as queries
from api.plans import complaint_tasks
from api.plans.complaint_tasks import complaints_shown
from api.tasks.by_hand_schemas import AskedSchema, TitleSchema
from api.tasks.schemas import TaskSchema
from api.tasks.shown import tasks_shown

blp = Blueprint(
    "complaints", __name__, url_prefix="/api/v1/complaints", description="Complaints about stores"
)


class ComplaintQuery(PageQuery):
    """Which complaints; `open_only` leaves out those that have a task."""

    store_id = fields.UUID(load_default=None)
    open_only = fields.Boolean(load_default=False)


class ComplaintTaskSchema(Schema):
    """The task of a complaint."""

    id = fields.UUID(required=True)
    status = fields.String(required=True)


class ComplaintSchema(Schema):
    """A complaint and what became of it."""

    id = fields.UUID(required=True)
    store_id = fields.UUID(required=True)
    store_name = fields.Nested(BilingualSchema, required=True)
    reference = fields.String(required=True)
    on_date = fields.Date(required=True)
    kind = fields.String(required=True)
    note = fields.String(required=True)
    task = fields.Nested(ComplaintTaskSchema, required=True, allow_none=True)


class TaskForComplaintSchema(AskedSchema):
    """What is to be done; without a title it is called as the complaint is."""

    title = fields.Nested(TitleSchema, load_default=None, allow_none=True)


@blp.route("")
@signed_in("complaints.read")
@blp.arguments(ComplaintQuery, location="query")
@blp.response(200, page_of(ComplaintSchema))
def complaints(query: dict[str, Any]) -> dict[str, Any]:
    """The complaints about one's stores, the latest first."""
    rows, following = queries.complaint_page(current_actor(), **query)
    return {"items": complaints_shown(rows), "next": following}


@blp.route("/<uuid:complaint_id>/task", methods=["POST"])
@signed_in("complaints.write")
@blp.arguments(TaskForComplaintSchema)
@blp.response(201, TaskSchema)
@blp.alt_response(200, schema=TaskSchema, description="The complaint has this task already.")
def open_task(given: dict[str, Any], complaint_id: uuid.UUID) -> Any:
    """Opens the task of a complaint; one that it has already is given with 200."""
    task, is_new = in_transaction(complaint_tasks.open_task, current_actor(), complaint_id, given, now())
    return tasks_shown([task])[0], 201 if is_new else 200
