"""The deeds about checklists: begin, change the draft, publish, adopt from outside."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.checklists import queries
from api.checklists.content import faults_in, with_defaults
from api.checklists.drafts import ChecklistDraft
from api.checklists.models import Checklist, ChecklistVersion
from api.core.db import db
from api.core.errors import AlreadyExists, FieldError, NotFound, StaleVersion, Validation, WrongState
from api.core.ids import new_id
from api.events import services as events


def create(
    *,
    code: str,
    name: Mapping[str, str],
    kind: str,
    content: Mapping[str, Any] | None,
    actor: Actor | None,
    now: datetime,
) -> Checklist:
    """Begins a checklist with a draft or without. Raises AlreadyExists, Validation."""
    if queries.checklist_coded(code) is not None:
        raise AlreadyExists(errors=[FieldError("/code", "taken", "This code is taken.")])
    checklist = Checklist(
        id=new_id(),
        code=code,
        name_zh=name["zh"],
        name_en=name["en"],
        kind=kind,
        draft=_draft_text(content) if content is not None else None,
        draft_revision=1,
        published_version=None,
        created_at=now,
        updated_at=now,
    )
    db.session.add(checklist)
    db.session.flush()
    _record("checklist.created", checklist, actor, now)
    return checklist


def save_draft(actor: Actor, checklist_id: uuid.UUID, given: Mapping[str, Any], now: datetime) -> Checklist:
    """Replaces the draft. Raises NotFound, StaleVersion, Validation (shape alone, so that work in
    progress can be kept only when it is at least readable)."""
    checklist = _found(checklist_id, given["revision"])
    checklist.draft = _draft_text(given["content"])
    if given.get("name"):
        checklist.name_zh, checklist.name_en = given["name"]["zh"], given["name"]["en"]
    if given.get("kind") is not None:
        checklist.kind = given["kind"]
    checklist.updated_at = now
    db.session.flush()
    _record("checklist.drafted", checklist, actor, now)
    return checklist


def publish(actor: Actor | None, checklist_id: uuid.UUID, revision: int, now: datetime) -> ChecklistVersion:
    """Freezes the draft as the next version. Raises NotFound, StaleVersion, WrongState, Validation."""
    checklist = _found(checklist_id, revision)
    if checklist.draft is None:
        raise WrongState("There is no draft to publish.")
    text = checklist.draft
    version = ChecklistVersion(
        id=new_id(),
        checklist_id=checklist.id,
        number=(checklist.published_version or 0) + 1,
        name_zh=checklist.name_zh,
        name_en=checklist.name_en,
        content_text=text,
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_at=now,
        published_by=actor.id if actor else None,
    )
    db.session.add(version)
    checklist.published_version = version.number
    checklist.draft = None
    checklist.updated_at = now
    db.session.flush()
    _record("checklist.published", checklist, actor, now, number=version.number)
    return version


def adopt(
    drafts: Sequence[ChecklistDraft], *, actor: Actor | None, now: datetime
) -> tuple[list[Checklist], int]:
    """Takes checklists over from a file and publishes them; one that is the same changes nothing.

    Returns the checklists and how many versions were published.
    """
    taken: list[Checklist] = []
    published = 0
    for draft in drafts:
        checklist = queries.checklist_coded(draft.code)
        if checklist is None:
            checklist = create(
                code=draft.code, name=draft.name, kind=draft.kind, content=draft.content, actor=actor, now=now
            )
        elif _is_current(checklist, draft):
            taken.append(checklist)
            continue
        else:
            checklist.draft = _draft_text(draft.content)
            checklist.name_zh, checklist.name_en = draft.name["zh"], draft.name["en"]
            db.session.flush()
        publish(actor, checklist.id, checklist.draft_revision, now)
        published += 1
        taken.append(checklist)
    return taken, published


def _is_current(checklist: Checklist, draft: ChecklistDraft) -> bool:
    version = queries.published([checklist]).get(checklist.id)
    return (
        version is not None
        and version.content_text == _draft_text(draft.content)
        and version.name == {"zh": draft.name["zh"], "en": draft.name["en"]}
    )


def _draft_text(content: Mapping[str, Any]) -> str:
    faults = faults_in(content)
    if faults:
        raise Validation(errors=[FieldError("/content" + f.pointer, f.code, f.message) for f in faults[:200]])
    return json.dumps(with_defaults(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _found(checklist_id: uuid.UUID, revision: int) -> Checklist:
    checklist = queries.checklist(checklist_id)
    if checklist is None:
        raise NotFound()
    if checklist.draft_revision != revision:
        raise StaleVersion(extras={"current": {"draft_revision": checklist.draft_revision}})
    return checklist


def _record(kind: str, checklist: Checklist, actor: Actor | None, now: datetime, **data: Any) -> None:
    actor_id = actor.id if actor else None
    events.record(kind, "checklist", checklist.id, at=now, actor_id=actor_id, code=checklist.code, **data)
