"""What a selection names must lie among the stores and regions of whoever makes it."""

from collections.abc import Mapping
from typing import Any

from api.accounts.types import Actor
from api.core.errors import FieldError
from api.stores import queries

_WORDS = {"region_ids": "region", "store_ids": "store", "except_ids": "store"}


def bounds(actor: Actor) -> list[str] | None:
    """The regions that bound what an actor may select; None for everywhere."""
    return None if actor.sees_everything else sorted(str(i) for i in actor.region_ids)


def place_faults(actor: Actor, selection: Mapping[str, Any], at: str) -> list[FieldError]:
    """The regions and stores of a selection that the actor does not have, by their places below `at`."""
    regions = {str(region.id) for region in queries.visible_regions(actor)}
    stores = queries.visible_store_ids(actor) if selection["store_ids"] or selection["except_ids"] else ()
    known = {"region_ids": regions, "store_ids": stores, "except_ids": stores}
    return [
        FieldError(f"{at}/{name}/{place}", "unknown", f"There is no such {_WORDS[name]} among yours.")
        for name, mine in known.items()
        for place, one in enumerate(selection[name])
        if str(one) not in mine
    ]
