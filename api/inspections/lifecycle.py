"""What may become of a report after it arrived.

A clean report is approved by itself; one with a flag waits for a reviewer. Nobody reviews their own.
A report that should not count is voided, with a reason, and stays readable. The store's word on it (signoff.py)
changes no state; a voided report needs none.
"""

_MOVES: dict[tuple[str, str], str] = {
    ("in_review", "approve"): "approved",
    ("in_review", "void"): "voided",
    ("approved", "void"): "voided",
    ("submitted", "sign_off"): "submitted",
    ("in_review", "sign_off"): "in_review",
    ("returned", "sign_off"): "returned",
    ("approved", "sign_off"): "approved",
}
ACTIONS = ("approve", "void", "sign_off")
NEEDS_REASON = frozenset({"void"})
PERMISSION = {
    "approve": "inspections.review",
    "void": "inspections.void",
    "sign_off": "inspections.sign_off",
}


def first_status(flags: list[str]) -> str:
    """The state a report arrives in."""
    return "in_review" if flags else "approved"


def when_flagged(status: str) -> str:
    """The state of a report that nobody decided about when a flag goes up afterwards."""
    return "in_review" if status == "approved" else status


def after(status: str, action: str) -> str | None:
    """The state after an action, or None when it cannot be done in this state."""
    return _MOVES.get((status, action))
