"""Where a phone stands in the feed.

First it walks a snapshot, kind by kind in the order of ids, then it follows the facts by their
number. The cursor also carries what the person could see when it was made: when that changes, the
phone is told to begin again, because rows may have come into sight or gone out of it.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.core.pagination import bad_cursor, decode_cursor, encode_cursor

KINDS = ("region", "store", "checklist", "visit", "task", "inspection")


@dataclass(frozen=True)
class Cursor:
    """`phase` is an index into KINDS while the snapshot runs, and None when following facts."""

    seq: int
    scope: str
    phase: int | None = None
    last: str | None = None

    def text(self) -> str:
        """Opaque for the phone."""
        return encode_cursor([self.seq, self.scope, self.phase, self.last])


def read(text: str) -> Cursor:
    """The cursor again. Raises Validation on one that we did not make."""
    raw: Any = decode_cursor(text)
    if not (isinstance(raw, list) and len(raw) == 4):
        raise bad_cursor()
    seq, scope, phase, last = raw
    fits = (
        isinstance(seq, int)
        and isinstance(scope, str)
        and (phase is None or (isinstance(phase, int) and 0 <= phase < len(KINDS)))
        and (last is None or isinstance(last, str))
    )
    if not fits:
        raise bad_cursor()
    return Cursor(seq, scope, phase, last)


def scope_mark(role: str, ids: Iterable[Any], moves: int) -> str:
    """A short name for what somebody can see: role, regions and stores, and the last move of a store."""
    text = json.dumps([role, sorted(str(i) for i in ids), moves])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
