"""Appeals and the revisions of scores over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import phone_document
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint, load_strictly, page_of
from api.core.transaction import in_transaction
from api.inspections import appeal_deciding, appeal_queries, appealing, queries
from api.inspections.appeal_listed import appeals_listed
from api.inspections.appeal_schemas import (
    AppealListedSchema,
    AppealSchema,
    AppealsQuery,
    AppealStepSchema,
    ChangesSchema,
    DecidersSchema,
    NewAppealSchema,
    OutcomeSchema,
    RevisionsSchema,
)
from api.inspections.appeal_shown import appeals_shown, revisions_shown

blp = Blueprint("appeals", __name__, url_prefix="/api/v1", description="Appeals and revised scores")
_ONE = "/inspections/<uuid:inspection_id>/appeals/<uuid:appeal_id>"


@blp.route("/appeals")
@signed_in("inspections.read")
@blp.arguments(AppealsQuery, location="query")
@blp.response(200, page_of(AppealListedSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """The appeals of the visible stores, the newest first."""
    rows, following = appeal_queries.appeal_page(current_actor(), **query)
    return {"items": appeals_listed(rows), "next": following}


@blp.route(_ONE, methods=["PUT"])
@signed_in("inspections.appeal")
@blp.doc(requestBody={"content": {"application/json": {"schema": NewAppealSchema}}})
@blp.response(201, AppealSchema)
@blp.alt_response(200, schema=AppealSchema)
def ask(inspection_id: uuid.UUID, appeal_id: uuid.UUID) -> Any:
    """Appeals an item or a whole report; needs Content-Digest. 201 first, 200 for the same again, 409 for another."""
    document, digest = phone_document()
    given = load_strictly(NewAppealSchema, document)
    asked = in_transaction(
        appealing.ask, current_actor(), inspection_id, appeal_id, given, digest, now()
    )
    return appeals_shown([asked.appeal])[0], 201 if asked.is_new else 200


@blp.route(f"{_ONE}/transitions/<uuid:step_id>", methods=["PUT"])
@signed_in("inspections.read")
@blp.doc(requestBody={"content": {"application/json": {"schema": AppealStepSchema}}})
@blp.response(200, AppealSchema)
def decide(inspection_id: uuid.UUID, appeal_id: uuid.UUID, step_id: uuid.UUID) -> dict[str, Any]:
    """Upholds or rejects an appeal, or gives it to somebody else; needs Content-Digest."""
    document, digest = phone_document()
    given = load_strictly(AppealStepSchema, document)
    decided = in_transaction(
        appeal_deciding.decide, current_actor(), inspection_id, appeal_id, step_id, given, digest, now()
    )
    return appeals_shown([decided])[0]


@blp.route(f"{_ONE}/preview", methods=["POST"])
@signed_in("inspections.read")
@blp.arguments(ChangesSchema)
@blp.response(200, OutcomeSchema)
def preview(given: dict[str, Any], inspection_id: uuid.UUID, appeal_id: uuid.UUID) -> dict[str, Any]:
    """What the report would come to if the appeal were upheld with these changes."""
    return appeal_deciding.preview(current_actor(), inspection_id, appeal_id, given["changes"])


@blp.route(f"{_ONE}/deciders")
@signed_in("inspections.read")
@blp.response(200, DecidersSchema)
def deciders(inspection_id: uuid.UUID, appeal_id: uuid.UUID) -> dict[str, Any]:
    """To whom the appeal may be given."""
    return {"items": appeal_deciding.deciders(current_actor(), inspection_id, appeal_id)}


@blp.route("/inspections/<uuid:inspection_id>/revisions")
@signed_in("inspections.read")
@blp.response(200, RevisionsSchema)
def revisions(inspection_id: uuid.UUID) -> dict[str, Any]:
    """All scores that a report had, the first one first."""
    inspection = queries.inspection_for(current_actor(), inspection_id)
    if inspection is None:
        raise NotFound()
    return {"items": revisions_shown(inspection)}
