"""Which stores does somebody mean: those of regions, types, tags and levels, or a list, but for some.

Lists that are not empty must all be met.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Selection:
    """Which stores; empty lists bound nothing."""

    region_ids: tuple[uuid.UUID, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    store_ids: tuple[uuid.UUID, ...] = ()
    except_ids: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class StoreRow:
    """A store as it is needed where thousands are looked at."""

    id: uuid.UUID
    code: str
    region_id: uuid.UUID
    timezone: str
    supervisor_id: uuid.UUID | None
    closed_dates: frozenset[date]


def read_selection(given: Mapping[str, Any]) -> Selection:
    """A selection as it is stored (plain JSON) or loaded."""
    return Selection(
        region_ids=ids(given["region_ids"]),
        types=tuple(given["types"]),
        tags=tuple(given["tags"]),
        levels=tuple(given["levels"]),
        store_ids=ids(given["store_ids"]),
        except_ids=ids(given["except_ids"]),
    )


def ids(given: Sequence[Any]) -> tuple[uuid.UUID, ...]:
    """Ids that are stored as texts."""
    return tuple(one if isinstance(one, uuid.UUID) else uuid.UUID(one) for one in given)
