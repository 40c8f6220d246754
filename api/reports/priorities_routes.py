"""Priorities over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint
from api.reports import priorities_services as services
from api.reports.priorities_schemas import ME, PrioritiesQuery, PrioritiesSchema

blp = Blueprint("priorities", __name__, url_prefix="/api/v1/priorities", description="What is urgent")


@blp.route("")
@signed_in("reports.read")
@blp.arguments(PrioritiesQuery, location="query")
@blp.response(200, PrioritiesSchema)
def priorities(query: dict[str, Any]) -> dict[str, Any]:
    """The visible open stores that need a visit most, each with the reasons and their points."""
    actor, whose = current_actor(), query.pop("assignee")
    person = actor.id if whose == ME else uuid.UUID(whose) if whose else None
    return {"items": services.priorities(actor, now(), assignee=person, **query), "next": None}
