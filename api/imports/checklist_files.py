"""Checklist files of every kind: what they hold, or every fault by its cell, line or pointer."""

from collections.abc import Mapping

from api.checklists.drafts import ChecklistDraft
from api.checklists.form_csv import from_form_csv
from api.checklists.json_files import BadFile, from_json
from api.checklists.workbook_faults import BadWorkbook
from api.checklists.workbook_in import from_xlsx
from api.checklists.workbook_package import MAX_BYTES
from api.core.bodies import decode_table
from api.core.errors import FieldError, MalformedJson, TooLarge, Validation
from api.core.strictjson import strict_loads
from api.imports.readable import readable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON, CSV, BYTES = "application/json", "text/csv", "application/octet-stream"
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"


def checklists_in(body: bytes, kind: str, code: str, name: Mapping[str, str]) -> list[ChecklistDraft]:
    """The checklists of a file; code and name are for CSV, which has neither.

    Raises Validation naming every fault, MalformedJson, TooLarge.
    """
    kind = _sniffed(body) if kind == BYTES else kind
    if kind == XLSX:
        return [_of_workbook(body)]
    text = decode_table(body)
    if kind == CSV:
        return [readable(lambda: from_form_csv(text, code, dict(name)))]
    return _of_json(text)


def _sniffed(body: bytes) -> str:
    if body.startswith((_ZIP, _OLE)):
        return XLSX
    return JSON if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else CSV


def _of_workbook(body: bytes) -> ChecklistDraft:
    if len(body) > MAX_BYTES:
        raise TooLarge(f"A workbook has at most {MAX_BYTES:,} bytes.")
    try:
        return from_xlsx(body)
    except BadWorkbook as bad:
        raise Validation(
            f"{len(bad.faults)} faults; nothing was imported.",
            errors=[FieldError(fault.pointer, fault.code, fault.message) for fault in bad.faults],
            extras={
                "cells": [{"sheet": f.sheet, "cell": f.cell, "code": f.code} for f in bad.faults],
            },
        ) from None


def _of_json(text: str) -> list[ChecklistDraft]:
    try:
        document = strict_loads(text)
    except ValueError as error:
        raise MalformedJson(str(error)) from None
    try:
        return readable(lambda: from_json(document))
    except BadFile as bad:
        raise Validation(
            f"{len(bad.faults)} faults; nothing was imported.",
            errors=[FieldError(fault.pointer or "/", fault.code, fault.message) for fault in bad.faults],
        ) from None
