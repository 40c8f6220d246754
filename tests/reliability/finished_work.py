"""Finished reports on a phone, and whether the server has them."""

import hashlib
import json

import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.inspections.models import Inspection
from tests.reliability.conftest import House
from tests.reliability.handset import Handset, Row, draft_row
from tests.support.company import picture

PHOTOS_EACH = 3


def finished(house: House, owner: str, visit: Row, pictures: dict[str, bytes]) -> Row:
    """A finished report in the outbox, as the app makes it of a draft."""
    draft = draft_row(house.company, owner, visit, list(pictures.values()))
    told = ("visit_id", "store_id", "checklist_id", "checklist_version", "started_at", "on_date", "check_in")
    document = {name: draft[name] for name in (*told, "note", "context", "rounds")}
    document |= {
        "submitted_at": "2026-11-25T01:20:00.000Z",
        "device": {"id": "phone", "app_version": "test"},
        "answers": list(draft["answers"].values()),
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    about = {
        "label": draft["checklist_name"],
        "store_name": draft["store_name"],
        "visit_id": draft["visit_id"],
    }
    return entry(owner, "inspection", draft["id"], body, list(pictures)) | about


def started(handset: Handset, task: Row) -> Row:
    """The first step on a task in the outbox, as the app makes it."""
    owner = str(handset.meta("owner"))
    step = {
        "action": "start",
        "version": task["version"],
        "note": "",
        "photos": [],
        "device_at": "2026-11-25T01:30:00.000Z",
        "assignee_id": None,
    }
    about = {
        "task_id": task["id"],
        "action": "start",
        "label": task["title"],
        "store_name": task["store_name"],
    }
    return entry(owner, "task_step", str(new_id()), json.dumps(step), []) | about


def entry(owner: str, kind: str, entry_id: str, body: str, photos: list[str]) -> Row:
    """Something that waits, as the app notes it."""
    return {
        "id": entry_id,
        "user_id": owner,
        "kind": kind,
        "state": "waiting",
        "visit_id": None,
        "task_id": None,
        "action": None,
        "body": body,
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
        "photos": photos,
        "photos_total": len(photos),
        "receipt": None,
        "delivered": False,
        "created_at": "2026-11-25T01:20:00.000Z",
        "attempts": 0,
        "next_at": 0,
        "problem": None,
    }


def some_pictures(count: int = PHOTOS_EACH) -> dict[str, bytes]:
    return {hashlib.sha256(one).hexdigest(): one for one in (picture() for _ in range(count))}


def fill(house: House, handset: Handset, reports: int) -> tuple[dict[str, str], dict[str, bytes]]:
    """Finished reports on the phone: their hashes by id, and their photos."""
    owner = str(handset.meta("owner"))
    hashes: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    rows = []
    for _ in range(reports):
        own = some_pictures()
        rows.append(finished(house, owner, house.company.visit(), own))
        hashes[rows[-1]["id"]] = rows[-1]["sha256"]
        pictures |= own
    handset.keep(outbox=rows, pictures=pictures)
    return hashes, pictures


def check_arrived(house: House, hashes: dict[str, str], pictures: dict[str, bytes]) -> None:
    """Each report once, byte for byte, with each of its photos."""
    with house.app.app_context():
        rows = db.session.execute(sa.select(Inspection.id, Inspection.content_sha256)).all()
    assert sorted((str(row.id), row.content_sha256) for row in rows) == sorted(hashes.items())
    for digest, body in pictures.items():
        assert house.company.supervisor.get(f"/photos/{digest}?size=original") == (200, body)
