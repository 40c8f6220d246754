"""What is wrong with one item: its words, points, rules, and what its kind has of its own."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from api.checklists import content_checks as check
from api.checklists.content_checks import Fault
from api.checklists.content_conditions import Earlier, applies_faults, condition_faults
from api.checklists.content_defaults import PHOTO
from api.checklists.content_kinds import FIELDS_OF_KIND, KINDS, kind_faults

FLAGS = ("general", "key", "redline")
WHEN = ("none", "on_fail", "always")
OWNERS = ("store_manager", "store_staff", "supervisor", "regional_manager")
MAX_REFERENCES = 8
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIELDS = {
    "key",
    "text",
    "guide",
    "kind",
    "points",
    "weight",
    "bonus",
    "flag",
    "pass_line",
    "required",
    "allow_na",
    "note_rule",
    "photo",
    "references",
    "fix_hours",
    "owner_role",
    "applies",
    "show_if",
}


def item_faults(at: str, item: Any, keys: set[str], earlier: Earlier, section: int) -> Iterator[Fault]:
    """Everything that is wrong with an item; `keys` are those of the items before it."""
    if not isinstance(item, Mapping):
        yield Fault(at, "invalid", "An item is an object.")
        return
    kind = item.get("kind")
    yield from check.one_of(f"{at}/kind", kind, KINDS)
    own = FIELDS_OF_KIND.get(kind, set()) if isinstance(kind, str) else set()
    yield from check.unknown_fields(at, item, _FIELDS | own)
    yield from check.key(at, item.get("key"), keys)
    yield from check.text(f"{at}/text", item.get("text"))
    if item.get("guide") is not None:
        yield from check.text(f"{at}/guide", item["guide"])
    yield from _points(at, item)
    yield from _rules(at, item)
    yield from _photo(f"{at}/photo", item.get("photo", {}))
    yield from _references(f"{at}/references", item.get("references", []))
    yield from applies_faults(f"{at}/applies", item.get("applies", {}))
    if item.get("show_if") is not None:
        yield from condition_faults(f"{at}/show_if", item["show_if"], earlier, section, item.get("key"))
    yield from kind_faults(at, kind, item)


def _points(at: str, item: Mapping[str, Any]) -> Iterator[Fault]:
    yield from check.number(f"{at}/points", item.get("points"), 0, 1000)
    yield from check.number(f"{at}/weight", item.get("weight", 1), 0, 100)
    yield from check.number(f"{at}/pass_line", item.get("pass_line", 100), 0, 100)


def _rules(at: str, item: Mapping[str, Any]) -> Iterator[Fault]:
    yield from check.one_of(f"{at}/flag", item.get("flag", "general"), FLAGS)
    yield from check.one_of(f"{at}/note_rule", item.get("note_rule", "none"), WHEN)
    for name in ("bonus", "required", "allow_na"):
        yield from check.yes_or_no(f"{at}/{name}", item.get(name, False))
    if not check.is_int(item.get("fix_hours", 1), 1, 24 * 366):
        yield Fault(f"{at}/fix_hours", "invalid", "Whole hours, from 1 to a year.")
    if item.get("owner_role") is not None:
        yield from check.one_of(f"{at}/owner_role", item["owner_role"], OWNERS)


def _photo(at: str, photo: Any) -> Iterator[Fault]:
    if not isinstance(photo, Mapping):
        yield Fault(at, "invalid", "The photo rule is an object.")
        return
    yield from check.unknown_fields(at, photo, set(PHOTO))
    given = {**PHOTO, **photo}
    yield from check.one_of(f"{at}/rule", given["rule"], WHEN)
    least, most = given["min"], given["max"]
    if not check.is_int(least, 0, 20) or not check.is_int(most, 1, 20) or least > most:
        yield Fault(at, "invalid", "Photos: from 0 to 20, and the least not above the most.")
    yield from check.yes_or_no(f"{at}/camera_only", given["camera_only"])


def _references(at: str, references: Any) -> Iterator[Fault]:
    if not check.is_list(references, 0, MAX_REFERENCES):
        yield Fault(at, "invalid", f"At most {MAX_REFERENCES} pictures.")
        return
    seen: set[str] = set()
    for i, one in enumerate(references):
        yield from _reference(f"{at}/{i}", one, seen)


def _reference(at: str, one: Any, seen: set[str]) -> Iterator[Fault]:
    if not isinstance(one, Mapping):
        yield Fault(at, "invalid", "A reference picture is an object.")
        return
    yield from check.unknown_fields(at, one, {"sha256", "shows", "caption"})
    sha256 = one.get("sha256")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        yield Fault(f"{at}/sha256", "invalid", "A picture is named by its SHA-256 in 64 small hex digits.")
    elif sha256 in seen:
        yield Fault(f"{at}/sha256", "twice", "The same picture stands here twice.")
    else:
        seen.add(sha256)
    yield from check.one_of(f"{at}/shows", one.get("shows"), ("right", "wrong"))
    yield from check.text(f"{at}/caption", one.get("caption", {"zh": "", "en": ""}), may_be_empty=True)
