"""Signals as a reviewer sees them: with the stores and reports they speak of, as far as those may be seen.

Whoever may not review does not get the facts; knowing how something was noticed teaches how to avoid it.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.accounts import policy
from api.accounts.types import Actor
from api.inspections.lifecycle import PERMISSION
from api.inspections.models import Inspection
from api.stores.models import Store
from api.stores.queries import stores_among

_OF_A_PLACE = ("inspection_id", "task_id", "sha256", "photo_id", "item_key")


def may_see(inspection: Inspection, actor: Actor) -> bool:
    """True for those who could review this report: nobody reviews their own."""
    return inspection.inspector_id != actor.id and policy.may(actor.role, PERMISSION["approve"])


def signals_shown(inspection: Inspection, actor: Actor) -> list[dict[str, Any]]:
    """The signals; a place outside the reviewer's stores is only "another store", without a name or id."""
    if not may_see(inspection, actor):
        return []
    signals: Sequence[Mapping[str, Any]] = inspection.signals
    wanted = {uuid.UUID(place["store_id"]) for signal in signals for place in _places(signal["facts"])}
    seen = {str(store.id): store for store in stores_among(actor, wanted)} if wanted else {}
    return [{**signal, "facts": _resolved(signal["facts"], seen)} for signal in signals]


def _places(facts: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(facts, Mapping):
        if facts.get("store_id"):
            yield facts
        for inner in facts.values():
            yield from _places(inner)
    elif isinstance(facts, list):
        for inner in facts:
            yield from _places(inner)


def _resolved(facts: Any, seen: Mapping[str, Store]) -> Any:
    if isinstance(facts, list):
        return [_resolved(inner, seen) for inner in facts]
    if not isinstance(facts, Mapping):
        return facts
    shown = {name: _resolved(inner, seen) for name, inner in facts.items()}
    if not facts.get("store_id"):
        return shown
    store = seen.get(facts["store_id"])
    if store is not None:
        return shown | {"store_name": store.name}
    hidden = dict.fromkeys((name for name in _OF_A_PLACE if name in shown), None)
    return shown | hidden | {"store_id": None, "store_name": None}
