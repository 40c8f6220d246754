"""Visits over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint, page_of
from api.core.transaction import in_transaction
from api.plans import desk, queries, services
from api.plans.schemas import (
    NewVisitSchema,
    VisitQuery,
    VisitSchema,
    VisitStepsAnswerSchema,
    VisitStepSchema,
    VisitStepsSchema,
)
from api.plans.shown import answers_shown, visits_shown

blp = Blueprint("visits", __name__, url_prefix="/api/v1/visits", description="Visits")


@blp.route("")
@signed_in("visits.read")
@blp.arguments(VisitQuery, location="query")
@blp.response(200, page_of(VisitSchema))
def visits(query: dict[str, Any]) -> dict[str, Any]:
    """The visits to the visible stores, by their due time."""
    rows, following = queries.visit_page(current_actor(), **query)
    return {"items": visits_shown(rows), "next": following}


@blp.route("", methods=["POST"])
@signed_in("visits.write")
@blp.arguments(NewVisitSchema)
@blp.response(201, VisitSchema)
def plan_by_hand(given: dict[str, Any]) -> dict[str, Any]:
    """A single visit for one store and one person."""
    return visits_shown([in_transaction(services.plan_by_hand, current_actor(), given, now())])[0]


@blp.route("/<uuid:visit_id>/transitions", methods=["POST"])
@signed_in("visits.read")
@blp.arguments(VisitStepSchema)
@blp.response(200, VisitSchema)
def step(given: dict[str, Any], visit_id: uuid.UUID) -> dict[str, Any]:
    """Begins, cancels, excuses, moves a visit, or gives it to another."""
    return visits_shown([in_transaction(desk.step, current_actor(), visit_id, given, now())])[0]


@blp.route("/transitions", methods=["POST"])
@signed_in("visits.write")
@blp.arguments(VisitStepsSchema)
@blp.response(200, VisitStepsAnswerSchema)
def steps(given: dict[str, Any]) -> dict[str, Any]:
    """The same step on many visits; each is answered by itself."""
    return {"items": answers_shown(in_transaction(desk.many, current_actor(), given, now()))}
