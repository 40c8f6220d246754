"""Which stores does somebody mean: those of regions, types, tags and levels, or a list, but for some.

Lists that are not empty must all be met.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


def by_region(
    stores: Sequence[StoreRow],
    paths: Mapping[uuid.UUID, Sequence[uuid.UUID]],
    named: Iterable[uuid.UUID],
) -> list[tuple[uuid.UUID, int]]:
    """How many stores lie where, most first: by the regions that were named, else by those in which they part."""
    marks = set(named) or _parting(stores, paths)
    count = Counter(
        next((region for region in reversed(paths[store.region_id]) if region in marks), store.region_id)
        for store in stores
    )
    return count.most_common()


def _parting(stores: Sequence[StoreRow], paths: Mapping[uuid.UUID, Sequence[uuid.UUID]]) -> set[uuid.UUID]:
    """The highest regions that do not hold all of the stores; the one that does when they lie in one."""
    used = {store.region_id: paths[store.region_id] for store in stores}
    level = 0
    while used and len({path[level] if len(path) > level else None for path in used.values()}) == 1:
        level += 1
        if any(len(path) <= level for path in used.values()):
            return {path[level - 1] for path in used.values()}
    return {path[min(level, len(path) - 1)] for path in used.values()}
