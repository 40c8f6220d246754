"""Opening tasks by hand over HTTP: at a desk, and from a phone that may have been without a network."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import phone_document
from api.core.clock import now
from api.core.shapes import Blueprint, load_strictly
from api.core.transaction import in_transaction
from api.tasks import by_hand
from api.tasks.by_hand_schemas import NewTaskReceiptSchema, NewTaskSchema, PhoneTaskSchema
from api.tasks.schemas import TaskSchema
from api.tasks.shown import tasks_shown

blp = Blueprint(
    "tasks-by-hand", __name__, url_prefix="/api/v1/tasks", description="Tasks that no inspection found"
)


@blp.route("", methods=["POST"])
@signed_in("tasks.create")
@blp.arguments(NewTaskSchema)
@blp.response(201, TaskSchema)
def open_by_hand(given: dict[str, Any]) -> dict[str, Any]:
    """Opens a task that no inspection found."""
    return tasks_shown([in_transaction(by_hand.open_now, current_actor(), given, now())])[0]


@blp.route("/<uuid:task_id>", methods=["PUT"])
@signed_in("tasks.create")
@blp.doc(requestBody={"content": {"application/json": {"schema": PhoneTaskSchema}}})
@blp.response(201, NewTaskReceiptSchema)
@blp.alt_response(200, schema=NewTaskReceiptSchema, description="The same again.")
def open_from_phone(task_id: uuid.UUID) -> Any:
    """Opens a task that a phone made; needs Content-Digest. The same again is 200, other content 409."""
    document, digest = phone_document()
    given = load_strictly(PhoneTaskSchema, document)
    task, received_at, is_new = in_transaction(
        by_hand.open_from_phone, current_actor(), task_id, given, digest, now()
    )
    receipt = tasks_shown([task])[0] | {"content_sha256": digest, "received_at": received_at}
    return receipt, 201 if is_new else 200
