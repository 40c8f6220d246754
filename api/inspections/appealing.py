"""The store appeals: by itself, or by an objection when it gives its word on a report.

The appeal goes to the nearest manager over the store who neither inspected nor asked; while it is pending the
clocks of ordinary tasks stand. Deciding is appeal_deciding.py.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.accounts import policy
from api.accounts import queries as accounts
from api.accounts.types import REGIONAL_MANAGER, STORE_ROLES, Actor
from api.core.db import db
from api.core.errors import FieldError, Forbidden, IdReused, NotFound, Problem, Validation, WrongState
from api.core.ids import derived_id
from api.core.shapes import moment_text
from api.events import services as events
from api.inspections import appeal_queries, appeals, queries, signoff
from api.inspections.appeals import WHOLE, ReportFacts
from api.inspections.models import Appeal, Inspection
from api.inspections.shown import summaries
from api.photos import services as photos
from api.plans import lateness
from api.stores import queries as stores
from api.tasks import appealed


@dataclass(frozen=True)
class Asked:
    """The stored appeal, and whether this request is what stored it."""

    appeal: Appeal
    is_new: bool


def ask(
    actor: Actor,
    inspection_id: uuid.UUID,
    appeal_id: uuid.UUID,
    given: Mapping[str, Any],
    content_sha256: str,
    now: datetime,
) -> Asked:
    """Appeals an item or a whole report. The same appeal again gives the stored one.

    In time is what the phone finished in time, as far as that can be proved. Raises NotFound, IdReused,
    Forbidden, WrongState, Validation.
    """
    inspection = queries.inspection_for(actor, inspection_id)
    if inspection is None:
        raise NotFound()
    known = appeal_queries.appeal(appeal_id)
    if known is not None:
        same = known.inspection_id == inspection.id and known.asked_by_id == actor.id
        if same and known.content_sha256 == content_sha256:
            return Asked(known, is_new=False)
        raise IdReused()
    policy.require(actor, "inspections.appeal")
    item_key, reason = given["item_key"], given["reason"].strip()
    refused = appeals.refusal(
        report_facts(inspection),
        item_key,
        str(actor.id),
        is_store_member=actor.role in STORE_ROLES and inspection.store_id in actor.store_ids,
        at=_written_at(actor, given["device_at"], now),
    )
    if refused:
        raise _refused(refused, inspection)
    lacks = appeals.missing(item_key, reason, len(given["photos"]))
    if lacks:
        pointer = "/reason" if lacks == "reason_required" else "/photos"
        raise Validation(errors=[FieldError(pointer, lacks, _WORDS[lacks])])
    appeal = Appeal(
        id=appeal_id,
        item_key=item_key,
        reason=reason,
        photos=[_kept(photo) for photo in given["photos"]],
        asked_by_id=actor.id,
        device_at=given["device_at"],
        content_sha256=content_sha256,
    )
    _open(inspection, appeal, now)
    _list(inspection, item_key, given["photos"], actor.id, now)
    return Asked(appeal, is_new=True)


def by_objection(
    inspection: Inspection, words: str, asked_by_id: uuid.UUID | None, device_at: datetime | None, now: datetime
) -> Appeal | None:
    """An objection to a whole report appeals it, in the running unit; None where that cannot be (any more)."""
    asker = "" if asked_by_id is None else str(asked_by_id)
    if appeals.refusal(report_facts(inspection), WHOLE, asker, is_store_member=True, at=now):
        return None
    appeal = Appeal(
        id=derived_id(inspection.id, "appeal", 0),
        item_key=WHOLE,
        reason=words.strip(),
        photos=[],
        asked_by_id=asked_by_id,
        device_at=device_at,
    )
    _open(inspection, appeal, now)
    return appeal


def by_objection_on_leaving(inspection: Inspection, document: Mapping[str, Any], now: datetime) -> None:
    """The same for a report that came with an objection; the store's manager counts as who asked."""
    given = document.get("sign_off")
    if not given or given["outcome"] != signoff.OBJECTION:
        return
    people = [p.id for p in stores.store_people(inspection.store_id) if p.id != inspection.inspector_id]
    by_objection(inspection, given["note"], people[0] if people else None, given["at"], now)


def report_facts(inspection: Inspection) -> ReportFacts:
    """What a report is to somebody who wants to appeal it."""
    return ReportFacts(
        status=inspection.status,
        kind=inspection.kind,
        inspector_id=str(inspection.inspector_id),
        received_at=inspection.received_at,
        lost=lost_in(inspection.id),
        appealed={appeal.item_key for appeal in appeal_queries.appeals_of([inspection.id])[inspection.id]},
    )


def lost_in(inspection_id: uuid.UUID) -> set[str]:
    """The items of a report that lost points, as it counts now."""
    return {
        answer.item_key
        for answer in queries.answers_of(inspection_id)
        if answer.finding
        or (answer.earned is not None and answer.max is not None and answer.earned < answer.max)
    }


def _open(inspection: Inspection, appeal: Appeal, now: datetime) -> None:
    appeal.inspection_id, appeal.store_id = inspection.id, inspection.store_id
    appeal.state, appeal.decision_note, appeal.version = "pending", "", 1
    appeal.asked_at = now
    appeal.decider_id = _first_decider(inspection, appeal.asked_by_id)
    db.session.add(appeal)
    db.session.flush()
    appealed.pause(inspection.id, appeal.item_key, appeal.id, appeal.asked_by_id, now)
    events.record(
        "inspection.appealed",
        "inspection",
        inspection.id,
        at=now,
        actor_id=appeal.asked_by_id,
        store_id=inspection.store_id,
        appeal_id=str(appeal.id),
        item_key=appeal.item_key,
        decider_id=str(appeal.decider_id) if appeal.decider_id else None,
    )


def _first_decider(inspection: Inspection, asked_by_id: uuid.UUID | None) -> uuid.UUID | None:
    """The nearest manager over the store who neither inspected nor asked; None: head office."""
    store = stores.store(inspection.store_id)
    assert store is not None
    over = (person.id for person in stores.people_over(store, REGIONAL_MANAGER))
    return next((one for one in over if one not in (inspection.inspector_id, asked_by_id)), None)


def _written_at(actor: Actor, device_at: datetime, now: datetime) -> datetime:
    began = lateness.run_began(now)
    heard = accounts.last_contact(actor.session_id, began) if actor.session_id else None
    return lateness.finished_at(device_at, now, heard)


def _list(
    inspection: Inspection, item_key: str, shown: Sequence[Mapping[str, Any]], person_id: uuid.UUID, now: datetime
) -> None:
    """The evidence is listed with the report. It is not held against its inspector, so it is not compared."""
    rows = photos.evidence_rows(
        [(item_key, appeals.SLOT, photo) for photo in shown],
        store_id=inspection.store_id,
        person_id=person_id,
        now=now,
        inspection_id=inspection.id,
    )
    for row in rows:
        row.looked_at = now
    db.session.add_all(rows)


def _kept(photo: Mapping[str, Any]) -> dict[str, Any]:
    return photo | {"id": str(photo["id"]), "taken_at": moment_text(photo["taken_at"])}  # type: ignore[operator]


def _refused(code: str, inspection: Inspection) -> Problem:
    if code in ("not_allowed", "own_report"):
        return Forbidden(_WORDS[code], extras={"code": code})
    return WrongState(_WORDS[code], extras={"code": code, "current": summaries([inspection])[0]})


_WORDS = {
    "not_allowed": "Only the people of this store appeal.",
    "own_report": "Nobody appeals their own report.",
    "self_check": "A self-check is the store's own word.",
    "voided": "A voided report does not count.",
    "already": "This was appealed already.",
    "nothing_lost": "Nothing was lost here.",
    "too_late": "More than 48 hours have passed since the report arrived.",
    "reason_required": "Say in a few words why.",
    "photo_required": "A photo is needed as evidence.",
}
