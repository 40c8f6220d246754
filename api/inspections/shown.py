"""Reports as JSON shows them, in lists, wholly, and in the feed."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from api.accounts import queries as accounts
from api.accounts.types import Actor
from api.checklists import queries as checklists
from api.inspections import queries, signoff
from api.inspections.models import Inspection
from api.inspections.signals_shown import may_see, signals_shown
from api.photos import queries as photos
from api.photos.models import Evidence
from api.stores import queries as stores
from api.tasks import queries as tasks

_PLAIN = (
    "id",
    "store_id",
    "visit_id",
    "kind",
    "checklist_id",
    "checklist_version",
    "status",
    "score",
    "raw_score",
    "band",
    "outcome",
    "findings",
    "started_at",
    "submitted_at",
    "received_at",
    "flags",
    "proof",
    "version",
)


def summaries(inspections: Sequence[Inspection]) -> list[dict[str, Any]]:
    """Reports for a list."""
    names = accounts.names([i.inspector_id for i in inspections])
    places = stores.stores_by_id(i.store_id for i in inspections)
    lists = checklists.checklists_by_id(i.checklist_id for i in inspections)
    counts = photos.counts_of_inspections([i.id for i in inspections])
    return [
        {name: getattr(i, name) for name in _PLAIN}
        | {
            "store_name": places[i.store_id].name,
            "checklist_name": lists[i.checklist_id].name,
            "failed_items": i.score_facts["findings"],
            "inspector": {"id": i.inspector_id, "name": names.get(i.inspector_id, "")},
            "evidence": dict(zip(("listed", "stored"), counts.get(i.id, (0, 0)), strict=True)),
        }
        for i in inspections
    ]


def missing_photos(inspection: Inspection) -> list[str]:
    """The listed photos that their sender has not delivered yet, in the order of the list."""
    listed = list(dict.fromkeys(e.sha256 for e in photos.evidence_of_inspections([inspection.id])))
    sent = photos.sent_by(inspection.inspector_id, listed)
    return [sha256 for sha256 in listed if sha256 not in sent]


def receipt(inspection: Inspection, server_epoch: str) -> dict[str, Any]:
    """What the phone needs to know that its report is safe."""
    return {
        "id": inspection.id,
        "content_sha256": inspection.content_sha256,
        "received_at": inspection.received_at,
        "server_epoch": server_epoch,
        "status": inspection.status,
        "score": inspection.score,
        "raw_score": inspection.raw_score,
        "band": inspection.band,
        "outcome": inspection.outcome,
        "missing_photos": missing_photos(inspection),
        "task_ids": tasks.ids_of_inspection(inspection.id),
        "flags": inspection.flags,
        "recheck_visit_id": inspection.recheck_visit_id,
    }


def wholly(inspection: Inspection, actor: Actor) -> dict[str, Any]:
    """A report with answers, photos and the score's trace; to reviewers also why its flags are up."""
    document = json.loads(inspection.content_text)
    evidence = photos.evidence_of_inspections([inspection.id])
    return summaries([inspection])[0] | {
        "note": inspection.note,
        "on_date": inspection.on_date,
        "distance_m": inspection.distance_m,
        "check_in": check_in_shown(document["check_in"]),
        "store_token": inspection.score_facts.get("store_token"),
        "sign_off": document.get("sign_off"),
        "history": history(inspection.id),
        "check_out": document.get("check_out"),
        "signals": signals_shown(inspection, actor),
        "proof_facts": inspection.proof_facts if may_see(inspection, actor) else None,
        "content_sha256": inspection.content_sha256,
        "score_facts": inspection.score_facts,
        "context": context_of_report(document, inspection),
        "rounds": document.get("rounds") or {},
        "answers": _answers(inspection.id, evidence, _drawings(document)),
        "missing_photos": missing_photos(inspection),
        "task_ids": tasks.ids_of_inspection(inspection.id),
    }


def context_of_report(document: Mapping[str, Any], inspection: Inspection) -> Any:
    """What was known of the store: by the phone, else by the server then; None in old reports."""
    return document.get("context") or inspection.score_facts.get("context")


def check_in_shown(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The check-in without the store's code, which is not for everybody who reads the report."""
    return None if given is None else {name: value for name, value in given.items() if name != "store_token"}


def history(inspection_id: uuid.UUID) -> list[dict[str, Any]]:
    """What became of a report since it arrived, in order."""
    steps = queries.history_of(inspection_id)
    names = accounts.names([step.actor_id for step in steps])
    return [
        {
            "id": step.id,
            "action": signoff.read(step.action)[0],
            "outcome": signoff.read(step.action)[1],
            "from_": step.from_state,
            "to": step.to_state,
            "actor": {"id": step.actor_id, "name": names.get(step.actor_id, "")},
            "at": step.at,
            "note": step.reason,
        }
        for step in steps
    ]


def _drawings(document: Mapping[str, Any]) -> dict[str, str]:
    """The original of each marked photo, by the photo's id; evidence has no place for it."""
    photos = [p for a in document["answers"] for p in [*a.get("photos", ()), *a.get("fix_photos", ())]]
    return {photo["id"]: photo["marks_of"] for photo in photos if photo.get("marks_of")}


def _answers(
    inspection_id: uuid.UUID, evidence: Sequence[Evidence], drawings: Mapping[str, str]
) -> list[dict[str, Any]]:
    shown = []
    for answer in queries.answers_of(inspection_id):
        mine = [e for e in evidence if e.item_key == answer.item_key]
        shown.append(
            {
                name: getattr(answer, name)
                for name in (
                    "item_key",
                    "result",
                    "finding",
                    "warning",
                    "earned",
                    "max",
                    "note",
                    "reason",
                    "fixed_on_spot",
                    "answered_at",
                    "changed_at",
                )
            }
            | {
                "value": None if answer.value is None else json.loads(answer.value),
                "photos": [_photo(e, drawings) for e in mine if e.slot == "answer"],
                "fix_photos": [_photo(e, drawings) for e in mine if e.slot == "fix"],
            }
        )
    return shown


def _photo(row: Evidence, drawings: Mapping[str, str]) -> dict[str, Any]:
    names = ("sha256", "bytes", "width", "height", "taken_at", "source", "latitude", "longitude", "accuracy")
    facts = {"id": row.photo_id, "marks_of": drawings.get(str(row.photo_id))}
    return facts | {name: getattr(row, name) for name in names}
