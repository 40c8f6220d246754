"""Visits that nothing was planned for: begun in front of the store, with or without a network.

Who stands there says what kind of visit it is. What a store's own people hand in about their store is a
self-check, whatever it was called: self-checks are shown beside the others and never averaged with them.
"""

from api.inspections.selfchecks import SELF

ROUTINE = "routine"
KINDS = (ROUTINE, "unannounced", "special", "cross")


def kind_of(planned: str | None, said: str | None, *, by_own_people: bool) -> str:
    """The kind of a report: that of its visit, else what was said, else a routine visit."""
    if planned is not None:
        return planned
    return SELF if by_own_people else said or ROUTINE
