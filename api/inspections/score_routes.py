"""Scores that everybody can explain, over HTTP; nothing here is stored."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.checklists import editions
from api.checklists import services as checklists
from api.core.clock import now
from api.core.errors import FieldError, NotFound, Validation
from api.core.shapes import Blueprint
from api.inspections import queries
from api.inspections.counted import Counted, counted
from api.inspections.explaining import explain, what_if
from api.inspections.models import Inspection
from api.inspections.recalled import recalled, repeats_of
from api.inspections.schemas import (
    ExplanationSchema,
    ScoreQuestionSchema,
    WhatIfQuestionSchema,
    WhatIfSchema,
)

blp = Blueprint("scores", __name__, url_prefix="/api/v1", description="Scores explained")


@blp.route("/checklists/<uuid:checklist_id>/score", methods=["POST"])
@signed_in("checklists.read")
@blp.arguments(ScoreQuestionSchema)
@blp.response(200, ExplanationSchema)
def score(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """What these answers would come to by a version or the draft, and why."""
    actor = current_actor()
    checklist = checklists.visible(actor, checklist_id)
    content = editions.sound_content_of(actor, checklist, given["version"])
    asked = counted(content, given, given["on_date"] or now().date(), None)
    return explain(asked.content, asked.answers, asked.on_date, given["earlier"])


@blp.route("/inspections/<uuid:inspection_id>/explanation")
@signed_in("inspections.read")
@blp.response(200, ExplanationSchema)
def explanation(inspection_id: uuid.UUID) -> dict[str, Any]:
    """Why a report has its score: the steps in words, and what each item cost."""
    inspection = _found(inspection_id)
    report = recalled(inspection)
    return explain(report.content, report.answers, report.on_date, repeats_of(inspection))


@blp.route("/inspections/<uuid:inspection_id>/what-if", methods=["POST"])
@signed_in("inspections.read")
@blp.arguments(WhatIfQuestionSchema)
@blp.response(200, WhatIfSchema)
def if_closed(given: dict[str, Any], inspection_id: uuid.UUID) -> dict[str, Any]:
    """What a report would have come to with these items right."""
    report = recalled(_found(inspection_id))
    _refuse_not_asked(report, given["closed"])
    return what_if(report.content, report.answers, report.on_date, given["closed"])


def _refuse_not_asked(report: Counted, keys: list[str]) -> None:
    asked = {item["key"] for section in report.content["sections"] for item in section["items"]}
    faults = [
        FieldError(f"/closed/{i}", "unknown_item", f"Item {key} was not asked in this report.")
        for i, key in enumerate(keys)
        if key not in asked
    ]
    if faults:
        raise Validation(errors=faults)


def _found(inspection_id: uuid.UUID) -> Inspection:
    inspection = queries.inspection_for(current_actor(), inspection_id)
    if inspection is None:
        raise NotFound()
    return inspection
