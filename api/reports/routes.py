"""Reports over HTTP."""

from typing import Any

from flask import Response

from api.accounts.auth import current_actor, signed_in
from api.core.shapes import Blueprint
from api.reports import services
from api.reports.schemas import ScoresQuery, ScoresSchema

blp = Blueprint("reports", __name__, url_prefix="/api/v1/reports", description="Reports")


@blp.route("/scores")
@signed_in("reports.read")
@blp.arguments(ScoresQuery, location="query")
@blp.response(200, ScoresSchema)
def scores(query: dict[str, Any]) -> Any:
    """Mean scores of the visible stores, lowest first, or by period."""
    form = query.pop("format")
    report = services.scores(current_actor(), **query)
    if form == "json":
        return report
    response = Response(services.as_csv(report["items"]), content_type="text/csv; charset=utf-8")
    name = f"scores-{query['group_by']}-{query['from_']}-{query['to']}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
