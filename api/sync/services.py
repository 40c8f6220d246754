"""The feed of changes: ordered, resumable, scoped, with removals, and never skipping a row."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.pagination import bad_cursor
from api.events import queries as event_queries
from api.events import services as events
from api.events.models import Event
from api.inspections import queries as inspections
from api.photos import queries as photos
from api.sync import queries
from api.sync.cursor import KINDS, Cursor, read, scope_mark
from api.tasks import queries as tasks

_MOVES = ("store.moved",)
_MANY = {"visits": "visit"}
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
    read_on = event_queries.after(at.seq, limit)
    facts, touched = _touched(read_on, limit)
    mine = queries.visible_among(
        actor, {where.store_id for rows in touched.values() for where in rows.values() if where.store_id}
    )
    items: list[dict[str, Any]] = []
    for kind in KINDS:
        ids = list(touched.get(kind, {}))
        seen = queries.present(actor, kind, ids) if ids else {}
        # What lies in a store that was never in sight is not even worth a removal.
        gone = [i for i in ids if i not in seen and touched[kind][i].was_seen_by(actor, mine)]
        items += [_put(kind, seen[i]) for i in ids if i in seen] + [_remove(kind, i) for i in gone]
    last = facts[-1].seq if facts else at.seq
    return {
        "items": items,
        "next": Cursor(last, at.scope).text(),
        "more": len(read_on) == limit or len(facts) < len(read_on),
        "snapshot": False,
    }


@dataclass
class _Where:
    """In which store a thing lies, and who had it until now."""

    store_id: uuid.UUID | None
    left: set[str]

    def was_seen_by(self, actor: Actor, mine: Collection[uuid.UUID]) -> bool:
        """True when it may lie on this person's phone."""
        return self.store_id is None or self.store_id in mine or str(actor.id) in self.left


def _touched(
    facts: Sequence[Event], limit: int
) -> tuple[Sequence[Event], dict[str, dict[uuid.UUID, _Where]]]:
    """What the facts are about, by kind; of facts about many things at once no more than fit a page."""
    touched: dict[str, dict[uuid.UUID, _Where]] = {}
    count = 0
    for place, fact in enumerate(facts):
        kind = _MANY.get(fact.entity_type, fact.entity_type)
        if kind not in KINDS or fact.kind in _AT_THE_DESK:
            continue
        ids = [fact.entity_id] if kind == fact.entity_type else [uuid.UUID(i) for i in fact.data["ids"]]
        if count and count + len(ids) > limit:
            return facts[:place], touched
        count += len(ids)
        for one in ids:
            where = touched.setdefault(kind, {}).setdefault(one, _Where(fact.store_id, set()))
            where.store_id = fact.store_id
            where.left |= set(fact.data.get("left", ()))
    return facts, touched


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

    Reports and steps on tasks are asked for by id with the hash of their content, photos with their
    hash as id.
    """
    ids = [uuid.UUID(a["id"]) for a in asked if len(a["id"]) == 36]
    reports, steps = inspections.inspections_of(actor.id, ids), tasks.steps_of(actor.id, ids)
    known: dict[str, str | None] = {str(i): sha for i, sha in (reports | steps).items()}
    pictures = [a["id"] for a in asked if len(a["id"]) == 64]
    sent = photos.sent_by(actor.id, pictures) & photos.stored_among(pictures)
    known |= {sha: sha for sha in sent}
    return [{"id": a["id"], "state": _state(known.get(a["id"]), a["sha256"])} for a in asked]


def _state(known: str | None, asked: str) -> str:
    if known is None:
        return "missing"
    return "same" if known == asked else "different"
