"""JSON as we accept it: no doubled keys, no NaN, no NUL, no half characters, no towers."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask.json.provider import DefaultJSONProvider

MAX_DEPTH = 24
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class StrictJSON(DefaultJSONProvider):
    """Flask's JSON, refusing what one reader would read differently from another."""

    ensure_ascii = False
    sort_keys = False

    @staticmethod
    def default(value: Any) -> Any:
        """Moments, ids and decimals as the API shows them."""
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if isinstance(value, Decimal):
            return int(value) if value == int(value) else float(value)
        return DefaultJSONProvider.default(value)

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Raises ValueError with words on anything that is not strict JSON."""
        return strict_loads(s)


def strict_loads(source: str | bytes) -> Any:
    """The value of a JSON text. Raises ValueError saying what is wrong with it."""
    text = source.decode("utf-8") if isinstance(source, bytes) else source
    if "\\u0000" in text or "\x00" in text:
        raise ValueError("a NUL character")
    try:
        value = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constants)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _refuse_towers(value)
    if _SURROGATE.search(text):
        _refuse_half_characters(value)
    return value


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice in one object")
    return found


def _no_constants(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _refuse_towers(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise ValueError("nested too deeply")


def _refuse_half_characters(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half a surrogate pair") from None
