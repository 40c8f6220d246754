"""Submitting a report: one unit that stores the inspection, its answers, score, tasks and events.

A finished report is never refused for business reasons: a cancelled visit, a newer checklist, a
store that moved or a wrong clock become flags. Refused is only what nobody could read later. A report
is judged by the version it was begun on, and by what was in force there and then (counted.py).
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts import queries as accounts
from api.accounts.types import Actor
from api.checklists import queries as checklist_queries
from api.checklists.models import ChecklistVersion
from api.core.db import db
from api.core.errors import FieldError, IdReused, NotFound, Validation
from api.events import services as events
from api.inspections import queries, signoff
from api.inspections.counted import Counted, counted, refuse_gaps, refuse_unknown
from api.inspections.evidence import VisitFacts
from api.inspections.gathering import Came, noticed, position_of
from api.inspections.inforce import context_of
from api.inspections.judgement import Judgement
from api.inspections.lifecycle import first_status
from api.inspections.models import Answer, Inspection
from api.inspections.scoring import Score, score
from api.inspections.selfchecks import held_against
from api.photos import services as photos
from api.plans import lateness, rechecks
from api.plans import queries as visit_queries
from api.plans import services as visits
from api.plans.models import Visit
from api.plans.rechecks import Asked
from api.stores import queries as store_queries
from api.stores import services as stores
from api.stores.models import Store
from api.tasks import services as tasks
from api.tasks.services import Finding

PARTIAL_STEP = 6


@dataclass(frozen=True)
class Submitted:
    """The stored report, and whether this submission is what stored it."""

    inspection: Inspection
    is_new: bool


def submit(
    actor: Actor,
    inspection_id: uuid.UUID,
    document: Mapping[str, Any],
    content_text: str,
    content_sha256: str,
    now: datetime,
    *,
    store_code_shown: bool | None = None,
) -> Submitted:
    """Stores a finished report with all that follows from it.

    The same content under the same id again gives the stored one. Raises NotFound for a store that
    is neither in scope nor in a visit of the actor's, IdReused, Validation, IncompleteAnswers.
    """
    known = queries.inspection(inspection_id)
    if known is not None:
        if known.inspector_id == actor.id and known.content_sha256 == content_sha256:
            return Submitted(known, is_new=False)
        raise IdReused("Another report is stored under this id; yours was kept on the phone.")
    visit, visit_unknown = _visit_of(actor, document)
    store = _store_of(actor, document, visit)
    version = _version_of(document)
    content = version.content
    refuse_unknown(content, document["answers"])
    report = counted(content, document, document["on_date"], _own_context(store, document["started_at"]))
    refuse_gaps(report)
    earlier = queries.failed_before(
        store.id, version.checklist_id, document["on_date"], document["submitted_at"]
    )
    result = score(report.content, report.answers, report.on_date, earlier)
    finished = _finished_at(actor, document["submitted_at"], now)
    evidence = photos.evidence_rows(
        _photos_in(report.answers, document),
        store_id=store.id,
        person_id=actor.id,
        now=now,
        inspection_id=inspection_id,
    )
    facts = _visit_facts(actor, visit)
    came = Came(
        inspection_id, actor.id, document, store, now, finished, facts, visit_unknown, store_code_shown
    )
    seen = noticed(came, report, content, evidence)
    found = held_against(seen.flags, visit.kind if visit else None, by_own_people=store.id in actor.store_ids)
    inspection = _inspection(actor, inspection_id, document, store, version, visit, now)
    inspection.status, inspection.flags = first_status(found), found
    inspection.signals = [signal for signal in seen.signals if signal["code"] in found]
    inspection.proof = seen.proof.level
    inspection.proof_facts = seen.proof.as_json()
    _score(inspection, result, report)
    if store_code_shown is not None:
        inspection.score_facts |= {"store_token": store_code_shown}
    inspection.content_text = content_text
    inspection.content_sha256 = content_sha256
    inspection.recheck_visit_id = _recheck(inspection, result, store, visit, now)
    db.session.add(inspection)
    db.session.flush()
    judged = list(report.judged())
    db.session.add_all(_row(inspection_id, answer, judgement) for _, answer, judgement in judged)
    db.session.add_all(evidence)
    tasks.open_rectifications(
        [
            _finding(item, answer, judgement, report.title(item), item["key"] in result.repeats)
            for item, answer, judgement in judged
            if judgement.finding
        ],
        inspection_id=inspection_id,
        checklist_id=inspection.checklist_id,
        checklist_version=inspection.checklist_version,
        store_id=store.id,
        inspector_id=actor.id,
        now=now,
    )
    if visit is not None:
        begun = document["started_at"]
        visits.fulfil(visit, inspection_id, actor.id, now, started_at=begun, finished_at=finished)
    events.record(
        "inspection.submitted",
        "inspection",
        inspection_id,
        at=now,
        actor_id=actor.id,
        store_id=store.id,
        outcome=inspection.outcome,
        flags=inspection.flags,
    )
    return Submitted(inspection, is_new=True)


def _visit_of(actor: Actor, document: Mapping[str, Any]) -> tuple[Visit | None, bool]:
    """The visit that was asked for, and whether the one that was named cannot be used."""
    if document["visit_id"] is None:
        return None, False
    visit = visit_queries.visit_for(actor, document["visit_id"])
    if visit is None or visit.store_id != document["store_id"]:
        return None, True
    return visit, False


def _store_of(actor: Actor, document: Mapping[str, Any], visit: Visit | None) -> Store:
    store = store_queries.store_for(actor, document["store_id"])
    if store is None and visit is not None and visit.assignee_id == actor.id:
        store = store_queries.store(visit.store_id)
    if store is None:
        raise NotFound("There is no such store among yours.")
    return store


def _version_of(document: Mapping[str, Any]) -> ChecklistVersion:
    version = checklist_queries.version(document["checklist_id"], document["checklist_version"])
    if version is None:
        raise Validation(
            errors=[FieldError("/checklist_version", "unknown", "There is no such checklist version.")]
        )
    return version


def _own_context(store: Store, started_at: datetime) -> dict[str, Any]:
    """What the server knows of the store at the beginning of the visit."""
    local = started_at.astimezone(ZoneInfo(store.timezone))
    return context_of(store.type, store.tags, stores.region_codes(store), local)


def _inspection(
    actor: Actor,
    inspection_id: uuid.UUID,
    document: Mapping[str, Any],
    store: Store,
    version: ChecklistVersion,
    visit: Visit | None,
    now: datetime,
) -> Inspection:
    distance = _distance(document, store)
    return Inspection(
        id=inspection_id,
        visit_id=visit.id if visit else None,
        kind=visit.kind if visit else "routine",
        store_id=store.id,
        region_id=store.region_id,
        checklist_id=version.checklist_id,
        checklist_version=version.number,
        inspector_id=actor.id,
        on_date=document["on_date"],
        started_at=document["started_at"],
        submitted_at=document["submitted_at"],
        received_at=now,
        distance_m=None if distance is None else round(distance),
        note=document["note"],
        version=1,
    )


def _score(inspection: Inspection, result: Score, report: Counted) -> None:
    """The score with its facts; among them by what context it was judged."""
    inspection.score = result.score
    inspection.raw_score = result.raw
    inspection.band = result.band
    inspection.outcome = result.outcome
    inspection.ranked = result.ranked
    inspection.findings = len(result.findings)
    inspection.score_facts = result.as_json() | {"context": report.context}


def _finished_at(actor: Actor, submitted_at: datetime, now: datetime) -> datetime:
    began = lateness.run_began(now)
    heard = accounts.last_contact(actor.session_id, began) if actor.session_id else None
    return lateness.finished_at(submitted_at, now, heard)


def _recheck(
    inspection: Inspection, result: Score, store: Store, visit: Visit | None, now: datetime
) -> uuid.UUID | None:
    asked = Asked(inspection.id, inspection.checklist_id, result.band, bool(result.redline_failed))
    return rechecks.open_recheck(asked, store, visit, now)


def _visit_facts(actor: Actor, visit: Visit | None) -> VisitFacts | None:
    if visit is None:
        return None
    return VisitFacts(visit.due_at, visit.state, visit.assignee_id == actor.id)


def _distance(document: Mapping[str, Any], store: Store) -> float | None:
    at = position_of(document)
    return None if at is None else stores.distance_to_store(store, at.latitude, at.longitude)


def _row(inspection_id: uuid.UUID, answer: Mapping[str, Any], judgement: Judgement) -> Answer:
    return Answer(
        inspection_id=inspection_id,
        item_key=answer["item_key"],
        result=judgement.result,
        finding=judgement.finding,
        warning=judgement.warning,
        earned=None if judgement.earned is None else round(judgement.earned, PARTIAL_STEP),
        max=judgement.max,
        value=None if answer["value"] is None else json.dumps(answer["value"], ensure_ascii=False),
        note=answer["note"],
        reason=answer["reason"],
        fixed_on_spot=answer["fixed_on_spot"],
        answered_at=answer["answered_at"],
        changed_at=answer["changed_at"],
    )


def _photos_in(
    answers: Sequence[Mapping[str, Any]], document: Mapping[str, Any]
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for answer in answers:
        for photo in answer["photos"]:
            yield answer["item_key"], "answer", photo
        for photo in answer["fix_photos"]:
            yield answer["item_key"], "fix", photo
    yield from signoff.photos_in(document)


def _finding(
    item: Mapping[str, Any],
    answer: Mapping[str, Any],
    judgement: Judgement,
    title: Mapping[str, str],
    repeated: bool,
) -> Finding:
    return Finding(
        item_key=item["key"],
        title=title,
        guide=item.get("guide"),
        flag=item["flag"],
        fix_hours=item["fix_hours"],
        owner_role=item.get("owner_role"),
        repeated=repeated,
        needs_photo=True,
        result=judgement.result,
        value=answer["value"],
        note=answer["note"],
        photos=answer["photos"],
        fixed_on_spot=answer["fixed_on_spot"],
        fix_photos=answer["fix_photos"],
    )
