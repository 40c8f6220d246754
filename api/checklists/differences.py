"""What changed between two texts of a checklist.

Sections and items are joined by their keys, which stay the same over versions. Something new is
`added`, something gone is `removed`; where words, points or rules differ it is `changed`, with every
field before and after. What stands elsewhere is `moved`: only the fewest that must have been taken
up and put down again, so that one item dragged from the top to the bottom is one move and not ten.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

CHANGES = ("added", "removed", "changed", "moved")
_NOT_COMPARED = frozenset({"key", "items"})


class _Placed(NamedTuple):
    """A section or item where it stands; places count from 1."""

    thing: Mapping[str, Any]
    place: int
    section: str = ""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """{scoring, sections, items, counts}; empty lists when both say the same.

    Something changed that also moved is `changed`; its move is one of its fields: `place` within the
    same section or list, `section` when it went to another one.
    """
    old_sections, new_sections = _sections(before), _sections(after)
    sections = _section_changes(old_sections, new_sections)
    items = _item_changes(_items(old_sections), _items(new_sections))
    counted = Counter(one["change"] for one in [*sections, *items])
    return {
        "scoring": _fields(_mapping(before.get("scoring")), _mapping(after.get("scoring"))),
        "sections": sections,
        "items": items,
        "counts": {name: counted[name] for name in CHANGES},
    }


def _sections(content: Mapping[str, Any]) -> dict[str, _Placed]:
    return _by_key(content.get("sections") or ())


def _items(sections: Mapping[str, _Placed]) -> dict[str, _Placed]:
    found: dict[str, _Placed] = {}
    for key, section in sections.items():
        for one in _by_key(section.thing.get("items") or (), key).values():
            _put(found, one)
    return found


def _by_key(things: Iterable[Any], section: str = "") -> dict[str, _Placed]:
    found: dict[str, _Placed] = {}
    for place, thing in enumerate(things, start=1):
        _put(found, _Placed(_mapping(thing), place, section))
    return found


def _put(found: dict[str, _Placed], one: _Placed) -> None:
    """A draft may hold a key twice or none at all; the later ones get a name that no key can be."""
    given = one.thing.get("key")
    key = name = given if isinstance(given, str) and given else "~"
    number = 1
    while name in found:
        number += 1
        name = f"{key}~{number}"
    found[name] = one


def _section_changes(old: Mapping[str, _Placed], new: Mapping[str, _Placed]) -> list[dict[str, Any]]:
    moved = _moved([k for k in old if k in new], [k for k in new if k in old])
    there = (_entry("name", one, old.get(k), k in moved, {"key": k}) for k, one in new.items())
    gone = (_removed("name", one, {"key": k}) for k, one in old.items() if k not in new)
    return [change for change in (*there, *gone) if change is not None]


def _item_changes(old: Mapping[str, _Placed], new: Mapping[str, _Placed]) -> list[dict[str, Any]]:
    moved: set[str] = set()
    for section in {one.section for one in new.values()}:
        stayed = {k for k in new if k in old and old[k].section == new[k].section == section}
        moved |= _moved([k for k in old if k in stayed], [k for k in new if k in stayed])
    there = (
        _entry("text", one, old.get(k), k in moved, {"key": k, "section_key": one.section})
        for k, one in new.items()
    )
    gone = (
        _removed("text", one, {"key": k, "section_key": one.section})
        for k, one in old.items()
        if k not in new
    )
    return [change for change in (*there, *gone) if change is not None]


def _entry(
    words: str, new: _Placed, old: _Placed | None, moved: bool, named: dict[str, str]
) -> dict[str, Any] | None:
    """What is to be said of something that is there now; None when nothing is."""
    shown = named | {words: _words(new.thing.get(words))}
    if old is None:
        return shown | {"change": "added", "fields": []}
    fields = _fields(old.thing, new.thing)
    move = _move(old, new) if moved or old.section != new.section else []
    if not fields and not move:
        return None
    return shown | {"change": "changed" if fields else "moved", "fields": fields + move}


def _removed(words: str, old: _Placed, named: dict[str, str]) -> dict[str, Any]:
    return named | {words: _words(old.thing.get(words)), "change": "removed", "fields": []}


def _move(old: _Placed, new: _Placed) -> list[dict[str, Any]]:
    if old.section != new.section:
        return [{"field": "section", "before": old.section, "after": new.section}]
    return [{"field": "place", "before": old.place, "after": new.place}]


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = [name for name in dict.fromkeys([*new, *old]) if name not in _NOT_COMPARED]
    return [
        {"field": name, "before": old.get(name), "after": new.get(name)}
        for name in names
        if old.get(name) != new.get(name)
    ]


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Which of the same keys are not in the longest run that kept its order."""
    place = {key: i for i, key in enumerate(new)}
    ends: list[int] = []
    at: list[str] = []
    before: dict[str, str | None] = {}
    for key in old:
        length = bisect_left(ends, place[key])
        before[key] = at[length - 1] if length else None
        ends[length : length + 1] = [place[key]]
        at[length : length + 1] = [key]
    kept: set[str] = set()
    last: str | None = at[-1] if at else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(old) - kept


def _mapping(thing: Any) -> Mapping[str, Any]:
    return thing if isinstance(thing, Mapping) else {}


def _words(text: Any) -> dict[str, str]:
    given = _mapping(text)
    return {language: str(given.get(language) or "") for language in ("zh", "en")}
