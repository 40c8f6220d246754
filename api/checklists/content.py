"""What a checklist may hold (docs/checklist-format.md).

`faults_in` names every fault by JSON pointer, and a checklist without faults may be published.
`readable` asks only whether work in progress can be kept and shown. `with_defaults` fills in what may
be omitted, so that everything after it can rely on every field being there.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from api.checklists import content_checks as check
from api.checklists.content_checks import MAX_TEXT, Fault
from api.checklists.content_conditions import Earlier, applies_faults, condition_faults
from api.checklists.content_defaults import FIX_HOURS, GRADES, REPEAT, SCORING, with_defaults
from api.checklists.content_items import FLAGS, item_faults
from api.checklists.content_kinds import KINDS

MAX_SECTIONS, MAX_ITEMS, MAX_WALKED, MAX_ROUNDS = 60, 500, 1000, 99
_SECTION = {"key", "name", "weight", "floor", "repeat", "applies", "show_if", "items"}
__all__ = [
    "FIX_HOURS",
    "FLAGS",
    "GRADES",
    "KINDS",
    "SCORING",
    "Fault",
    "faults_in",
    "items_of",
    "readable",
    "with_defaults",
]


def items_of(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All items from the first to the last."""
    return (item for section in content["sections"] for item in section["items"])


def faults_in(content: Any) -> list[Fault]:
    """Everything that is wrong with a checklist; none when it may be published."""
    return list(_content(content))


def _content(content: Any) -> Iterator[Fault]:
    if not isinstance(content, Mapping):
        yield Fault("", "invalid", "A checklist is an object.")
        return
    yield from check.unknown_fields("", content, {"scoring", "sections"})
    scoring = content.get("scoring", {})
    yield from _scoring("/scoring", scoring)
    sections: Any = content.get("sections")
    if not check.is_list(sections, 1, MAX_SECTIONS):
        yield Fault("/sections", "invalid", f"A checklist has 1 to {MAX_SECTIONS} sections.")
        return
    weighted = isinstance(scoring, Mapping) and scoring.get("mode") == "section_weighted"
    yield from _sections(sections, weighted)
    yield from _size(sections)


def _scoring(at: str, scoring: Any) -> Iterator[Fault]:
    if not isinstance(scoring, Mapping):
        yield Fault(at, "invalid", "Scoring is an object.")
        return
    yield from check.unknown_fields(at, scoring, set(SCORING))
    given = {**SCORING, **scoring}
    yield from check.one_of(f"{at}/mode", given["mode"], ("additive", "section_weighted", "deduct"))
    yield from check.one_of(f"{at}/redline_policy", given["redline_policy"], ("cap", "zero", "flag"))
    yield from check.one_of(f"{at}/floor_effect", given["floor_effect"], ("band", "cap"))
    for name in ("pass_line", "redline_cap", "bonus_cap", "floor_cap"):
        yield from check.number(f"{at}/{name}", given[name], 0, 100)
    if not check.is_int(given["key_unrated"], 1, 1000):
        yield Fault(f"{at}/key_unrated", "invalid", "A whole number from 1.")
    yield from _bands(f"{at}/bands", given["bands"], given["key_cap"])


def _bands(at: str, bands: Any, key_cap: Any) -> Iterator[Fault]:
    if not check.is_list(bands, 1, 10):
        yield Fault(at, "invalid", "1 to 10 bands, each a name and the least score.")
        return
    for i, band in enumerate(bands):
        if not (check.is_list(band, 2, 2) and isinstance(band[0], str) and 0 < len(band[0]) <= 10):
            yield Fault(f"{at}/{i}", "invalid", "A band is a short name and its least score.")
            return
        yield from check.number(f"{at}/{i}/1", band[1], 0, 100)
        if not check.fits(band[1], 0, 100):
            return
    least = [band[1] for band in bands]
    if any(low >= high for high, low in pairwise(least)) or least[-1] != 0:
        yield Fault(at, "order", "Bands go down, and the last one begins at 0.")
    names = [band[0] for band in bands]
    if len(set(names)) != len(names):
        yield Fault(at, "twice", "Two bands have the same name.")
    if key_cap not in names:
        yield Fault("/scoring/key_cap", "unknown", "This is none of the bands.")


def _sections(sections: Any, weighted: bool) -> Iterator[Fault]:
    earlier = Earlier(frozenset(_item_keys(sections)))
    section_keys: set[str] = set()
    item_keys: set[str] = set()
    for i, section in enumerate(sections):
        at = f"/sections/{i}"
        if not isinstance(section, Mapping):
            yield Fault(at, "invalid", "A section is an object.")
            continue
        yield from check.unknown_fields(at, section, _SECTION)
        yield from check.key(at, section.get("key"), section_keys)
        yield from _section(at, section, weighted)
        if section.get("show_if") is not None:
            yield from condition_faults(f"{at}/show_if", section["show_if"], earlier, i, None)
        items: Any = section.get("items")
        if not check.is_list(items, 1, MAX_ITEMS):
            yield Fault(f"{at}/items", "invalid", "A section has at least one item.")
            continue
        for j, item in enumerate(items):
            yield from item_faults(f"{at}/items/{j}", item, item_keys, earlier, i)
            earlier.add(item, i, repeated=section.get("repeat") is not None)


def _section(at: str, section: Mapping[str, Any], weighted: bool) -> Iterator[Fault]:
    yield from check.text(f"{at}/name", section.get("name"))
    if weighted or section.get("weight") is not None:
        yield from check.number(f"{at}/weight", section.get("weight"), 0, 1000)
    if section.get("floor") is not None:
        yield from check.number(f"{at}/floor", section["floor"], 0, 100)
    if section.get("repeat") is not None:
        yield from _repeat(f"{at}/repeat", section["repeat"])
    yield from applies_faults(f"{at}/applies", section.get("applies", {}))


def _repeat(at: str, repeat: Any) -> Iterator[Fault]:
    if not isinstance(repeat, Mapping):
        yield Fault(at, "invalid", "A repeat is an object.")
        return
    yield from check.unknown_fields(at, repeat, {"min", "max", "name"})
    yield from check.text(f"{at}/name", repeat.get("name"))
    least, most = ({**REPEAT, **repeat}[name] for name in ("min", "max"))
    if not check.is_int(least, 0, MAX_ROUNDS):
        yield Fault(f"{at}/min", "invalid", f"A whole number from 0 to {MAX_ROUNDS}.")
    if not check.is_int(most, 1, MAX_ROUNDS):
        yield Fault(f"{at}/max", "invalid", f"A whole number from 1 to {MAX_ROUNDS}.")
    yield from check.order(f"{at}/min", least, most, "The least number of rounds is above the most.")


def _item_keys(sections: Any) -> Iterator[str]:
    for section in sections:
        items = section.get("items") if isinstance(section, Mapping) else None
        for item in items if isinstance(items, list | tuple) else ():
            if isinstance(item, Mapping) and isinstance(item.get("key"), str):
                yield item["key"]


def _size(sections: Any) -> Iterator[Fault]:
    """A report must not have more answers than one can send, even when every round is walked."""
    items = walked = 0
    for section in sections:
        own = section.get("items") if isinstance(section, Mapping) else None
        count = len(own) if isinstance(own, list | tuple) else 0
        repeat = section.get("repeat") if isinstance(section, Mapping) else None
        most = {**REPEAT, **repeat}["max"] if isinstance(repeat, Mapping) else 1
        items += count
        walked += count * (most if check.is_int(most, 1, MAX_ROUNDS) else 1)
    if items > MAX_ITEMS:
        yield Fault("/sections", "too_many", f"At most {MAX_ITEMS} items.")
    elif walked > MAX_WALKED:
        yield Fault("/sections", "too_many", f"At most {MAX_WALKED} items when all rounds are walked.")


def readable(content: Any) -> list[Fault]:
    """What keeps a draft from being kept: only that it could not be shown again as a checklist."""
    return list(_readable(content))


def _readable(content: Any) -> Iterator[Fault]:
    if not isinstance(content, Mapping):
        yield Fault("", "invalid", "A checklist is an object.")
        return
    sections = content.get("sections")
    if not isinstance(sections, list | tuple):
        yield Fault("/sections", "invalid", "A checklist has a list of sections.")
        return
    for i, section in enumerate(sections):
        at = f"/sections/{i}"
        if not isinstance(section, Mapping):
            yield Fault(at, "invalid", "A section is an object.")
        elif not isinstance(section.get("items"), list | tuple):
            yield Fault(f"{at}/items", "invalid", "A section has a list of items.")
        else:
            for j, item in enumerate(section["items"]):
                if not isinstance(item, Mapping):
                    yield Fault(f"{at}/items/{j}", "invalid", "An item is an object.")
    yield from _unstorable("", content)


def _unstorable(at: str, value: Any) -> Iterator[Fault]:
    """Texts without end, and numbers that JSON does not know."""
    if isinstance(value, str) and len(value) > MAX_TEXT:
        yield Fault(at, "too_long", f"At most {MAX_TEXT} characters.")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(at, "invalid", "This number is too large.")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield from _unstorable(f"{at}/{step}", inner)
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _unstorable(f"{at}/{i}", inner)
