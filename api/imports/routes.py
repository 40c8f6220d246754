"""Imports over HTTP: the body is the file itself."""

from typing import Any

from flask import request

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import csv_text, whole_body
from api.core.clock import now
from api.core.errors import UnsupportedMedia
from api.core.shapes import Blueprint
from api.core.transaction import end_reading
from api.imports import services
from api.imports.checklist_files import BYTES, CSV, JSON, XLSX, checklists_in
from api.imports.schemas import (
    ChecklistImportQuery,
    ChecklistImportSchema,
    ComplaintImportQuery,
    ComplaintImportSchema,
    StoreImportQuery,
    StoreImportSchema,
)

blp = Blueprint("imports", __name__, url_prefix="/api/v1/imports", description="Imports")
MAX_FILE = 12 * 1024 * 1024


@blp.route("/stores", methods=["POST"])
@signed_in("imports.write")
@blp.arguments(StoreImportQuery, location="query")
@blp.doc(requestBody={"content": {"text/csv": {"schema": {"type": "string"}}}})
@blp.response(200, StoreImportSchema)
def stores(query: dict[str, Any]) -> dict[str, Any]:
    """Stores from CSV; all or nothing, every bad row named."""
    _expect("text/csv")
    return services.stores(csv_text(MAX_FILE), actor=current_actor(), now=now(), **query)


@blp.route("/complaints", methods=["POST"])
@signed_in("imports.write")
@blp.arguments(ComplaintImportQuery, location="query")
@blp.doc(requestBody={"content": {"text/csv": {"schema": {"type": "string"}}}})
@blp.response(200, ComplaintImportSchema)
def complaints(query: dict[str, Any]) -> dict[str, Any]:
    """Complaints about stores from CSV; all or nothing, every bad row named."""
    _expect("text/csv")
    return services.complaints(csv_text(MAX_FILE), actor=current_actor(), now=now(), **query)


@blp.route("/checklists", methods=["POST"])
@signed_in("imports.write")
@blp.arguments(ChecklistImportQuery, location="query")
@blp.doc(
    requestBody={
        "content": {
            XLSX: {"schema": {"type": "string", "format": "binary"}},
            BYTES: {"schema": {"type": "string", "format": "binary"}},
            JSON: {"schema": {"type": ["array", "object"]}},
            CSV: {"schema": {"type": "string"}},
        }
    }
)
@blp.response(200, ChecklistImportSchema)
def checklists(query: dict[str, Any]) -> dict[str, Any]:
    """Checklists from a workbook, JSON or a form's CSV: published at once, or left as drafts."""
    _expect(XLSX, BYTES, JSON, CSV)
    name = {"zh": query["name_zh"], "en": query["name_en"] or query["code"]}
    body = whole_body(MAX_FILE)
    end_reading()
    drafts = checklists_in(body, request.mimetype, query["code"], name)
    return services.checklists(
        drafts, actor=current_actor(), now=now(), dry_run=query["dry_run"], as_=query["as_"]
    )


def _expect(*kinds: str) -> None:
    if request.mimetype not in kinds:
        raise UnsupportedMedia(f"Send {' or '.join(kinds)}.")
