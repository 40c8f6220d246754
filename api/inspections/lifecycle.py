"""What may become of a report after it arrived.

A clean report is approved by itself; one with a flag waits for a reviewer. Nobody reviews their own.
A report that should not count is voided, with a reason, and stays readable.
"""

_MOVES: dict[tuple[str, str], str] = {
    ("in_review", "approve"): "approved",
    ("in_review", "void"): "voided",
    ("approved", "void"): "voided",
}
ACTIONS = ("approve", "void")
NEEDS_REASON = frozenset({"void"})
PERMISSION = {"approve": "inspections.review", "void": "inspections.void"}


def first_status(flags: list[str]) -> str:
    """The state a report arrives in."""
    return "in_review" if flags else "approved"


def after(status: str, action: str) -> str | None:
    """The state after an action, or None when it cannot be done in this state."""
    return _MOVES.get((status, action))
