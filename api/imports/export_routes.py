"""Exports over HTTP: the answer is the file itself."""

import uuid
from typing import Any

from flask import Response
from werkzeug.http import dump_options_header

from api.accounts import policy
from api.accounts.auth import current_actor, signed_in
from api.checklists import services as checklist_services
from api.checklists.editions import DRAFT
from api.core.shapes import Blueprint
from api.core.transaction import end_reading
from api.imports import exports
from api.imports.checklist_files import XLSX
from api.imports.schemas import ExportQuery

blp = Blueprint("exports", __name__, url_prefix="/api/v1/checklists", description="Exports")


@blp.route("/<uuid:checklist_id>/export")
@signed_in("checklists.read")
@blp.arguments(ExportQuery, location="query")
@blp.alt_response(200, content_type=XLSX)
def checklist(query: dict[str, Any], checklist_id: uuid.UUID) -> Response:
    """A version, or for those who write it the draft, as a workbook or as JSON."""
    found = checklist_services.visible(current_actor(), checklist_id)
    edition = query["version"] or exports.newest(found)
    if edition == DRAFT:
        policy.require(current_actor(), "checklists.write")
    file = exports.exported(found, edition, query["format"])
    end_reading()
    response = Response(file.body, mimetype=file.kind)
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": file.name})
    response.headers["Cache-Control"] = "private, no-cache"
    return response
