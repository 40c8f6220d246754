"""Comments over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import phone_document
from api.core.clock import now
from api.core.shapes import Blueprint, load_strictly
from api.core.transaction import in_transaction
from api.events import services as events
from api.tasks import comments as services
from api.tasks.comment_schemas import CommentBodySchema, CommentReceiptSchema, MentionablePageSchema
from api.tasks.comment_shown import comment_shown

blp = Blueprint("comments", __name__, url_prefix="/api/v1/tasks", description="What is said about tasks")


@blp.route("/<uuid:task_id>/comments/<uuid:comment_id>", methods=["PUT"])
@signed_in("tasks.comment")
@blp.doc(requestBody={"content": {"application/json": {"schema": CommentBodySchema}}})
@blp.response(200, CommentReceiptSchema)
def comment(task_id: uuid.UUID, comment_id: uuid.UUID) -> Any:
    """Says something; needs Content-Digest. 201 first, 200 the same again, 409 another under its id."""
    document, digest = phone_document()
    given = load_strictly(CommentBodySchema, document)
    said, is_new = in_transaction(
        services.comment, current_actor(), task_id, comment_id, given, digest, now()
    )
    receipt = {"content_sha256": digest, "received_at": said.at, "server_epoch": events.server_epoch()}
    return comment_shown(said) | receipt, 201 if is_new else 200


@blp.route("/<uuid:task_id>/people")
@signed_in("tasks.read")
@blp.response(200, MentionablePageSchema)
def people(task_id: uuid.UUID) -> dict[str, Any]:
    """Who may be named in a comment on this task: who sees it, the nearest first."""
    return {"items": services.people(current_actor(), task_id), "next": None}
