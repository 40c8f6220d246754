"""The deeds about checklists: begin, change the draft, publish, retire, copy, take over from outside.

A draft may be kept with faults, so that unfinished work is never lost; a version never has any, and
never changes.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts import policy
from api.accounts.types import Actor
from api.checklists import queries
from api.checklists.content import faults_in, readable
from api.checklists.content_defaults import with_defaults
from api.checklists.drafts import ChecklistDraft
from api.checklists.editions import refuse_faults
from api.checklists.models import Checklist, ChecklistVersion
from api.core.db import db
from api.core.errors import (
    AlreadyExists,
    FieldError,
    NotFound,
    StaleVersion,
    TooLarge,
    Validation,
    WrongState,
)
from api.core.ids import new_id
from api.events import services as events

MAX_DRAFT = 1_000_000
_EMPTY: Mapping[str, Any] = {"scoring": {}, "sections": []}


def visible(actor: Actor, checklist_id: uuid.UUID) -> Checklist:
    """A checklist; one that was never published only for those who write. Raises NotFound."""
    found = queries.checklist(checklist_id)
    writer = policy.may(actor.role, "checklists.write")
    if found is None or (found.published_version is None and not writer):
        raise NotFound()
    return found


def create(
    *,
    code: str,
    name: Mapping[str, str],
    kind: str,
    content: Mapping[str, Any] | None,
    actor: Actor | None,
    now: datetime,
) -> Checklist:
    """Begins a checklist; without content its draft has no sections yet.

    Raises AlreadyExists, and Validation for a content with faults.
    """
    if content is not None:
        refuse_faults(content)
    return _begin(code, name, kind, _draft_text(_EMPTY if content is None else content), actor, now)


def copy(
    actor: Actor, checklist_id: uuid.UUID, *, code: str, name: Mapping[str, str], now: datetime
) -> Checklist:
    """A new checklist whose draft is this one's draft, else its newest version.

    Raises NotFound, AlreadyExists.
    """
    original = queries.checklist(checklist_id)
    if original is None:
        raise NotFound()
    version = queries.published([original]).get(original.id)
    text = original.draft or (version.content_text if version else _text(_EMPTY))
    return _begin(code, name, original.kind, text, actor, now, copied_from=original.code)


def save_draft(actor: Actor, checklist_id: uuid.UUID, given: Mapping[str, Any], now: datetime) -> Checklist:
    """Replaces the draft, which may have faults. Raises NotFound, StaleVersion, TooLarge, and
    Validation for what is not even a list of sections with lists of items."""
    checklist = _found(checklist_id, given["revision"])
    checklist.draft = _draft_text(given["content"])
    if given.get("name"):
        checklist.name_zh, checklist.name_en = given["name"]["zh"], given["name"]["en"]
    if given.get("kind") is not None:
        checklist.kind = given["kind"]
    return _changed("checklist.drafted", checklist, actor, now)


def discard_draft(actor: Actor, checklist_id: uuid.UUID, revision: int, now: datetime) -> Checklist:
    """Throws the draft away, so that the newest version is what there is.

    Raises NotFound, StaleVersion, WrongState when nothing was published or there is no draft.
    """
    checklist = _found(checklist_id, revision)
    if checklist.draft is None:
        raise WrongState("There is no draft.")
    if checklist.published_version is None:
        raise WrongState("Nothing is published yet; the draft is all there is.")
    checklist.draft = None
    checklist.name_zh, checklist.name_en = _published_name(checklist)
    return _changed("checklist.draft_discarded", checklist, actor, now)


def _published_name(checklist: Checklist) -> tuple[str, str]:
    version = queries.published([checklist])[checklist.id]
    return version.name_zh, version.name_en


def publish(actor: Actor | None, checklist_id: uuid.UUID, revision: int, now: datetime) -> ChecklistVersion:
    """Freezes the draft as the next version. Raises NotFound, StaleVersion, WrongState, Validation."""
    checklist = _found(checklist_id, revision)
    draft = checklist.draft_content
    if draft is None:
        raise WrongState("There is no draft to publish.")
    refuse_faults(draft)
    text = _text(with_defaults(draft))
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
    _changed("checklist.published", checklist, actor, now, number=version.number)
    return version


def retire(actor: Actor, checklist_id: uuid.UUID, revision: int, now: datetime) -> Checklist:
    """Ends the planning of new visits by it; reports that are under way still come in.

    Raises NotFound, StaleVersion, WrongState.
    """
    checklist = _found(checklist_id, revision)
    if checklist.retired_at is not None:
        raise WrongState("This checklist is retired already.")
    checklist.retired_at = now
    return _changed("checklist.retired", checklist, actor, now)


def restore(actor: Actor, checklist_id: uuid.UUID, revision: int, now: datetime) -> Checklist:
    """Takes a retired checklist back into use. Raises NotFound, StaleVersion, WrongState."""
    checklist = _found(checklist_id, revision)
    if checklist.retired_at is None:
        raise WrongState("This checklist is not retired.")
    checklist.retired_at = None
    return _changed("checklist.restored", checklist, actor, now)


def left_behind(checklist: Checklist, now: datetime) -> None:
    """The last open visit by a retired checklist has ended: it leaves the phones."""
    _record("checklist.left_phones", checklist, None, now)


def adopt(
    drafts: Sequence[ChecklistDraft], *, actor: Actor | None, now: datetime
) -> tuple[list[Checklist], int]:
    """Takes checklists over from a file and publishes them; one that is the same changes nothing.

    Returns the checklists and how many versions were published. Raises Validation.
    """
    taken: list[Checklist] = []
    published = 0
    for draft in drafts:
        refuse_faults(draft.content)
        checklist = queries.checklist_coded(draft.code)
        if checklist is None or not _says_the_same(checklist, draft):
            checklist = _drafted(checklist, draft, actor, now)
            publish(actor, checklist.id, checklist.draft_revision, now)
            published += 1
        taken.append(checklist)
    return taken, published


def adopt_new(draft: ChecklistDraft, *, actor: Actor, now: datetime) -> Checklist:
    """Takes over a checklist that is not here yet and publishes it. Raises AlreadyExists."""
    checklist = create(
        code=draft.code, name=draft.name, kind=draft.kind, content=draft.content, actor=actor, now=now
    )
    publish(actor, checklist.id, checklist.draft_revision, now)
    return checklist


def revisions(codes: Sequence[str]) -> dict[str, int]:
    """Code → revision of those of these checklists that are here."""
    return queries.revisions(codes)


def leave_drafts(
    drafts: Sequence[ChecklistDraft], *, actor: Actor | None, now: datetime
) -> tuple[list[Checklist], int]:
    """Takes checklists over from a file as drafts, which may have faults; nothing is published.

    A draft that was there is replaced. Returns the checklists and how many of them changed. Raises
    TooLarge, Validation.
    """
    taken: list[Checklist] = []
    changed = 0
    for draft in drafts:
        checklist = queries.checklist_coded(draft.code)
        if checklist is None or not _is_left(checklist, draft):
            checklist = _drafted(checklist, draft, actor, now)
            changed += 1
        taken.append(checklist)
    return taken, changed


def _is_left(checklist: Checklist, draft: ChecklistDraft) -> bool:
    if checklist.draft is None:
        return not faults_in(draft.content) and _says_the_same(checklist, draft)
    return checklist.draft == _draft_text(draft.content) and _is_called(checklist, draft)


def _is_called(checklist: Checklist, draft: ChecklistDraft) -> bool:
    return checklist.name == dict(draft.name) and checklist.kind == draft.kind


def _drafted(
    checklist: Checklist | None, draft: ChecklistDraft, actor: Actor | None, now: datetime
) -> Checklist:
    text = _draft_text(draft.content)
    if checklist is None:
        return _begin(draft.code, draft.name, draft.kind, text, actor, now)
    checklist.draft = text
    checklist.name_zh, checklist.name_en = draft.name["zh"], draft.name["en"]
    checklist.kind = draft.kind
    return _changed("checklist.drafted", checklist, actor, now)


def _says_the_same(checklist: Checklist, draft: ChecklistDraft) -> bool:
    """True when the newest version has this name, kind and content; the content must have no faults."""
    version = queries.published([checklist]).get(checklist.id)
    return (
        version is not None
        and checklist.kind == draft.kind
        and version.name == {"zh": draft.name["zh"], "en": draft.name["en"]}
        and version.content == json.loads(_text(with_defaults(draft.content)))
    )


def _begin(
    code: str,
    name: Mapping[str, str],
    kind: str,
    draft: str,
    actor: Actor | None,
    now: datetime,
    **data: Any,
) -> Checklist:
    if queries.checklist_coded(code) is not None:
        raise AlreadyExists(errors=[FieldError("/code", "taken", "This code is taken.")])
    checklist = Checklist(
        id=new_id(),
        code=code,
        name_zh=name["zh"],
        name_en=name["en"],
        kind=kind,
        draft=draft,
        draft_revision=1,
        published_version=None,
        retired_at=None,
        created_at=now,
        updated_at=now,
    )
    db.session.add(checklist)
    db.session.flush()
    _record("checklist.created", checklist, actor, now, **data)
    return checklist


def _draft_text(content: Any) -> str:
    """The text to keep: filled in when it has no faults, else just as it came."""
    faults = readable(content)
    if faults:
        raise Validation(errors=[FieldError("/content" + f.pointer, f.code, f.message) for f in faults[:200]])
    text = _text(content if faults_in(content) else with_defaults(content))
    if len(text.encode()) > MAX_DRAFT:
        raise TooLarge(f"A checklist has at most {MAX_DRAFT:,} bytes.")
    return text


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _found(checklist_id: uuid.UUID, revision: int) -> Checklist:
    checklist = queries.checklist(checklist_id)
    if checklist is None:
        raise NotFound()
    if checklist.draft_revision != revision:
        raise StaleVersion(extras={"current": {"draft_revision": checklist.draft_revision}})
    return checklist


def _changed(kind: str, checklist: Checklist, actor: Actor | None, now: datetime, **data: Any) -> Checklist:
    checklist.updated_at = now
    db.session.flush()
    _record(kind, checklist, actor, now, **data)
    return checklist


def _record(kind: str, checklist: Checklist, actor: Actor | None, now: datetime, **data: Any) -> None:
    actor_id = actor.id if actor else None
    events.record(kind, "checklist", checklist.id, at=now, actor_id=actor_id, code=checklist.code, **data)
