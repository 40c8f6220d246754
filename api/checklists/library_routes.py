"""The library of ready checklists over HTTP."""

import json
from functools import cache
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.checklists import queries, services
from api.checklists.content_defaults import with_defaults
from api.checklists.drafts import ChecklistDraft
from api.checklists.library import from_library
from api.checklists.schemas import ChecklistWithDraftSchema, LibraryChecklistSchema, LibraryPageSchema
from api.checklists.shown import for_writers, library_shown
from api.core.clock import now
from api.core.config import ROOT
from api.core.errors import NotFound
from api.core.shapes import Blueprint
from api.core.transaction import in_transaction

LIBRARY = ROOT / "data" / "sop" / "checklists_zh_en.json"
blp = Blueprint("library", __name__, url_prefix="/api/v1/library", description="Ready checklists")


@cache
def _entries() -> tuple[ChecklistDraft, ...]:
    return tuple(from_library(json.loads(LIBRARY.read_text(encoding="utf-8"))))


@blp.route("")
@signed_in("checklists.write")
@blp.response(200, LibraryPageSchema)
def library() -> dict[str, Any]:
    """All ready checklists, and which of them were adopted."""
    taken = queries.ids_of_codes(entry.code for entry in _entries())
    return {"items": [library_shown(e, taken.get(e.code)) for e in _entries()], "next": None}


@blp.route("/<code>")
@signed_in("checklists.write")
@blp.response(200, LibraryChecklistSchema)
def one(code: str) -> dict[str, Any]:
    """A ready checklist with all it holds, to be looked at before it is adopted."""
    entry = _entry(code)
    adopted_id = queries.ids_of_codes([code]).get(code)
    return library_shown(entry, adopted_id) | {"content": with_defaults(entry.content)}


@blp.route("/<code>/adopt", methods=["POST"])
@signed_in("checklists.write")
@blp.response(201, ChecklistWithDraftSchema)
def adopt(code: str) -> dict[str, Any]:
    """Takes a ready checklist into use as version 1; 409 when its code is taken."""
    return for_writers(in_transaction(services.adopt_new, _entry(code), actor=current_actor(), now=now()))


def _entry(code: str) -> ChecklistDraft:
    found = next((entry for entry in _entries() if entry.code == code), None)
    if found is None:
        raise NotFound()
    return found
