"""Checklists over HTTP."""

import uuid
from typing import Any

from flask import Response, request

from api.accounts.auth import current_actor, signed_in
from api.accounts.policy import may
from api.checklists import editions, queries, services
from api.checklists.differences import differences
from api.checklists.schemas import (
    ChecklistSchema,
    ChecklistWithDraftSchema,
    CopySchema,
    DifferencesQuery,
    DifferencesSchema,
    DraftSchema,
    NewChecklistSchema,
    RevisionSchema,
    VersionSchema,
)
from api.checklists.shown import checklist_shown, for_readers, for_writers, version_shown
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint, PageQuery, page_of
from api.core.transaction import in_transaction

blp = Blueprint("checklists", __name__, url_prefix="/api/v1/checklists", description="Checklists")


@blp.route("")
@signed_in("checklists.read")
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(ChecklistSchema))
def checklists(query: dict[str, Any]) -> dict[str, Any]:
    """All checklists by code; without the permission to write them, the published ones."""
    only_published = not may(current_actor().role, "checklists.write")
    rows, following = queries.checklist_page(only_published=only_published, **query)
    return {"items": [checklist_shown(row) for row in rows], "next": following}


@blp.route("", methods=["POST"])
@signed_in("checklists.write")
@blp.arguments(NewChecklistSchema)
@blp.response(201, ChecklistWithDraftSchema)
def create(given: dict[str, Any]) -> dict[str, Any]:
    """Begins a checklist; without content its draft has no sections yet."""
    return for_writers(in_transaction(services.create, **given, actor=current_actor(), now=now()))


@blp.route("/<uuid:checklist_id>")
@signed_in("checklists.read")
@blp.response(200, ChecklistWithDraftSchema)
def checklist(checklist_id: uuid.UUID) -> dict[str, Any]:
    """One checklist; draft, faults and versions are shown to those who may write it."""
    found = services.visible(current_actor(), checklist_id)
    return (for_writers if may(current_actor().role, "checklists.write") else for_readers)(found)


@blp.route("/<uuid:checklist_id>/draft", methods=["PUT"])
@signed_in("checklists.write")
@blp.arguments(DraftSchema)
@blp.response(200, ChecklistWithDraftSchema)
def save_draft(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """Replaces the draft; it is kept even with faults, which the answer names."""
    return for_writers(in_transaction(services.save_draft, current_actor(), checklist_id, given, now()))


@blp.route("/<uuid:checklist_id>/draft", methods=["DELETE"])
@signed_in("checklists.write")
@blp.arguments(RevisionSchema, location="query")
@blp.response(200, ChecklistWithDraftSchema)
def discard_draft(query: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """Throws the draft away; only where a version is published."""
    discarded = in_transaction(
        services.discard_draft, current_actor(), checklist_id, query["revision"], now()
    )
    return for_writers(discarded)


@blp.route("/<uuid:checklist_id>/versions", methods=["POST"])
@signed_in("checklists.write")
@blp.arguments(RevisionSchema)
@blp.response(201, VersionSchema)
def publish(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """Freezes the draft as the next version; a draft with faults is a 422 that names them."""
    version = in_transaction(services.publish, current_actor(), checklist_id, given["revision"], now())
    return version_shown(version, services.visible(current_actor(), checklist_id))


@blp.route("/<uuid:checklist_id>/versions/<int:number>")
@signed_in("checklists.read")
@blp.response(200, VersionSchema)
def version(checklist_id: uuid.UUID, number: int) -> Any:
    """A published version; it may be kept for ever, because it never changes."""
    found = queries.version(checklist_id, number) if number < 1_000_000 else None
    if found is None:
        raise NotFound()
    if request.if_none_match.contains(found.content_sha256):
        return Response(status=304)
    headers = {"ETag": f'"{found.content_sha256}"', "Cache-Control": "private, max-age=31536000, immutable"}
    return version_shown(found, services.visible(current_actor(), checklist_id)), 200, headers


@blp.route("/<uuid:checklist_id>/differences")
@signed_in("checklists.read")
@blp.arguments(DifferencesQuery, location="query")
@blp.response(200, DifferencesSchema)
def compare(query: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """What changed between two versions, or a version and the draft."""
    found = services.visible(current_actor(), checklist_id)
    before, after = (
        editions.content_of(current_actor(), found, edition) for edition in (query["from_"], query["to"])
    )
    return {"from": query["from_"], "to": query["to"]} | differences(before, after)


@blp.route("/<uuid:checklist_id>/retire", methods=["POST"])
@signed_in("checklists.write")
@blp.arguments(RevisionSchema)
@blp.response(200, ChecklistWithDraftSchema)
def retire(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """No new visits by it; it stays on phones while open visits need it."""
    return for_writers(
        in_transaction(services.retire, current_actor(), checklist_id, given["revision"], now())
    )


@blp.route("/<uuid:checklist_id>/restore", methods=["POST"])
@signed_in("checklists.write")
@blp.arguments(RevisionSchema)
@blp.response(200, ChecklistWithDraftSchema)
def restore(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """Takes a retired checklist back into use."""
    return for_writers(
        in_transaction(services.restore, current_actor(), checklist_id, given["revision"], now())
    )


@blp.route("/<uuid:checklist_id>/copies", methods=["POST"])
@signed_in("checklists.write")
@blp.arguments(CopySchema)
@blp.response(201, ChecklistWithDraftSchema)
def copy(given: dict[str, Any], checklist_id: uuid.UUID) -> dict[str, Any]:
    """A new checklist that begins with this one's draft, else its newest version."""
    return for_writers(in_transaction(services.copy, current_actor(), checklist_id, **given, now=now()))
