"""The feed over HTTP."""

from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint
from api.sync import services
from api.sync.schemas import ChangesQuery, ChangesSchema, HaveQuestionSchema, HaveSchema

blp = Blueprint("sync", __name__, url_prefix="/api/v1/sync", description="What phones mirror")


@blp.route("/changes")
@signed_in("sync")
@blp.arguments(ChangesQuery, location="query")
@blp.response(200, ChangesSchema)
def changes(query: dict[str, Any]) -> dict[str, Any]:
    """What changed for this person since the cursor; without one, a snapshot begins."""
    return services.changes(current_actor(), query["cursor"], query["limit"], now())


@blp.route("/have", methods=["POST"])
@signed_in("sync")
@blp.arguments(HaveQuestionSchema)
@blp.response(200, HaveSchema)
def have(given: dict[str, Any]) -> dict[str, Any]:
    """Which of these the server lacks or holds differently."""
    return {"items": services.have(current_actor(), given["items"])}
