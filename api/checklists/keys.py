"""Keys of sections and items, and of the rounds in which they are walked.

A key is the same over all versions, so that trends join. In round 2 the item `temp` is answered as
`temp#2`; no key of a checklist has a # of its own.
"""

import re

MAX_KEY = 60
KEY = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{MAX_KEY - 1}}}")
_ROUND = re.compile(r"(.+)#([1-9][0-9]?)", re.DOTALL)


def round_key(key: str, number: int) -> str:
    """The key in round `number`, counted from 1."""
    return f"{key}#{number}"


def base_key(key: str) -> str:
    """The key that stands in the checklist: `temp` of `temp#2`; a key without a round is its own."""
    found = _ROUND.fullmatch(key)
    return found.group(1) if found else key


def round_of(key: str) -> int | None:
    """The number of the round in a key, or None where the section is not repeated."""
    found = _ROUND.fullmatch(key)
    return int(found.group(2)) if found else None
