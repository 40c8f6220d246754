"""Checklists as JSON files: our own, which hold everything to the letter, and the SOP library's.

    {"format": "rounds-checklist", "version": 1, "code": …, "name": {"zh", "en"}, "kind": …, "content": …}

A file holds one of these, or a list of them, or the library's list.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.checklists.content import Fault, faults_in
from api.checklists.drafts import ChecklistDraft
from api.checklists.library import from_library

FORMAT, VERSION = "rounds-checklist", 1
MAX_CHECKLISTS = 500
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_FIELDS = {"format", "version", "code", "name", "kind", "content"}


class BadFile(Exception):
    """The file cannot be taken; `faults` says why, by JSON pointer."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults, the first at {faults[0].pointer}: {faults[0].message}")
        self.faults = faults


def to_json(draft: ChecklistDraft) -> bytes:
    """The file of one checklist, readable by people too."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "code": draft.code,
        "name": dict(draft.name),
        "kind": draft.kind,
        "content": draft.content,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(document: Any) -> list[ChecklistDraft]:
    """The checklists of a file. Raises BadFile, and BadTable for a library that is not in its format."""
    if isinstance(document, Mapping):
        return _all_sound([("", document)])
    if _is_list(document) and any(isinstance(one, Mapping) and "format" in one for one in document):
        return _all_sound([(f"/{place}", one) for place, one in enumerate(document)])
    drafts = from_library(document)
    _refuse([fault for place, draft in enumerate(drafts) for fault in _content(f"/{place}", draft.content)])
    _refuse(_twice([(f"/{place}", draft.code) for place, draft in enumerate(drafts)]))
    return drafts


def _all_sound(documents: Sequence[tuple[str, Any]]) -> list[ChecklistDraft]:
    if len(documents) > MAX_CHECKLISTS:
        raise BadFile([Fault("", "too_many", f"A file has at most {MAX_CHECKLISTS} checklists.")])
    _refuse([fault for at, one in documents for fault in _faults(at, one)])
    _refuse(_twice([(at, one["code"]) for at, one in documents]))
    return [
        ChecklistDraft(one["code"], one["name"], one.get("kind", "visit"), one["content"])
        for _, one in documents
    ]


def _faults(at: str, one: Any) -> list[Fault]:
    if not isinstance(one, Mapping) or one.get("format") != FORMAT:
        return [Fault(f"{at}/format", "invalid", f"The format of a checklist is {FORMAT}.")]
    if one.get("version") != VERSION:
        return [Fault(f"{at}/version", "newer", f"This reads version {VERSION} of the format.")]
    found = [
        Fault(f"{at}/{str(name)[:60]}", "unknown_field", "This field is not known here.")
        for name in one
        if name not in _FIELDS
    ]
    code, kind = one.get("code"), one.get("kind", "visit")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        words = "A code begins with a letter or digit; then also . _ -; up to 64 characters."
        found.append(Fault(f"{at}/code", "invalid", words))
    if not isinstance(kind, str) or len(kind) > 40:
        found.append(Fault(f"{at}/kind", "invalid", "A kind has at most 40 characters."))
    return [*found, *_name(f"{at}/name", one.get("name")), *_content(at, one.get("content"))]


def _name(at: str, name: Any) -> list[Fault]:
    if not isinstance(name, Mapping) or set(name) != {"zh", "en"}:
        return [Fault(at, "invalid", "A name is an object with zh and en.")]
    if not all(isinstance(words, str) and len(words) <= 200 for words in name.values()):
        return [Fault(at, "too_long", "A name has at most 200 characters in each language.")]
    if not any(words.strip() for words in name.values()):
        return [Fault(at, "required", "The name is missing in both languages.")]
    return []


def _content(at: str, content: Any) -> list[Fault]:
    return [Fault(f"{at}/content{fault.pointer}", fault.code, fault.message) for fault in faults_in(content)]


def _twice(codes: Sequence[tuple[str, str]]) -> list[Fault]:
    seen: set[str] = set()
    found = []
    for at, code in codes:
        if code in seen:
            found.append(Fault(f"{at}/code", "twice", f"The code {code} is there twice."))
        seen.add(code)
    return found


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BadFile(faults[:200])


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
