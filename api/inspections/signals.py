"""A signal is something a reviewer should look at, with the facts that say why.

A signal never refuses a report and never punishes anybody: its name becomes a flag, and a flag sends the
report to review. A strong one is hard to explain in any honest way; a weak one often has a good reason.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.core.shapes import moment_text


@dataclass(frozen=True)
class Signal:
    """`code` is the flag's name; `facts` are plain JSON."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    strong: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is kept and shown."""
        return {"code": self.code, "strong": self.strong, "facts": plain(self.facts)}


def flags_of(signals: Iterable[Mapping[str, Any]]) -> list[str]:
    """The flags of signals as they are kept, sorted."""
    return sorted({signal["code"] for signal in signals})


def merged(kept: Sequence[Mapping[str, Any]], more: Iterable[Signal]) -> list[dict[str, Any]]:
    """What was kept with what was noticed since; of photos, each is told once under each code."""
    found = {signal["code"]: dict(signal) for signal in kept}
    for signal in more:
        new = signal.as_json()
        old = found.get(signal.code)
        found[signal.code] = new if old is None else _joined(old, new)
    return sorted(found.values(), key=lambda signal: str(signal["code"]))


def _joined(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(old["facts"])
    told = facts.get("photos", [])
    known = {photo["photo_id"] for photo in told}
    added = [photo for photo in new["facts"].get("photos", []) if photo["photo_id"] not in known]
    if added:
        facts["photos"] = [*told, *added]
    return {"code": old["code"], "strong": old["strong"] or new["strong"], "facts": facts}


def plain(value: Any) -> Any:
    """Facts as JSON can keep them: moments and ids as text."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return moment_text(value)
    return str(value) if isinstance(value, uuid.UUID) else value
