"""Pictures that were drawn on, and the originals they were drawn on.

A marked picture names its original in `marks_of`; the original rides along in the same list, so that nothing
is hidden by a drawing. The two show one thing, and count as one photo.
"""

from collections.abc import Mapping, Sequence
from typing import Any


def originals(photos: Sequence[Mapping[str, Any]]) -> set[str]:
    """Hashes of the pictures that only ride along: not drawn on, and one of the list was drawn on them."""
    drawn_on = {photo.get("marks_of") for photo in photos}
    plain = {photo.get("sha256") for photo in photos if not photo.get("marks_of")}
    return {sha256 for sha256 in plain & drawn_on if sha256}


def count(photos: Sequence[Mapping[str, Any]] | None) -> int:
    """How many photos these are, a marked one and its original counted once."""
    return len(photos) - len(originals(photos)) if photos else 0


def marks(photos: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The original of each marked picture, by hash, as far as it is in the list."""
    there = {photo["sha256"] for photo in photos}
    return {p["sha256"]: p["marks_of"] for p in photos if p.get("marks_of") in there}
