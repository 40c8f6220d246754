"""The deeds on a report that has arrived: reviewing it, and the store's word on it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from api.accounts import policy
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import FieldError, Forbidden, IdReused, NotFound, StaleVersion, Validation, WrongState
from api.events import services as events
from api.inspections import lifecycle, queries, signoff
from api.inspections.models import Inspection, InspectionTransition
from api.inspections.shown import summaries
from api.plans import rechecks


def review(
    actor: Actor,
    inspection_id: uuid.UUID,
    transition_id: uuid.UUID,
    given: Mapping[str, Any],
    content_sha256: str,
    now: datetime,
) -> Inspection:
    """Approves or voids a report, or gives the store's word on it. The same deed again gives the present report.

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
    action = given["action"]
    _check_actor(actor, inspection, action)
    to = _next_state(inspection, action, given["version"])
    step = InspectionTransition(
        id=transition_id,
        inspection_id=inspection.id,
        action=signoff.recorded(given["outcome"]) if action == "sign_off" else action,
        from_state=inspection.status,
        to_state=to,
        actor_id=actor.id,
        reason=_words(given),
        at=now,
        content_sha256=content_sha256,
    )
    inspection.status = to
    # Also where the state stays, the version goes on: of two deeds at once, one is told.
    flag_modified(inspection, "status")
    db.session.flush()
    db.session.add(step)
    if to == "voided":
        rechecks.call_off(inspection.id, actor.id, step.reason, now)
    events.record(
        "inspection.signed_off" if action == "sign_off" else f"inspection.{to}",
        "inspection",
        inspection.id,
        at=now,
        actor_id=actor.id,
        store_id=inspection.store_id,
        **({"outcome": given["outcome"]} if action == "sign_off" else {}),
    )
    return inspection


def _check_actor(actor: Actor, inspection: Inspection, action: str) -> None:
    policy.require(actor, lifecycle.PERMISSION[action])
    if inspection.inspector_id == actor.id:
        raise Forbidden("Nobody reviews or signs their own report.", extras={"code": "own_report"})
    if action == "sign_off" and inspection.store_id not in actor.store_ids:
        raise Forbidden("Only the people of this store sign.", extras={"code": "other_store"})


def _next_state(inspection: Inspection, action: str, version: int) -> str:
    current = {"current": summaries([inspection])[0]}
    if action == "sign_off" and signoff.is_answered(queries.actions_on(inspection.id)):
        raise WrongState("The store has answered already.", extras=current | {"code": "answered"})
    if inspection.version != version:
        raise StaleVersion(extras=current)
    to = lifecycle.after(inspection.status, action)
    if to is None:
        raise WrongState(extras=current)
    return to


def _words(given: Mapping[str, Any]) -> str:
    """What was said with the deed. Raises Validation when it needs words and has none."""
    signs = given["action"] == "sign_off"
    words: str = given["note" if signs else "reason"].strip()
    wanted = given["outcome"] in signoff.NEEDS_WORDS if signs else given["action"] in lifecycle.NEEDS_REASON
    if wanted and not words:
        pointer = "/note" if signs else "/reason"
        raise Validation(errors=[FieldError(pointer, "reason_required", "Say in a few words why.")])
    return words
