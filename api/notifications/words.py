"""Messages in words, from their kind and facts; Chinese and English lie in data/words/messages.json.

A kind may speak differently to people who are told for different reasons ("task.commented.mentioned"). A title is
a sentence; a body is lines, and a line whose facts are missing or empty is left out. An English sentence may have
two forms, for one and for many. Moments are told in the store's own time. Pure but for reading the file once.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from api.core.config import ROOT
from api.notifications.types import Said

WORDS = ROOT / "data" / "words" / "messages.json"
_HOLE = re.compile(r"\{(\w+)\}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def table() -> dict[str, Any]:
    """All words."""
    found: dict[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return found


def words(kind: str, facts: Mapping[str, Any], locale: str) -> Said:
    """A message in one language ("zh" or "en"). `facts["why"]`, when given, says to whom it speaks."""
    entry = _entry(kind, str(facts.get("why", "")))[locale]
    filled = [_fill(line, facts, locale) for line in (entry["title"], *entry["body"])]
    return Said(filled[0] or "", "\n".join(line for line in filled[1:] if line))


def both(kind: str, facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Title and body in both languages: {"title": {"zh", "en"}, "body": {"zh", "en"}}."""
    zh, en = (words(kind, facts, locale) for locale in ("zh", "en"))
    return {"title": {"zh": zh.title, "en": en.title}, "body": {"zh": zh.body, "en": en.body}}


def word(name: str, locale: str, facts: Mapping[str, Any] | None = None) -> str:
    """A word or a sentence around messages, such as the heading of a digest."""
    return _fill(table()["around"][name][locale], facts or {}, locale) or ""


def moment(at: str, zone: str, locale: str) -> str:
    """11月25日 18:00 or 25 Nov 18:00, in that zone."""
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    clock = f"{local.hour:02d}:{local.minute:02d}"
    if locale == "zh":
        return f"{local.month}月{local.day}日 {clock}"
    return f"{local.day} {_MONTHS[local.month - 1]} {clock}"


def _entry(kind: str, why: str) -> Mapping[str, Any]:
    said: Mapping[str, Any] = table()["messages"]
    return said.get(f"{kind}.{why}") or said[kind]  # type: ignore[no-any-return]


def _fill(line: str | list[str], facts: Mapping[str, Any], locale: str) -> str | None:
    """The line with its facts; None when one of them is missing."""
    if isinstance(line, list):
        line = line[0] if facts.get("count") == 1 else line[1]
    values = {name: _value(name, facts, locale) for name in _HOLE.findall(line)}
    if any(value is None for value in values.values()):
        return None
    return _HOLE.sub(lambda hole: values[hole[1]] or "", line)


def _value(name: str, facts: Mapping[str, Any], locale: str) -> str | None:
    value = facts.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, Mapping):
        return value.get(locale) or value.get("zh") or value.get("en") or None
    if name.endswith("_at"):
        return moment(value, facts.get("zone", "Asia/Shanghai"), locale)
    if name in table()["values"]:
        known: Mapping[str, Any] = table()["values"][name]
        return str(known[value][locale]) if value in known else str(value)
    return str(value)
