"""Every SELECT of a rehearsal: rows by lots, and no more of a row than is needed."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from api.checklists.models import ChecklistVersion
from api.core.db import db
from api.inspections.models import Answer, Inspection
from api.rehearsals.mapping import END, STEP
from api.rehearsals.types import Past, Standing
from api.stores.models import Store

Surroundings = tuple[Mapping[str, Any] | None, Mapping[str, Sequence[str]]]


def newest(checklist_id: uuid.UUID, last: int) -> list[Past]:
    """The last inspections of a checklist that were not voided, the newest first."""
    query = (
        sa.select(
            Inspection.id,
            Inspection.store_id,
            Inspection.checklist_version,
            Inspection.on_date,
            Inspection.started_at,
            sa.type_coerce(Inspection.score, sa.Integer),
            Inspection.band,
            Inspection.outcome,
        )
        .where(Inspection.checklist_id == checklist_id, Inspection.status != "voided")
        .order_by(Inspection.received_at.desc(), Inspection.id.desc())
        .limit(last)
    )
    return [Past(*row[:5], Standing(*row[5:])) for row in db.session.execute(query)]


def versions(checklist_id: uuid.UUID, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The contents of these versions."""
    query = sa.select(ChecklistVersion.number, ChecklistVersion.content_text).where(
        ChecklistVersion.checklist_id == checklist_id, ChecklistVersion.number.in_(sorted(set(numbers)))
    )
    return {number: json.loads(text) for number, text in db.session.execute(query)}


def answers(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """All answers of each inspection in one text, which is several times quicker than a row for each."""
    piece = Answer.item_key + STEP + Answer.result + STEP + sa.func.coalesce(Answer.value, "")
    query = (
        sa.select(Answer.inspection_id, sa.func.aggregate_strings(piece, END))
        .where(Answer.inspection_id.in_(ids))
        .group_by(Answer.inspection_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def surroundings(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Surroundings]:
    """What the phone told of the store at each visit, if anything, and the rounds that were walked."""
    query = sa.select(Inspection.id, Inspection.content_text).where(Inspection.id.in_(ids))
    documents = ((row[0], json.loads(row[1])) for row in db.session.execute(query))
    return {id_: (document.get("context"), document.get("rounds") or {}) for id_, document in documents}


def contexts_by_server(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mapping[str, Any]]:
    """What the server knew of the store, where it was judged by that."""
    query = sa.select(Inspection.id, Inspection.score_facts).where(Inspection.id.in_(ids))
    known = ((row[0], row[1].get("context")) for row in db.session.execute(query))
    return {id_: context for id_, context in known if context}


def store_names(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """Both names of these stores."""
    query = sa.select(Store.id, Store.name_zh, Store.name_en).where(Store.id.in_(ids))
    return {row.id: {"zh": row.name_zh, "en": row.name_en} for row in db.session.execute(query)}
