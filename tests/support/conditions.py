"""Random conditions on earlier items, and random bounds of where something applies."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

_RESULTS = ("pass", "fail", "partial", "na", "cannot_check", "unanswered")


def a_condition(dice: random.Random, earlier: Sequence[Mapping[str, Any]], depth: int = 0) -> dict[str, Any]:
    """A sound condition that asks only about these items."""
    if depth < 3 and dice.random() < 0.35:
        parts = [a_condition(dice, earlier, depth + 1) for _ in range(dice.randint(1, 3))]
        return {dice.choice(["all", "any"]): parts}
    return _asked(dice, dice.choice(earlier))


def _asked(dice: random.Random, item: Mapping[str, Any]) -> dict[str, Any]:
    kind, key = item["kind"], item["key"]
    if kind in ("numeric", "count") and dice.random() < 0.6:
        return {"item": key, **dice.choice([{"least": 0.3}, {"most": 4}, {"least": 1, "most": 8}])}
    choices = item.get("choices") or item.get("grades")
    if choices and dice.random() < 0.6:
        keys = [choice["key"] for choice in choices]
        return {"item": key, "value": dice.sample(keys, dice.randint(1, len(keys)))}
    return {"item": key, "result": dice.sample(_RESULTS, dice.randint(1, 4))}


def applies_somewhere(
    dice: random.Random,
    store_types: Sequence[str],
    tags: Sequence[str],
    regions: Sequence[str],
    dayparts: Sequence[str],
) -> dict[str, Any]:
    """Bounds of which some are left open and some left out."""
    lists = {"store_types": store_types, "tags": tags, "regions": regions, "dayparts": dayparts}
    return {
        name: dice.sample(known, dice.randint(1, 2)) if dice.random() < 0.4 else []
        for name, known in lists.items()
        if dice.random() < 0.9
    }
