"""What is written on the shown copy of a photo: when, by whom, in which store, and where.

A photo may be listed by several reports. Written is what the report or task says from which it is opened, else
the first list that the reader may see. A photo that nothing lists yet has nothing to write: its report may still
be on its way, so that copy is not to be kept for long.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from api.accounts import queries as accounts
from api.accounts.types import Actor
from api.photos import queries
from api.photos.models import Evidence
from api.stores import queries as stores
from api.stores.models import Store


def words_for(actor: Actor, sha256: str, shown_by: uuid.UUID | None) -> list[str]:
    """The lines for a photo as this reader sees it; none when nothing visible lists it."""
    row = queries.listed_for(actor, sha256, shown_by)
    if row is None:
        return []
    store = stores.store(row.store_id)
    assert store is not None
    person = accounts.names([row.person_id]).get(row.person_id, "") if row.person_id else ""
    return lines(row, store, person)


def lines(row: Evidence, store: Store, person: str) -> list[str]:
    """The words themselves; the time is the phone's, on the store's clock."""
    local = row.taken_at.astimezone(ZoneInfo(store.timezone))
    offset = local.strftime("%z")
    names = " · ".join(dict.fromkeys(name for name in (store.name_zh, store.name_en) if name))
    found = [
        f"{local:%Y-%m-%d %H:%M:%S} {offset[:3]}:{offset[3:]}  {person}".rstrip(),
        f"{store.code}  {names}",
    ]
    if row.latitude is not None and row.longitude is not None:
        near = "" if row.accuracy is None else f"  ±{row.accuracy:.0f} m"
        found.append(f"{row.latitude:.5f}, {row.longitude:.5f}{near}")
    return found


def sign(words: Sequence[str]) -> str:
    """A SHA-256 by which a copy with these words is known."""
    return hashlib.sha256(json.dumps(list(words)).encode()).hexdigest()
