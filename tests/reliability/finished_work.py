"""Finished reports on a phone, and whether the server has them."""

import hashlib
import json

import sqlalchemy as sa

from api.core.db import db
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
    body = json.dumps(document, ensure_ascii=False)
    return {
        "id": draft["id"],
        "user_id": owner,
        "kind": "inspection",
        "state": "waiting",
        "label": draft["checklist_name"],
        "store_name": draft["store_name"],
        "visit_id": draft["visit_id"],
        "task_id": None,
        "action": None,
        "body": body,
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
        "photos": list(pictures),
        "photos_total": len(pictures),
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
