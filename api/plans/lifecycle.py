"""What may become of a visit.

A visit is scheduled until somebody submits its inspection, a manager excuses or cancels it, or its
time runs out. A missed one can still be excused, and an inspection that was begun in time may still
arrive for it.
"""

_MOVES: dict[tuple[str, str], str] = {
    ("scheduled", "cancel"): "cancelled",
    ("in_progress", "cancel"): "cancelled",
    ("scheduled", "excuse"): "excused",
    ("missed", "excuse"): "excused",
}
NEEDS_MANAGER = frozenset({"excuse"})
OPEN = ("scheduled", "in_progress")


def after(state: str, action: str) -> str | None:
    """The state after an action, or None when it cannot be done in this state."""
    return _MOVES.get((state, action))
