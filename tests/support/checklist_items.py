"""Random items of every kind, with every field that an item may have."""

import random
from typing import Any

KINDS = (
    "pass_fail",
    "graded",
    "numeric",
    "count",
    "single",
    "multiple",
    "date",
    "text",
    "photo",
    "signature",
    "barcode",
)
_HASH = "0123456789abcdef" * 4


def a_text(words: str) -> dict[str, str]:
    return {"zh": "", "en": words}


def an_item(dice: random.Random, key: str) -> dict[str, Any]:
    """A sound item, with what may be left out sometimes left out."""
    kind = dice.choice(KINDS)
    item: dict[str, Any] = {
        "key": key,
        "text": a_text(key),
        "kind": kind,
        "points": dice.choice([0, 0.1, 1, 2.5, 3.333, 10]),
        "weight": dice.choice([1, 1, 2, 0.5, 0]),
        "bonus": dice.random() < 0.1,
        "flag": dice.choice(["general", "general", "key", "redline"]),
        "pass_line": dice.choice([100, 80, 0]),
        "required": dice.random() < 0.8,
        "note_rule": dice.choice(["none", "none", "on_fail", "always"]),
        "allow_na": dice.random() < 0.5,
        "photo": {
            "rule": dice.choice(["none", "on_fail", "always"]),
            "min": dice.randint(0, 2),
            "camera_only": dice.random() < 0.2,
        },
        "owner_role": dice.choice([None, "store_manager", "store_staff", "supervisor", "regional_manager"]),
        **_of_kind(dice, kind),
    }
    if dice.random() < 0.2:
        item["references"] = [{"sha256": _HASH, "shows": "wrong", "caption": a_text("not like this")}]
    for name in ("weight", "required", "note_rule", "owner_role", "pass_line"):
        if dice.random() < 0.2:
            del item[name]
    return item


def _of_kind(dice: random.Random, kind: str) -> dict[str, Any]:
    if kind == "numeric":
        return _limits(dice)
    if kind == "graded":
        return dice.choice([{}, {"grades": _choices(dice, 2, 0)}])
    if kind == "single":
        return {"choices": _choices(dice, 2, 0)}
    if kind == "multiple":
        return {"choices": _choices(dice, 1, -100), "base": dice.choice([0, 100, 40.5])}
    own: dict[str, dict[str, Any]] = {
        "count": {"step": dice.choice([0.5, 1, 3])},
        "date": {"warn_days": dice.choice([None, 0, 30])},
        "barcode": {"codes": dice.choice([[], ["A-1", "A-2"], ["6901234567892"]])},
    }
    return own.get(kind, {})


def _limits(dice: random.Random) -> dict[str, Any]:
    low, high = dice.choice([None, 0, -1.5]), dice.choice([None, 8, 0.3])
    item: dict[str, Any] = {"unit": dice.choice(["", "℃"]), "min": low, "max": high}
    if dice.random() < 0.7:
        item["warn_min"] = dice.choice([None, low, 0.2])
        item["warn_max"] = dice.choice([None, high, 0.25])
    return item


def _choices(dice: random.Random, least: int, lowest: int) -> list[dict[str, Any]]:
    percents = [lowest, 0, 33.333, 60, 80, 100]
    keys = "abcde"[: dice.randint(max(least, 2), 5)] if least > 1 else "abcde"[: dice.randint(1, 5)]
    return [{"key": key, "name": a_text(key), "percent": dice.choice(percents)} for key in keys]
