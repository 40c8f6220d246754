"""How the rows of items say to which section they belong: by its name where that is clear, else its key."""

from collections.abc import Mapping, Sequence
from typing import Any

Section = Mapping[str, Any]


def section_named(label: str, sections: Sequence[Section]) -> int | None:
    """Which of the sections is meant: one with this key, else one with this name."""
    for exactly in (True, False):
        for names in (_keys, _chinese, _english):
            for place, name in enumerate(names(sections)):
                if name.strip() and (name == label if exactly else _loose(name) == _loose(label)):
                    return place
    return None


def section_labels(sections: Sequence[Section]) -> list[str]:
    """What stands in the rows of items for each section: Chinese names, English ones, or keys."""
    for names in (_chinese, _english):
        labels = names(sections)
        if [section_named(label, sections) for label in labels] == list(range(len(sections))):
            return labels
    return _keys(sections)


def _loose(name: str) -> str:
    return "".join(name.split()).casefold()


def _keys(sections: Sequence[Section]) -> list[str]:
    return [_words(section.get("key")) for section in sections]


def _chinese(sections: Sequence[Section]) -> list[str]:
    return [_words(_name(section).get("zh")) for section in sections]


def _english(sections: Sequence[Section]) -> list[str]:
    return [_words(_name(section).get("en")) for section in sections]


def _name(section: Section) -> Section:
    name = section.get("name")
    return name if isinstance(name, Mapping) else {}


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""
