"""Reports over HTTP."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import current_app, request

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import phone_document
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint, load_strictly, page_of
from api.core.transaction import in_transaction
from api.events.services import server_epoch
from api.inspections import queries, services, shown, submission
from api.inspections.schemas import (
    InspectionDocumentSchema,
    InspectionQuery,
    InspectionSchema,
    InspectionSummarySchema,
    ReceiptSchema,
    ReviewSchema,
)
from api.stores import codes

blp = Blueprint("inspections", __name__, url_prefix="/api/v1", description="Inspections")


@blp.route("/inspections/<uuid:inspection_id>", methods=["PUT"])
@signed_in("inspections.submit")
@blp.doc(requestBody={"content": {"application/json": {"schema": InspectionDocumentSchema}}})
@blp.response(201, ReceiptSchema)
@blp.alt_response(200, schema=ReceiptSchema)
def submit(inspection_id: uuid.UUID) -> Any:
    """A finished inspection; needs Content-Digest. 201 first, 200 for the same again, 409 for another."""
    raw, digest = phone_document()
    document = load_strictly(InspectionDocumentSchema, raw)
    done = in_transaction(
        submission.submit,
        current_actor(),
        inspection_id,
        document,
        request.get_data(as_text=True),
        digest,
        now(),
        store_code_shown=_code_shown(document),
    )
    return shown.receipt(done.inspection, server_epoch()), 201 if done.is_new else 200


def _code_shown(document: Mapping[str, Any]) -> bool | None:
    """Whether the code on the wall of this very store was shown; None when none was."""
    code = (document["check_in"] or {}).get("store_token")
    return codes.shown_at(code, document["store_id"], current_app.extensions["rounds_store_codes"])


@blp.route("/inspections")
@signed_in("inspections.read")
@blp.arguments(InspectionQuery, location="query")
@blp.response(200, page_of(InspectionSummarySchema))
def inspections(query: dict[str, Any]) -> dict[str, Any]:
    """The visible reports, last received first."""
    rows, following = queries.inspection_page(current_actor(), **query)
    return {"items": shown.summaries(rows), "next": following}


@blp.route("/inspections/<uuid:inspection_id>")
@signed_in("inspections.read")
@blp.response(200, InspectionSchema)
def inspection(inspection_id: uuid.UUID) -> dict[str, Any]:
    """One report wholly."""
    found = queries.inspection_for(current_actor(), inspection_id)
    if found is None:
        raise NotFound()
    return shown.wholly(found, current_actor())


@blp.route("/inspections/<uuid:inspection_id>/transitions/<uuid:transition_id>", methods=["PUT"])
@signed_in("inspections.read")
@blp.doc(requestBody={"content": {"application/json": {"schema": ReviewSchema}}})
@blp.response(200, InspectionSchema)
def review(inspection_id: uuid.UUID, transition_id: uuid.UUID) -> dict[str, Any]:
    """Approves or voids a report, or gives the store's word on it; needs Content-Digest."""
    raw, digest = phone_document()
    given = load_strictly(ReviewSchema, raw)
    reviewed = in_transaction(
        services.review, current_actor(), inspection_id, transition_id, given, digest, now()
    )
    return shown.wholly(reviewed, current_actor())
