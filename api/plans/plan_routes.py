"""Plans over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint, page_of
from api.core.transaction import in_transaction
from api.plans import plan_queries, plan_services, preview_services
from api.plans.materialising import begin
from api.plans.plan_schemas import (
    DifferentSchema,
    NewPlanSchema,
    PlanChangeSchema,
    PlanDetailSchema,
    PlanQuery,
    PlanSchema,
    PlanStepSchema,
)
from api.plans.plan_shown import plan_in_full, plans_shown
from api.plans.preview_schemas import PreviewAskedSchema, PreviewSchema

blp = Blueprint("plans", __name__, url_prefix="/api/v1/plans", description="Plans of visits")


@blp.route("")
@signed_in("plans.read")
@blp.arguments(PlanQuery, location="query")
@blp.response(200, page_of(PlanSchema))
def plans(query: dict[str, Any]) -> dict[str, Any]:
    """The plans that mean a visible store, or that one made, newest first."""
    rows, following = plan_queries.plan_page(current_actor(), **query)
    return {"items": plans_shown(current_actor(), rows, now()), "next": following}


@blp.route("", methods=["POST"])
@signed_in("plans.write")
@blp.arguments(NewPlanSchema)
@blp.response(201, PlanDetailSchema)
def create(given: dict[str, Any]) -> dict[str, Any]:
    """A new plan; the visits of its first stores are made at once, all others soon after."""
    return _settled(in_transaction(plan_services.create, current_actor(), given, now()).id)


@blp.route("/preview", methods=["POST"])
@signed_in("plans.write")
@blp.arguments(PreviewAskedSchema)
@blp.response(200, PreviewSchema)
def preview(given: dict[str, Any]) -> dict[str, Any]:
    """What a plan would do, before it is saved; nothing is stored."""
    return preview_services.preview(current_actor(), given, now())


@blp.route("/<uuid:plan_id>")
@signed_in("plans.read")
@blp.response(200, PlanDetailSchema)
def plan(plan_id: uuid.UUID) -> dict[str, Any]:
    """A plan with all its revisions and what is different in single stores."""
    return plan_in_full(current_actor(), plan_queries.seen_plan(current_actor(), plan_id), now())


@blp.route("/<uuid:plan_id>", methods=["PATCH"])
@signed_in("plans.write")
@blp.arguments(PlanChangeSchema)
@blp.response(200, PlanDetailSchema)
def change(given: dict[str, Any], plan_id: uuid.UUID) -> dict[str, Any]:
    """Changes a plan from a day on; a stale version is a 409."""
    return _settled(in_transaction(plan_services.change, current_actor(), plan_id, given, now()).id)


@blp.route("/<uuid:plan_id>/transitions", methods=["POST"])
@signed_in("plans.write")
@blp.arguments(PlanStepSchema)
@blp.response(200, PlanDetailSchema)
def step(given: dict[str, Any], plan_id: uuid.UUID) -> dict[str, Any]:
    """Pauses, resumes or ends a plan from a day on."""
    return _settled(in_transaction(plan_services.step, current_actor(), plan_id, given, now()).id)


@blp.route("/<uuid:plan_id>/stores/<uuid:store_id>", methods=["PUT"])
@signed_in("plans.write")
@blp.arguments(DifferentSchema)
@blp.response(200, PlanDetailSchema)
def override(given: dict[str, Any], plan_id: uuid.UUID, store_id: uuid.UUID) -> dict[str, Any]:
    """Sets what is different in one store from today on."""
    return _settled(
        in_transaction(plan_services.override, current_actor(), plan_id, store_id, given, now()).id
    )


@blp.route("/<uuid:plan_id>/stores/<uuid:store_id>", methods=["DELETE"])
@signed_in("plans.write")
@blp.response(200, PlanDetailSchema)
def take_override_away(plan_id: uuid.UUID, store_id: uuid.UUID) -> dict[str, Any]:
    """The store is as the plan says again."""
    return _settled(
        in_transaction(plan_services.override, current_actor(), plan_id, store_id, None, now()).id
    )


def _settled(plan_id: uuid.UUID) -> dict[str, Any]:
    begin(plan_id, now())
    return plan_in_full(current_actor(), plan_queries.seen_plan(current_actor(), plan_id), now())
