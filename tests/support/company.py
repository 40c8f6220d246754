"""A small company for one test, with codes of its own, so that tests do not meet in one database."""

import base64
import hashlib
import itertools
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image

from api.accounts import passwords
from api.accounts import services as accounts
from api.checklists import services as checklists
from api.checklists.drafts import ChecklistDraft
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.stores import services as stores

PASSWORD = "a password for tests"
HASH = passwords.hashed(PASSWORD)
_shades = itertools.count(secrets.randbelow(1 << 22))
_steps = itertools.cycle(range(50))  # nobody stands on the same decimetre twice
Answer = tuple[int, Any]


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small picture unlike every other one of this run."""
    out = BytesIO()
    shade = next(_shades)
    Image.new("RGB", size, (shade & 255, shade >> 8 & 255, shade >> 16 & 255)).save(
        out, kind, comment=str(shade)
    )
    return out.getvalue()


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def digest_header(body: bytes) -> dict[str, str]:
    return {"Content-Digest": f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"}


CONTENT: dict[str, Any] = {
    "scoring": {},
    "sections": [
        {
            "key": "s1",
            "name": {"zh": "卫生", "en": "Hygiene"},
            "items": [
                {
                    "key": "floor",
                    "text": {"zh": "地面", "en": "Floor"},
                    "kind": "pass_fail",
                    "points": 10,
                    "allow_na": True,
                },
                {
                    "key": "cold",
                    "text": {"zh": "冷柜", "en": "Chiller"},
                    "kind": "numeric",
                    "points": 10,
                    "min": 0,
                    "max": 8,
                    "unit": "℃",
                    "flag": "key",
                    "photo": {"rule": "on_fail", "min": 1},
                },
                {
                    "key": "date",
                    "text": {"zh": "效期", "en": "Dates"},
                    "kind": "pass_fail",
                    "points": 20,
                    "flag": "redline",
                },
            ],
        }
    ],
}


@dataclass
class Person:
    """Somebody signed in by bearer token."""

    app: Flask
    id: uuid.UUID
    username: str
    token: str = ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Status and JSON (or bytes) of a call."""
        return call(self.app, method, path, body, {"Authorization": f"Bearer {self.token}"} | headers)

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def post(self, path: str, body: Any) -> Answer:
        return self.call("POST", path, body)

    def put_signed(self, path: str, body: Any) -> Answer:
        """A phone's write, with its digest."""
        raw = json.dumps(body).encode()
        return self.call("PUT", path, raw, **{"Content-Type": "application/json"} | digest_header(raw))

    def put_photo(self, body: bytes, kind: str = "image/jpeg") -> Answer:
        return self.call("PUT", f"/photos/{sha256(body)}", body, **{"Content-Type": kind})


def call(
    app: Flask, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """One call to the API; bytes are sent as they are, anything else as JSON."""
    url = path if path.startswith("/api") or path in ("/livez", "/readyz") else f"/api/v1{path}"
    raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    given = dict(headers or {})
    if raw is not None:
        given.setdefault("Content-Type", "application/json")
    answer = app.test_client(use_cookies=False).open(url, method=method, data=raw, headers=given)
    is_json = answer.data and "json" in (answer.mimetype or "")
    return answer.status_code, answer.get_json() if is_json else answer.data


@dataclass
class Company:
    """Two regions with a store each, one person of every role, and a published checklist."""

    app: Flask
    mark: str = field(default_factory=lambda: secrets.token_hex(4))
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.app.app_context():
            in_transaction(self._set_up)

    def _set_up(self) -> None:
        now = datetime.now(UTC)
        name = {"zh": "店", "en": "Shop"}
        east, west = (
            stores.add_region(code=f"{c}-{self.mark}", name=name, parent_id=None, actor=None, now=now)
            for c in ("E", "W")
        )
        fields = {"name_zh": "店", "name_en": "Shop", "latitude": 31.2, "longitude": 121.4}
        self.east, self.west = east.id, west.id
        self.store, self.far_store = (
            stores.add_store(fields | {"code": f"{r.code}-1", "region_id": r.id}, actor=None, now=now).id
            for r in (east, west)
        )
        draft = ChecklistDraft(f"L-{self.mark}", {"zh": "表", "en": "List"}, "visit", CONTENT)
        self.checklist = checklists.adopt([draft], actor=None, now=now)[0][0].id
        roles = {
            "admin": ("hq_admin", [], []),
            "manager": ("regional_manager", [self.east], []),
            "supervisor": ("supervisor", [self.east], []),
            "keeper": ("store_manager", [], [self.store]),
            "clerk": ("store_staff", [], [self.store]),
            "stranger": ("supervisor", [self.west], []),
            "far_keeper": ("store_manager", [], [self.far_store]),
        }
        for who, (role, regions, places) in roles.items():
            user = accounts.add_user(
                username=f"{who}-{self.mark}",
                name=who,
                role=role,
                locale="en",
                password_hash=HASH,
                region_ids=regions,
                store_ids=places,
                actor=None,
                now=now,
            )
            self.people[who] = Person(self.app, user.id, user.username)

    def __getattr__(self, name: str) -> Person:
        person = self.__dict__.get("people", {}).get(name)
        if person is None:
            raise AttributeError(name)
        if not person.token:
            person.token = self.sign_in(person.username)["access_token"]
        return person

    def sign_in(self, username: str, password: str = PASSWORD) -> Any:
        body = {"username": username, "password": password, "device_name": "test", "transport": "bearer"}
        return call(self.app, "POST", "/auth/login", body)[1]

    def visit(self, **changes: Any) -> dict[str, Any]:
        """A visit for the supervisor to the near store, planned by the manager."""
        now = datetime.now(UTC)
        body = {
            "store_id": str(self.store),
            "checklist_id": str(self.checklist),
            "assignee_id": str(self.people["supervisor"].id),
            "opens_at": moment_text(now - timedelta(hours=2)),
            "due_at": moment_text(now + timedelta(hours=6)),
        } | changes
        status, visit = self.manager.post("/visits", body)
        assert status == 201, visit
        return visit

    def document(self, **changes: Any) -> dict[str, Any]:
        """A finished report: floor right, chiller 12 ℃ (a finding), dates right."""
        now = datetime.now(UTC)
        at = moment_text(now)
        bad = changes.pop("photo", None)
        shown = [photo_facts(bad)] if bad else [photo_facts(picture())]
        return {
            "visit_id": None,
            "store_id": str(self.store),
            "checklist_id": str(self.checklist),
            "checklist_version": 1,
            "started_at": moment_text(now - timedelta(minutes=20)),
            "submitted_at": at,
            "on_date": now.date().isoformat(),
            "device": {"id": "phone", "app_version": "1"},
            "check_in": {
                "at": at,
                "latitude": 31.2 + next(_steps) * 1e-6,
                "longitude": 121.4,
                "accuracy": 10,
                "source": "gps",
                "reason": "",
            },
            "note": "",
            "answers": [
                {"item_key": "floor", "result": "pass", "answered_at": at, "changed_at": at},
                {
                    "item_key": "cold",
                    "result": None,
                    "value": 12,
                    "note": "too warm",
                    "photos": shown,
                    "answered_at": at,
                    "changed_at": at,
                },
                {"item_key": "date", "result": "pass", "answered_at": at, "changed_at": at},
            ],
        } | changes

    def submit(self, who: str = "supervisor", **changes: Any) -> tuple[str, dict[str, Any]]:
        """Submits a report; its id and receipt."""
        report = str(new_id())
        status, receipt = getattr(self, who).put_signed(f"/inspections/{report}", self.document(**changes))
        assert status == 201, receipt
        return report, receipt

    def task(self) -> dict[str, Any]:
        """The task that a fresh report opened."""
        receipt = self.submit()[1]
        return self.supervisor.get(f"/tasks/{receipt['task_ids'][0]}")[1]

    def step(
        self, who: str, task: Mapping[str, Any], action: str, transition: str | None = None, **more: Any
    ) -> Answer:
        """One step on a task."""
        body = {
            "action": action,
            "version": task["version"],
            "device_at": moment_text(datetime.now(UTC)),
        } | more
        path = f"/tasks/{task['id']}/transitions/{transition or new_id()}"
        return getattr(self, who).put_signed(path, body)


def photo_facts(body: bytes) -> dict[str, Any]:
    """What a phone says of a photo."""
    return {
        "id": str(new_id()),
        "sha256": sha256(body),
        "bytes": len(body),
        "width": 64,
        "height": 48,
        "taken_at": moment_text(datetime.now(UTC)),
        "source": "camera",
    }
