"""Rehearsals over HTTP: asked for here, followed as an errand."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint
from api.core.transaction import in_transaction
from api.errands.schemas import ErrandSchema
from api.errands.shown import errand_shown
from api.rehearsals import services
from api.rehearsals.schemas import NewRehearsalSchema

blp = Blueprint("rehearsals", __name__, url_prefix="/api/v1/checklists", description="Rehearsals")


@blp.route("/<uuid:checklist_id>/rehearsals", methods=["POST"])
@signed_in("checklists.write")
@blp.arguments(NewRehearsalSchema)
@blp.response(202, ErrandSchema)
def rehearse(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """Replays past inspections by the draft; the errand's result says what would change."""
    errand = in_transaction(services.ask, current_actor(), checklist_id, **given, now=now())
    return errand_shown(errand)
