"""Reviewing a report."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.accounts import policy
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import FieldError, Forbidden, IdReused, NotFound, StaleVersion, Validation, WrongState
from api.events import services as events
from api.inspections import lifecycle, queries
from api.inspections.models import Inspection, InspectionTransition
from api.inspections.shown import summaries


def review(
    actor: Actor,
    inspection_id: uuid.UUID,
    transition_id: uuid.UUID,
    given: Mapping[str, Any],
    content_sha256: str,
    now: datetime,
) -> Inspection:
    """Approves or voids a report. The same deed again gives the present report.

    Raises NotFound, IdReused, Forbidden, StaleVersion, WrongState, Validation.
    """
    inspection = queries.inspection_for(actor, inspection_id)
    if inspection is None:
        raise NotFound()
    known = queries.transition(transition_id)
    if known is not None:
        if known.inspection_id == inspection.id and known.content_sha256 == content_sha256:
            return inspection
        raise IdReused()
    action, reason = given["action"], given["reason"].strip()
    policy.require(actor, lifecycle.PERMISSION[action])
    if inspection.inspector_id == actor.id:
        raise Forbidden("Nobody reviews their own report.", extras={"code": "own_report"})
    current = {"current": summaries([inspection])[0]}
    if inspection.version != given["version"]:
        raise StaleVersion(extras=current)
    to = lifecycle.after(inspection.status, action)
    if to is None:
        raise WrongState(extras=current)
    if action in lifecycle.NEEDS_REASON and not reason:
        raise Validation(errors=[FieldError("/reason", "reason_required", "Say in a few words why.")])
    before, inspection.status = inspection.status, to
    db.session.flush()
    db.session.add(
        InspectionTransition(
            id=transition_id,
            inspection_id=inspection.id,
            action=action,
            from_state=before,
            to_state=to,
            actor_id=actor.id,
            reason=reason,
            at=now,
            content_sha256=content_sha256,
        )
    )
    events.record(
        f"inspection.{to}",
        "inspection",
        inspection.id,
        at=now,
        actor_id=actor.id,
        store_id=inspection.store_id,
    )
    return inspection
