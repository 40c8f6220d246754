"""Checklists as files to take away."""

from dataclasses import dataclass

from api.checklists import queries
from api.checklists.drafts import ChecklistDraft
from api.checklists.editions import DRAFT, Edition
from api.checklists.json_files import to_json
from api.checklists.models import Checklist
from api.checklists.workbook_out import CannotHold, to_xlsx
from api.core.errors import NotFound, WrongState
from api.imports.checklist_files import JSON, XLSX

FORMATS = ("xlsx", "json")


@dataclass(frozen=True)
class ExportFile:
    """A file with its name and type."""

    name: str
    kind: str
    body: bytes


def newest(checklist: Checklist) -> Edition:
    """The newest version, or the draft where nothing is published."""
    return checklist.published_version or DRAFT


def exported(checklist: Checklist, edition: Edition, file_format: str) -> ExportFile:
    """A version or the draft as a file, named by the code.

    Raises NotFound, and WrongState where a workbook would lose something.
    """
    draft = _edition(checklist, edition)
    name = f"{checklist.code}-{DRAFT if edition == DRAFT else f'v{edition}'}.{file_format}"
    if file_format == "json":
        return ExportFile(name, JSON, to_json(draft))
    try:
        return ExportFile(name, XLSX, to_xlsx(draft))
    except CannotHold as error:
        raise WrongState(f"{error} Take it away as JSON.") from None


def coded(code: str) -> Checklist:
    """The checklist with this code. Raises NotFound."""
    found = queries.checklist_coded(code)
    if found is None:
        raise NotFound(f"There is no checklist {code}.")
    return found


def _edition(checklist: Checklist, edition: Edition) -> ChecklistDraft:
    if edition == DRAFT:
        if checklist.draft_content is None:
            raise NotFound("There is no draft.")
        return ChecklistDraft(checklist.code, checklist.name, checklist.kind, checklist.draft_content)
    version = queries.version(checklist.id, int(edition))
    if version is None:
        raise NotFound("There is no such version.")
    return ChecklistDraft(checklist.code, version.name, checklist.kind, version.content)
