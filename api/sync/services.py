"""The feed of changes: ordered, resumable, scoped, with removals, and never skipping a row."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.pagination import bad_cursor
from api.events import queries as event_queries
from api.events import services as events
from api.inspections import queries as inspections
from api.photos import queries as photos
from api.sync import queries
from api.sync.cursor import KINDS, Cursor, read, scope_mark

_MOVES = ("store.moved",)
_AT_THE_DESK = frozenset({"checklist.created", "checklist.drafted", "checklist.draft_discarded"})


def changes(actor: Actor, cursor: str | None, limit: int, now: datetime) -> dict[str, Any]:
    """The next page for this person (domain rules 9.5). Raises Validation for a foreign cursor."""
    ids = [*actor.region_ids, *actor.store_ids]
    scope = scope_mark(actor.role, ids, event_queries.last_of_kinds(_MOVES))
    at = read(cursor) if cursor else Cursor(events.last_seq(), scope, phase=0)
    if at.scope != scope or at.seq > events.last_seq():
        return {"items": [], "next": "", "more": True, "snapshot": False, "reset": True} | _server(now)
    page = _snapshot(actor, at, limit, now) if at.phase is not None else _facts(actor, at, limit)
    return page | {"reset": False} | _server(now)


def _server(now: datetime) -> dict[str, Any]:
    return {"server_time": now, "server_epoch": events.server_epoch()}


def _snapshot(actor: Actor, at: Cursor, limit: int, now: datetime) -> dict[str, Any]:
    assert at.phase is not None
    kind = KINDS[at.phase]
    rows = queries.snapshot(actor, kind, _id(at.last) if at.last else None, limit, now)
    items = [_put(kind, row) for row in rows]
    if len(rows) == limit:
        following = Cursor(at.seq, at.scope, at.phase, str(rows[-1]["id"]))
    elif at.phase + 1 < len(KINDS):
        following = Cursor(at.seq, at.scope, at.phase + 1)
    else:
        following = Cursor(at.seq, at.scope)
    return {
        "items": items,
        "next": following.text(),
        "more": following.phase is not None,
        "snapshot": True,
    }


def _facts(actor: Actor, at: Cursor, limit: int) -> dict[str, Any]:
    facts = event_queries.after(at.seq, limit)
    touched: dict[str, dict[uuid.UUID, uuid.UUID | None]] = {}
    for fact in facts:
        if fact.entity_type in KINDS and fact.kind not in _AT_THE_DESK:
            touched.setdefault(fact.entity_type, {})[fact.entity_id] = fact.store_id
    mine = queries.visible_among(
        actor, {place for rows in touched.values() for place in rows.values() if place}
    )
    items: list[dict[str, Any]] = []
    for kind in KINDS:
        ids = list(touched.get(kind, {}))
        seen = queries.present(actor, kind, ids) if ids else {}
        # What lies in a store that was never in sight is not even worth a removal.
        gone = [i for i in ids if i not in seen and touched[kind][i] in mine | {None}]
        items += [_put(kind, seen[i]) for i in ids if i in seen] + [_remove(kind, i) for i in gone]
    last = facts[-1].seq if facts else at.seq
    return {
        "items": items,
        "next": Cursor(last, at.scope).text(),
        "more": len(facts) == limit,
        "snapshot": False,
    }


def _put(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": kind, "id": row["id"], "op": "put", "data": row}


def _remove(kind: str, row_id: uuid.UUID) -> dict[str, Any]:
    return {"type": kind, "id": row_id, "op": "remove", "data": None}


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise bad_cursor() from None


def have(actor: Actor, asked: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """For each thing the phone once sent: is it here, the same, or gone?

    Reports are asked for by id with the hash of their content, photos with their hash as id.
    """
    reports = [uuid.UUID(a["id"]) for a in asked if len(a["id"]) == 36]
    known = {str(i): sha for i, sha in inspections.inspections_of(actor.id, reports).items()}
    pictures = [a["id"] for a in asked if len(a["id"]) == 64]
    sent = photos.sent_by(actor.id, pictures) & photos.stored_among(pictures)
    known |= {sha: sha for sha in sent}
    return [{"id": a["id"], "state": _state(known.get(a["id"]), a["sha256"])} for a in asked]


def _state(known: str | None, asked: str) -> str:
    if known is None:
        return "missing"
    return "same" if known == asked else "different"
