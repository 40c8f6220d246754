"""What is not held against a store that checks itself.

A self-check asks for no position, and whoever of the store's people has a hand free may do it.
"""

from collections.abc import Sequence

SELF = "self"
_NOT_ASKED = frozenset({"no_position", "not_assignee"})


def held_against(flags: Sequence[str], kind: str | None, *, by_own_people: bool) -> list[str]:
    """The flags that remain for a visit of this kind."""
    if kind != SELF or not by_own_people:
        return list(flags)
    return [flag for flag in flags if flag not in _NOT_ASKED]
