"""Complaints that are taken over from outside; they make a store more urgent (priority.py)."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.ids import new_id
from api.core.tables import MAX_FAULTS, BadTable, RowError
from api.events import services as events
from api.plans.complaint_csv import ComplaintRow
from api.plans.models import Complaint
from api.stores import queries as store_queries
from api.stores.models import Store

_AT_ONCE = 500


def take(rows: Sequence[ComplaintRow], actor: Actor | None, now: datetime) -> dict[str, Any]:
    """Adds and changes complaints: {rows, created, changed, unchanged}. The same rows twice change nothing.

    Raises BadTable naming the rows whose store there is not.
    """
    stores = store_queries.stores_coded(list({row.store for row in rows}))
    unknown = [
        RowError(row.line, "store", "unknown", f"There is no store {row.store}.")
        for row in rows
        if row.store not in stores
    ]
    if unknown:
        raise BadTable(unknown[:MAX_FAULTS])
    known = _known([row.reference for row in rows])
    new, changed = [], 0
    for row in rows:
        about = _about(row, stores)
        complaint = known.get(row.reference)
        if complaint is None:
            new.append(about | {"id": new_id(), "reference": row.reference, "created_at": now})
        elif any(getattr(complaint, name) != value for name, value in about.items()):
            changed += 1
            for name, value in about.items():
                setattr(complaint, name, value)
    if new:
        db.session.execute(sa.insert(Complaint), new)
    report: dict[str, Any] = {"rows": len(rows), "created": len(new), "changed": changed}
    if new or changed:
        actor_id = actor.id if actor else None
        events.record("complaints.imported", "complaints", new_id(), at=now, actor_id=actor_id, **report)
    return report | {"unchanged": len(rows) - len(new) - changed}


def _about(row: ComplaintRow, stores: Mapping[str, Store]) -> dict[str, Any]:
    store_id: uuid.UUID = stores[row.store].id
    return {"store_id": store_id, "on_date": row.on_date, "kind": row.kind, "note": row.note}


def _known(references: Sequence[str]) -> dict[str, Complaint]:
    found: dict[str, Complaint] = {}
    for start in range(0, len(references), _AT_ONCE):
        part = references[start : start + _AT_ONCE]
        rows = db.session.execute(sa.select(Complaint).where(Complaint.reference.in_(part))).scalars()
        found |= {row.reference: row for row in rows}
    return found
