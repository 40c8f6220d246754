"""Errands over HTTP: everybody sees and cancels their own."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint
from api.core.transaction import in_transaction
from api.errands import queries, services
from api.errands.schemas import ErrandSchema
from api.errands.shown import errand_shown

blp = Blueprint("errands", __name__, url_prefix="/api/v1/errands", description="Long work")


@blp.route("/<uuid:errand_id>")
@signed_in()
@blp.response(200, ErrandSchema)
def errand(errand_id: uuid.UUID) -> dict[str, Any]:
    """How far one's errand is, and its result."""
    found = queries.errand_of(current_actor().id, errand_id)
    if found is None:
        raise NotFound()
    return errand_shown(found)


@blp.route("/<uuid:errand_id>/cancel", methods=["POST"])
@signed_in()
@blp.response(200, ErrandSchema)
def cancel(errand_id: uuid.UUID) -> dict[str, Any]:
    """Calls one's errand off."""
    return errand_shown(in_transaction(services.cancel, current_actor(), errand_id, now()))
