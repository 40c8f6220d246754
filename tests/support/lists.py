"""Checklists for tests of the API, and the deeds of head office on them."""

from typing import Any

from tests.support.company import Company, Person


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def item(key: str, kind: str = "pass_fail", points: int = 10, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": words(key), "kind": kind, "points": points} | more


def section(key: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "name": words(key), "items": list(items)} | more


def content(*sections: dict[str, Any], **scoring: Any) -> dict[str, Any]:
    return {"scoring": scoring, "sections": list(sections)}


def begin(company: Company, given: dict[str, Any] | None, code: str = "N") -> dict[str, Any]:
    """A checklist of head office that is not published."""
    body = {"code": f"{code}-{company.mark}", "name": words("New")} | ({"content": given} if given else {})
    status, checklist = company.admin.post("/checklists", body)
    assert status == 201, checklist
    return checklist


def save(person: Person, checklist: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The draft replaced."""
    body = {"content": given, "revision": checklist["draft_revision"]}
    status, saved = person.call("PUT", f"/checklists/{checklist['id']}/draft", body)
    assert status == 200, saved
    return saved


def publish(person: Person, checklist: dict[str, Any]) -> dict[str, Any]:
    """The draft published; the checklist as it is then."""
    path = f"/checklists/{checklist['id']}"
    status, version = person.post(f"{path}/versions", {"revision": checklist["draft_revision"]})
    assert status == 201, version
    return person.get(path)[1]


def published(company: Company, given: dict[str, Any], code: str = "P") -> dict[str, Any]:
    """A checklist of head office with version 1."""
    return publish(company.admin, begin(company, given, code))


def answer(key: str, result: str | None = "pass", value: Any = None, **more: Any) -> dict[str, Any]:
    at = "2026-01-01T00:00:00Z"
    return {"item_key": key, "result": result, "value": value, "answered_at": at, "changed_at": at} | more
