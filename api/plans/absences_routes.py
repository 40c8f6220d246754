"""Absences over HTTP."""

import uuid
from collections.abc import Sequence
from typing import Any

from api.accounts import queries as accounts
from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint, page_of
from api.core.transaction import in_transaction
from api.plans import absences_queries, absences_services
from api.plans.absences_schemas import AbsenceQuery, AbsenceSchema, NewAbsenceSchema
from api.plans.models import Absence

blp = Blueprint("absences", __name__, url_prefix="/api/v1/absences", description="Who is away, who stands in")


@blp.route("")
@signed_in("absences.write")
@blp.arguments(AbsenceQuery, location="query")
@blp.response(200, page_of(AbsenceSchema))
def absences(query: dict[str, Any]) -> dict[str, Any]:
    """Absences of one's people and those in which one stands in, the latest first."""
    until = query.pop("from_")
    rows, following = absences_queries.absence_page(current_actor(), until=until, **query)
    return {"items": _shown(rows), "next": following}


@blp.route("", methods=["POST"])
@signed_in("absences.write")
@blp.arguments(NewAbsenceSchema)
@blp.response(201, AbsenceSchema)
def create(given: dict[str, Any]) -> dict[str, Any]:
    """Somebody is away; their visits that nobody has begun go to the deputy."""
    absence, moved = in_transaction(absences_services.create, current_actor(), given, now())
    return _shown([absence])[0] | {"moved": moved}


@blp.route("/<uuid:absence_id>", methods=["DELETE"])
@signed_in("absences.write")
@blp.response(200, AbsenceSchema)
def cancel(absence_id: uuid.UUID) -> dict[str, Any]:
    """Takes an absence back; the visits still ahead return to their person."""
    absence, moved = in_transaction(absences_services.cancel, current_actor(), absence_id, now())
    return _shown([absence])[0] | {"moved": moved}


def _shown(rows: Sequence[Absence]) -> list[dict[str, Any]]:
    names = accounts.names([i for row in rows for i in (row.user_id, row.deputy_id, row.created_by)])

    def person(user_id: uuid.UUID) -> dict[str, Any]:
        return {"id": user_id, "name": names.get(user_id, "")}

    plain = ("id", "first_day", "last_day", "reason", "created_at", "cancelled_at")
    return [
        {name: getattr(row, name) for name in plain}
        | {
            "user": person(row.user_id),
            "deputy": person(row.deputy_id),
            "created_by": person(row.created_by),
        }
        for row in rows
    ]
