"""Where something happened and who answers for that store, for those who are told of it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.accounts import queries as accounts
from api.accounts.models import User
from api.accounts.types import REGIONAL_MANAGER, STORE_MANAGER
from api.stores import queries as stores
from api.stores.models import Store

Ids = tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class Place:
    """A store with its region's path."""

    store: Store
    region_path: str

    def facts(self) -> dict[str, Any]:
        """What messages say of it."""
        return {"store": self.store.name, "store_code": self.store.code, "zone": self.store.timezone}

    def told(self) -> dict[str, Any]:
        """What a matter says of it."""
        return {
            "store_id": self.store.id,
            "region_path": self.region_path,
            "zone": self.store.timezone,
        }


def place_of(store_id: uuid.UUID | None) -> Place | None:
    """The store, if there is one."""
    store = stores.store(store_id) if store_id else None
    if store is None:
        return None
    region = stores.region(store.region_id)
    return Place(store, region.path if region else "")


def store_managers(place: Place) -> Ids:
    """Who runs the store."""
    return _ids(person for person in stores.store_people(place.store.id) if person.role == STORE_MANAGER)


def regional_managers(place: Place) -> Ids:
    """The managers of the nearest region that has any."""
    return _ids(stores.people_over(place.store, REGIONAL_MANAGER)[:1])


def reviewers(place: Place, named: uuid.UUID | None) -> Ids:
    """Who looks at what the store hands in: whoever is named, else its supervisor, else its regional manager."""
    if named:
        return (named,)
    return (place.store.supervisor_id,) if place.store.supervisor_id else regional_managers(place)


def only(user_id: uuid.UUID | None) -> Ids:
    """One person, or nobody."""
    return (user_id,) if user_id else ()


def listed(values: Sequence[Any]) -> Ids:
    """People as facts keep them: a list of texts."""
    return tuple(uuid.UUID(str(value)) for value in values)


def name_of(user_id: uuid.UUID | None) -> str:
    """What somebody is called; "" when it was nobody."""
    return accounts.names([user_id]).get(user_id, "") if user_id else ""


def _ids(people: Iterable[User]) -> Ids:
    return tuple(person.id for person in people)
