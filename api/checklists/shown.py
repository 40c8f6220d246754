"""Checklists as JSON shows them, in answers and in the feed."""

import json
from collections.abc import Sequence
from typing import Any

from api.checklists import queries
from api.checklists.models import Checklist, ChecklistVersion


def checklist_shown(checklist: Checklist) -> dict[str, Any]:
    """Without draft and content."""
    return {
        "id": checklist.id,
        "code": checklist.code,
        "name": checklist.name,
        "kind": checklist.kind,
        "published_version": checklist.published_version,
        "draft_revision": checklist.draft_revision,
    }


def with_draft(checklist: Checklist) -> dict[str, Any]:
    """With the draft, for those who write it."""
    draft = json.loads(checklist.draft) if checklist.draft else None
    return checklist_shown(checklist) | {"draft": draft}


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
