"""An XLSX file looked at before a spreadsheet library sees it.

An XLSX file is a zip of XML. A few bytes can unpack to gigabytes, two cells can span a table of
billions, and two readers of one crooked zip can see different things. So the zip's directory is
checked first, then every XML part is walked once without entities, and what comes out is a fresh zip
with nothing in it but the XML that was walked. Macros and pictures are not in it.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from api.checklists.workbook_faults import MAX_FAULTS, BadWorkbook, CellFault, bad_file
from api.checklists.workbook_scan import SheetScan, StringScan, walk

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 200
MAX_TEXT = 50_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"


@dataclass
class _Links:
    """Names and parts of the sheets, as the workbook and its relations say."""

    names: dict[str, str] = field(default_factory=dict)
    """Relation → name on the tab."""
    parts: dict[str, str] = field(default_factory=dict)
    """Part of the zip → relation."""

    def sheet(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Takes note of a sheet's name."""
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.names[relation] = attributes.get("name", "")

    def relation(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Takes note of where a sheet is."""
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            self.parts[path.lower()] = attributes.get("Id", "")


def checked(body: bytes) -> bytes:
    """The same workbook, safe to be read. Raises BadWorkbook saying what is wrong with the file."""
    entries = _entries(body)
    links, strings = _Links(), StringScan()
    for name, content in entries.items():
        if name.lower() == _STRINGS:
            _walk(name, content, strings.start, strings.end, strings.text)
        elif name.lower() == _WORKBOOK:
            _walk(name, content, links.sheet)
        elif name.lower() == _RELATIONS:
            _walk(name, content, links.relation)
    known = {name.lower() for name in entries}
    if _WORKBOOK not in known or not set(links.parts) <= known:
        raise bad_file("not_xlsx", "This is not an XLSX workbook, or it is damaged.")
    _walk_as_sheets(entries, links, strings)
    return _packed(entries)


def _entries(body: bytes) -> dict[str, bytes]:
    """The XML parts by their names."""
    if len(body) > MAX_BYTES:
        raise bad_file("too_large", "A workbook has at most 5 MB.")
    if body.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in body
        words = (
            "The workbook has a password; take it away and save again."
            if encrypted
            else ("This is an old .xls workbook; save it as .xlsx.")
        )
        raise bad_file("encrypted" if encrypted else "not_xlsx", words)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            _check_directory(package.infolist(), len(body))
            return {
                info.filename: package.read(info)
                for info in package.infolist()
                if info.filename.lower().endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise bad_file("not_xlsx", "This is not an XLSX workbook, or it is damaged.") from None


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = [info.filename.lower() for info in entries]
    unpacked = sum(info.file_size for info in entries)
    if len(entries) > MAX_ENTRIES:
        raise bad_file("too_many_parts", f"A workbook has at most {MAX_ENTRIES} parts.")
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * size:
        raise bad_file("bomb", "Unpacked, this workbook is far too large.")
    if any(info.flag_bits & 1 for info in entries):
        raise bad_file("encrypted", "The file has a password; take it away and save again.")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in entries):
        raise bad_file("not_xlsx", "This is not an XLSX workbook, or it is damaged.")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise bad_file("macros", "The workbook has macros; save it as .xlsx without them.")
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise bad_file("not_xlsx", "This is another kind of workbook; save it as .xlsx.")
    if len(set(names)) != len(names) or any(map(_is_crooked, names)):
        raise bad_file("not_xlsx", "The parts of this workbook have crooked names.")


def _is_crooked(name: str) -> bool:
    return "\\" in name or name[:1] in ("/", ".") or normpath(name) != name.removesuffix("/")


def _walk_as_sheets(entries: Mapping[str, bytes], links: _Links, strings: StringScan) -> None:
    """Every part is walked as if it were a sheet, because a crooked workbook may call any of them one."""
    left = MAX_TEXT
    errors: list[CellFault] = []
    for name, content in entries.items():
        sheet = links.names.get(links.parts.get(name.lower(), ""), "") or name
        scan = SheetScan(sheet, strings.lengths, left)
        _walk(name, content, scan.start, scan.end, scan.text)
        left = scan.left
        errors += scan.errors
    if errors:
        raise BadWorkbook(errors[:MAX_FAULTS])


def _walk(name: str, content: bytes, *handlers: Any) -> None:
    try:
        walk(content, *handlers)
    except (expat.ExpatError, UnicodeError):
        raise bad_file("not_xlsx", f"The workbook is damaged in {name}.") from None


def _packed(entries: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()
