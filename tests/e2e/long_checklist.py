"""A checklist of 45 items in nine sections, each passed with one tap, and a visit by it today."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.e2e.conftest import PASSWORD, Phone

SECTIONS, ITEMS = 9, 5
STORE = "SH001"


class Office:
    """Somebody of the demo who works over the API, without a browser's cookies."""

    def __init__(self, phone: Phone, username: str) -> None:
        browser = phone.context.browser
        assert browser is not None
        self.context = browser.new_context(base_url=phone.instance.url)
        body = {"username": username, "password": PASSWORD, "device_name": "e2e", "transport": "bearer"}
        token = self.context.request.post("/api/v1/auth/login", data=body).json()["access_token"]
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body)
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, headers=self.headers, data=data)
        assert answer.ok, answer.text()
        return answer.json()


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def an_item(number: int) -> dict[str, Any]:
    return {
        "key": f"i{number}",
        "text": words(f"第 {number} 项：货架整洁", f"Item {number}: shelves are tidy"),
        "kind": "pass_fail",
        "points": 2,
        "photo": {"rule": "on_fail", "min": 1, "max": 3},
        "allow_na": True,
    }


def content() -> dict[str, Any]:
    sections = [
        {
            "key": f"s{place}",
            "name": words(f"第 {place + 1} 部分", f"Part {place + 1}"),
            "items": [an_item(place * ITEMS + one + 1) for one in range(ITEMS)],
        }
        for place in range(SECTIONS)
    ]
    return {"scoring": {}, "sections": sections}


def plan_long_visit(phone: Phone) -> str:
    """Publishes the checklist and plans a visit by it for the demo's supervisor; gives the visit's id."""
    admin, manager = Office(phone, "admin"), Office(phone, "manager")
    begun = admin.call(
        "POST",
        "/checklists",
        {"code": f"LONG-{secrets.token_hex(3)}", "name": words("四十五项", "Forty-five")},
    )
    body = {"content": content(), "revision": begun["draft_revision"], "name": begun["name"]}
    saved = admin.call("PUT", f"/checklists/{begun['id']}/draft", body)
    assert saved["faults"] == []
    admin.call("POST", f"/checklists/{begun['id']}/versions", {"revision": saved["draft_revision"]})
    store = next(one for one in manager.call("GET", "/stores?limit=200")["items"] if one["code"] == STORE)
    people = manager.call("GET", "/users?limit=200")["items"]
    now = datetime.now(UTC)
    visit = {
        "id": str(new_id()),
        "store_id": store["id"],
        "checklist_id": begun["id"],
        "assignee_id": next(one["id"] for one in people if one["username"] == "supervisor"),
        "opens_at": moment_text(now - timedelta(hours=1)),
        "due_at": moment_text(now + timedelta(hours=9)),
    }
    made: dict[str, Any] = manager.call("POST", "/visits", visit)
    for office in (admin, manager):
        office.context.close()
    return str(made["id"])
