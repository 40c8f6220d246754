"""Who is around these stores, looked up once for one of them or for thousands; routing.py decides."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from api.accounts.types import SUPERVISOR
from api.stores import queries as store_queries
from api.stores import roster_queries
from api.stores.absences import absences_from
from api.stores.selection_queries import region_paths
from api.tasks.routing import ROSTER_AHEAD, Around, OnRoster, Worker, fixer, of_role

_DAY = timedelta(days=1)


class Shop(Protocol):
    """A store, as far as its people are concerned."""

    @property
    def id(self) -> uuid.UUID:
        """Which store."""

    @property
    def region_id(self) -> uuid.UUID:
        """Where it hangs."""

    @property
    def timezone(self) -> str:
        """By whose clock its days go."""

    @property
    def supervisor_id(self) -> uuid.UUID | None:
        """Whose store it is."""


class Owners:
    """Who mends and who reviews in each of these stores at a moment."""

    def __init__(self, stores: Sequence[Shop], now: datetime) -> None:
        self._now = now
        self._stores = {store.id: store for store in stores}
        self._paths = _paths(stores)
        self._absences = absences_from(now.astimezone(UTC).date() - _DAY)
        self._read_people()
        self._read_roster()

    def fixer(self, store_id: uuid.UUID, owner_role: str | None = None) -> uuid.UUID | None:
        """Who mends what is found there, by the role that the checklist names."""
        return fixer(self._around(store_id), owner_role, self._now)

    def supervisor(self, store_id: uuid.UUID) -> uuid.UUID | None:
        """The store's supervisor, the nearest over it, or whoever stands in for them."""
        return of_role(self._around(store_id), SUPERVISOR, self._now)

    def _around(self, store_id: uuid.UUID) -> Around:
        store = self._stores[store_id]
        return Around(
            people=list(self._people_of(store)),
            zone=ZoneInfo(store.timezone),
            roster=self._roster.get(store_id, ()),
            absences=self._absences,
        )

    def _people_of(self, store: Shop) -> Iterable[Worker]:
        nearest = list(self._by_store.get(store.id, ()))
        for region in reversed(self._paths.get(store.region_id, ())):
            nearest += self._by_region.get(region, ())
        own = [worker for worker in nearest if worker.id == store.supervisor_id and worker.role == SUPERVISOR]
        return dict.fromkeys(own + nearest)

    def _read_people(self) -> None:
        regions = {region for path in self._paths.values() for region in path}
        self._by_store: dict[uuid.UUID, list[Worker]] = {}
        self._by_region: dict[uuid.UUID, list[Worker]] = {}
        for user_id, role, store_id, region_id in roster_queries.workers(list(self._stores), list(regions)):
            if store_id:
                self._by_store.setdefault(store_id, []).append(Worker(user_id, role))
            if region_id:
                self._by_region.setdefault(region_id, []).append(Worker(user_id, role))

    def _read_roster(self) -> None:
        self._roster: dict[uuid.UUID, list[OnRoster]] = {}
        shifts = roster_queries.shifts_of(list(self._stores), self._now, self._now + ROSTER_AHEAD)
        for shift in shifts:
            found = OnRoster(shift.user_id, shift.starts_at, shift.ends_at)
            self._roster.setdefault(shift.store_id, []).append(found)


def _paths(stores: Sequence[Shop]) -> dict[uuid.UUID, Sequence[uuid.UUID]]:
    """For each of their regions: the regions down to it, the root first."""
    if len(stores) == 1:
        above = store_queries.regions_above(stores[0].region_id)
        return {stores[0].region_id: [region.id for region in above]}
    return dict(region_paths())
