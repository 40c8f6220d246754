"""What waits, over HTTP."""

from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint
from api.reports import waiting_services as services
from api.reports.waiting_schemas import WaitingQuery, WaitingSchema

blp = Blueprint(
    "waiting", __name__, url_prefix="/api/v1/reports", description="What is to be put right, and by whom"
)


@blp.route("/waiting")
@signed_in("reports.read")
@blp.arguments(WaitingQuery, location="query")
@blp.response(200, WaitingSchema)
def waiting(query: dict[str, Any]) -> dict[str, Any]:
    """Unfinished tasks by region and store, and who waits for whom, at this moment."""
    return services.waiting(current_actor(), query["region_id"], query["limit"], now())
