"""What surrounded a past visit: the store as it was known then, and the rounds that were walked.

Both stand in the document that the phone sent, and reading twenty thousand documents takes its time, so
they are read only when the draft asks for them. Reports from before phones told of the store are taken
by what the store is today.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from api.inspections.inforce import context_of
from api.rehearsals import queries
from api.rehearsals.queries import Surroundings
from api.rehearsals.rehearsing import wants_context, wants_rounds
from api.rehearsals.types import Past
from api.stores import queries as store_queries
from api.stores import services as stores
from api.stores.models import Store


class Around:
    """Finds the surroundings of one lot after another, as far as the draft wants them."""

    def __init__(self, draft: Mapping[str, Any]) -> None:
        self._wants_context = wants_context(draft)
        self._wants_anything = self._wants_context or wants_rounds(draft)
        self._regions: dict[uuid.UUID, list[str]] = {}

    def of(self, lot: Sequence[Past]) -> Mapping[uuid.UUID, Surroundings]:
        """Context and rounds of each inspection."""
        if not self._wants_anything:
            return {one.id: (None, {}) for one in lot}
        found = queries.surroundings([one.id for one in lot])
        if not self._wants_context:
            return {key: (None, rounds) for key, (_, rounds) in found.items()}
        untold = [one for one in lot if found[one.id][0] is None]
        if untold:
            known = queries.contexts_by_server([one.id for one in untold])
            places = store_queries.stores_by_id(one.store_id for one in untold)
            for one in untold:
                context = known.get(one.id) or self._today(one, places[one.store_id])
                found[one.id] = (context, found[one.id][1])
        return found

    def _today(self, one: Past, store: Store) -> Mapping[str, Any]:
        codes = self._regions.get(store.region_id)
        if codes is None:
            codes = self._regions[store.region_id] = stores.region_codes(store)
        local = one.started_at.astimezone(ZoneInfo(store.timezone))
        return context_of(store.type, store.tags, codes, local)
