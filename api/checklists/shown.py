"""Checklists as JSON shows them, in answers and in the feed."""

from collections.abc import Sequence
from typing import Any

from api.accounts import queries as accounts
from api.checklists import queries
from api.checklists.content import faults_in
from api.checklists.drafts import ChecklistDraft
from api.checklists.models import Checklist, ChecklistVersion

MOST_FAULTS = 200


def checklist_shown(checklist: Checklist) -> dict[str, Any]:
    """Without draft and content."""
    return {
        "id": checklist.id,
        "code": checklist.code,
        "name": checklist.name,
        "kind": checklist.kind,
        "published_version": checklist.published_version,
        "draft_revision": checklist.draft_revision,
        "has_draft": checklist.draft is not None,
        "retired_at": checklist.retired_at,
    }


def for_readers(checklist: Checklist) -> dict[str, Any]:
    """For those who do not write checklists: nothing of the draft, nor who published what."""
    return checklist_shown(checklist) | {"draft": None, "faults": [], "versions": []}


def for_writers(checklist: Checklist) -> dict[str, Any]:
    """With the draft, what is wrong with it, and all versions, the newest first."""
    draft = checklist.draft_content
    return checklist_shown(checklist) | {
        "draft": draft,
        "faults": [] if draft is None else _faults(draft),
        "versions": _publications(checklist),
    }


def _faults(draft: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"pointer": fault.pointer, "code": fault.code, "message": fault.message}
        for fault in faults_in(draft)[:MOST_FAULTS]
    ]


def _publications(checklist: Checklist) -> list[dict[str, Any]]:
    rows = queries.publications(checklist.id)
    names = accounts.names([row.published_by for row in rows])
    return [
        {
            "number": row.number,
            "published_at": row.published_at,
            "published_by": (
                {"id": row.published_by, "name": names.get(row.published_by, "")}
                if row.published_by
                else None
            ),
        }
        for row in rows
    ]


def for_phones(checklists: Sequence[Checklist]) -> list[dict[str, Any]]:
    """Each with its newest version, so that a phone can inspect without network."""
    versions = queries.published(checklists)
    return [
        checklist_shown(c)
        | {
            "version": {
                "number": versions[c.id].number,
                "content": versions[c.id].content,
                "content_sha256": versions[c.id].content_sha256,
            }
        }
        for c in checklists
        if c.id in versions
    ]


def version_shown(version: ChecklistVersion, checklist: Checklist) -> dict[str, Any]:
    """A version with its content."""
    return {
        "checklist_id": version.checklist_id,
        "number": version.number,
        "code": checklist.code,
        "name": version.name,
        "content": version.content,
        "content_sha256": version.content_sha256,
        "published_at": version.published_at,
    }


def library_shown(entry: ChecklistDraft, adopted_id: Any) -> dict[str, Any]:
    """A checklist of the library by its size, and which of ours was adopted from it."""
    items = [item for section in entry.content["sections"] for item in section["items"]]
    return {
        "code": entry.code,
        "name": dict(entry.name),
        "kind": entry.kind,
        "sections": len(entry.content["sections"]),
        "items": len(items),
        "points": sum(item["points"] for item in items),
        "adopted_id": adopted_id,
    }
