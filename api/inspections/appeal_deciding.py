"""Deciding an appeal: upheld, rejected, or given to somebody else.

Upheld changes what the named items count as; a new revision of the score follows, and the tasks of what is no
finding any more are cancelled. Either way the clocks go on. docs/appeals.md.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.accounts import policy
from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import FieldError, Forbidden, IdReused, NotFound, StaleVersion, Validation, WrongState
from api.events import services as events
from api.inspections import appeal_queries, appeals, queries, revisions
from api.inspections.appeal_shown import appeals_shown
from api.inspections.appealing import lost_in
from api.inspections.appeals import AppealFacts
from api.inspections.models import Appeal, Inspection, InspectionTransition
from api.inspections.recalled import recalled
from api.stores import queries as stores
from api.tasks import appealed


def decide(
    actor: Actor,
    inspection_id: uuid.UUID,
    appeal_id: uuid.UUID,
    step_id: uuid.UUID,
    given: Mapping[str, Any],
    content_sha256: str,
    now: datetime,
) -> Appeal:
    """Upholds or rejects an appeal, or gives it to somebody else. The same deed again gives the present appeal.

    Raises NotFound, IdReused, Forbidden, StaleVersion with the present appeal, WrongState, Validation.
    """
    inspection, appeal = found(actor, inspection_id, appeal_id)
    known = queries.transition(step_id)
    if known is not None:
        if known.appeal_id == appeal.id and known.content_sha256 == content_sha256:
            return appeal
        raise IdReused(extras=_current(appeal))
    action, note = given["action"], given["note"].strip()
    _check_decider(actor, inspection, appeal, given["version"])
    if appeals.note_is_missing(action, note):
        raise Validation(errors=[FieldError("/note", "reason_required", _WORDS["reason_required"])])
    changes: dict[str, str] = {}
    if action == "uphold":
        changes = dict(given["changes"] or ({appeal.item_key: "pass"} if appeal.item_key else {}))
        _check_changes(inspection, appeal, changes)
    if action == "reassign":
        appeal.decider_id = _checked_decider(inspection, appeal, given["decider_id"])
    else:
        appeal.state, appeal.decision_note = appeals.STATE_AFTER[action], note
        appeal.decider_id = appeal.decided_by_id = actor.id
        appeal.decided_at = now
    db.session.flush()
    _write_history(inspection, appeal, step_id, action, actor.id, note, content_sha256, now)
    if action == "reassign":
        _record(inspection, appeal, "inspection.appealed", actor.id, now, decider_id=str(appeal.decider_id))
        return appeal
    _record(inspection, appeal, "inspection.appeal_decided", actor.id, now, outcome=appeal.state)
    if action == "uphold":
        _carry_out(inspection, appeal, changes, actor.id, now)
    appealed.resume(
        inspection.id,
        appeal.item_key,
        still_pending=appeal_queries.pending_keys(inspection.id, but=appeal.id),
        appeal_id=appeal.id,
        outcome=appeal.state,
        decider_id=actor.id,
        now=now,
    )
    return appeal


def preview(
    actor: Actor, inspection_id: uuid.UUID, appeal_id: uuid.UUID, changes: Mapping[str, str]
) -> dict[str, Any]:
    """What the report would come to if the appeal were upheld with these changes; nothing is stored."""
    inspection, appeal = found(actor, inspection_id, appeal_id)
    _check_changes(inspection, appeal, changes)
    result = revisions.rescored(inspection, changes)[1]
    return {
        "score": result.score,
        "raw_score": result.raw,
        "band": result.band,
        "outcome": result.outcome,
        "findings": len(result.findings),
    }


def found(actor: Actor, inspection_id: uuid.UUID, appeal_id: uuid.UUID) -> tuple[Inspection, Appeal]:
    """A report that the actor may see, and an appeal of it. Raises NotFound."""
    inspection = queries.inspection_for(actor, inspection_id)
    appeal = None if inspection is None else appeal_queries.appeal_of(inspection.id, appeal_id)
    if inspection is None or appeal is None:
        raise NotFound()
    return inspection, appeal


def deciders(actor: Actor, inspection_id: uuid.UUID, appeal_id: uuid.UUID) -> list[User]:
    """To whom an appeal may be given, the nearest first: who may decide it and has it not."""
    policy.require(actor, "appeals.decide")
    inspection, appeal = found(actor, inspection_id, appeal_id)
    return _able(inspection, appeal)


def _able(inspection: Inspection, appeal: Appeal) -> list[User]:
    store = stores.store(inspection.store_id)
    assert store is not None
    out = (inspection.inspector_id, appeal.asked_by_id, appeal.decider_id)
    return [person for person in appeal_queries.deciders(store) if person.id not in out]


def _check_decider(actor: Actor, inspection: Inspection, appeal: Appeal, version: int) -> None:
    policy.require(actor, "appeals.decide")
    facts = AppealFacts(
        state=appeal.state,
        inspector_id=str(inspection.inspector_id),
        asked_by_id=str(appeal.asked_by_id) if appeal.asked_by_id else None,
        decider_id=str(appeal.decider_id) if appeal.decider_id else None,
    )
    refused = appeals.decision_refusal(facts, str(actor.id), actor.role)
    if refused and refused != "decided":
        raise Forbidden(_WORDS[refused], extras={"code": refused})
    if appeal.version != version:
        raise StaleVersion(extras=_current(appeal))
    if refused:
        raise WrongState(_WORDS[refused], extras=_current(appeal) | {"code": refused})


def _check_changes(inspection: Inspection, appeal: Appeal, changes: Mapping[str, str]) -> None:
    items = (item for section in recalled(inspection).content["sections"] for item in section["items"])
    may_be_na = {item["key"] for item in items if item.get("allow_na")}
    faults = appeals.change_faults(appeal.item_key, changes, lost_in(inspection.id), may_be_na)
    if faults:
        raise Validation(
            errors=[
                FieldError(f"/changes/{key}" if key else "/changes", code, _WORDS[code])
                for key, code in faults.items()
            ]
        )


def _checked_decider(inspection: Inspection, appeal: Appeal, decider_id: uuid.UUID | None) -> uuid.UUID:
    if decider_id is None or decider_id not in {person.id for person in _able(inspection, appeal)}:
        raise Validation(errors=[FieldError("/decider_id", "cannot_decide", _WORDS["cannot_decide"])])
    return decider_id


def _carry_out(
    inspection: Inspection, appeal: Appeal, changes: Mapping[str, str], actor_id: uuid.UUID, now: datetime
) -> None:
    revised = revisions.revise(inspection, appeal, changes, actor_id, now)
    appealed.cancel(
        inspection.id,
        revised.righted,
        appeal_id=appeal.id,
        decider_id=actor_id,
        reason=appeal.decision_note,
        now=now,
    )
    _record(inspection, appeal, "inspection.rescored", actor_id, now, revision=revised.number)


def _write_history(
    inspection: Inspection,
    appeal: Appeal,
    step_id: uuid.UUID,
    action: str,
    actor_id: uuid.UUID,
    note: str,
    content_sha256: str,
    now: datetime,
) -> None:
    db.session.add(
        InspectionTransition(
            id=step_id,
            inspection_id=inspection.id,
            action=f"appeal_{action}",
            from_state=inspection.status,
            to_state=inspection.status,
            actor_id=actor_id,
            reason=note,
            at=now,
            content_sha256=content_sha256,
            appeal_id=appeal.id,
        )
    )


def _record(
    inspection: Inspection, appeal: Appeal, kind: str, actor_id: uuid.UUID, now: datetime, **more: Any
) -> None:
    events.record(
        kind,
        "inspection",
        inspection.id,
        at=now,
        actor_id=actor_id,
        store_id=inspection.store_id,
        appeal_id=str(appeal.id),
        item_key=appeal.item_key,
        **more,
    )


def _current(appeal: Appeal) -> dict[str, Any]:
    return {"current": appeals_shown([appeal])[0]}


_WORDS = {
    "own_report": "Nobody decides an appeal of their own report.",
    "own_appeal": "Nobody decides their own appeal.",
    "not_allowed": "This appeal is for a manager over the store, or for whom it was given to.",
    "decided": "The appeal was decided already.",
    "reason_required": "Say in a few words why; both sides read it.",
    "cannot_decide": "This person may not decide this appeal.",
    "changes_required": "Name at least one item that counts otherwise now.",
    "not_appealed": "This item lost nothing, or the appeal is not about it.",
    "na_not_allowed": "This item cannot be not applicable.",
}
