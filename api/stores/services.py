"""The deeds about regions, stores and their people."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts import services as accounts
from api.accounts.models import User
from api.accounts.types import STORE_MANAGER, STORE_STAFF, Actor
from api.core.db import db
from api.core.errors import AlreadyExists, FieldError, NotFound, StaleVersion, Validation
from api.core.ids import new_id
from api.events import services as events
from api.stores import geo, queries
from api.stores.models import Region, Store

DEFAULT_FENCE_M = 200
STORE_FIELDS = (
    "name_zh",
    "name_en",
    "type",
    "level",
    "tags",
    "region_id",
    "address",
    "city",
    "latitude",
    "longitude",
    "coord_sys",
    "timezone",
    "geofence_m",
    "status",
    "supervisor_id",
    "opening_hours",
    "closed_dates",
)
Changed = Callable[[Store, Collection[str], datetime], None]
_when_changed: list[Changed] = []


def when_changed(hook: Changed) -> None:
    """Registers what follows, in the same unit, when fields of a store have changed."""
    if hook not in _when_changed:
        _when_changed.append(hook)


def tell_changed(store: Store, names: Collection[str], now: datetime) -> None:
    """Does what follows from these fields having changed."""
    for hook in _when_changed:
        hook(store, names, now)


def add_region(
    *,
    code: str,
    name: Mapping[str, str],
    parent_id: uuid.UUID | None,
    actor: Actor | None,
    now: datetime,
) -> Region:
    """Adds a region below another, or a new root. Raises AlreadyExists, Validation."""
    if queries.region_coded(code) is not None:
        raise AlreadyExists(errors=[FieldError("/code", "taken", "This code is taken.")])
    parent = queries.region(parent_id) if parent_id else None
    if parent_id and parent is None:
        raise Validation(errors=[FieldError("/parent_id", "unknown", "There is no such region.")])
    region_id = new_id()
    path = (parent.path if parent else "/") + region_id.hex + "/"
    if len(path) > 400:
        raise Validation(errors=[FieldError("/parent_id", "too_deep", "Regions may be 12 levels deep.")])
    region = Region(
        id=region_id,
        parent_id=parent_id,
        code=code,
        name_zh=name["zh"],
        name_en=name["en"],
        path=path,
        created_at=now,
    )
    db.session.add(region)
    db.session.flush()
    events.record(
        "region.added", "region", region.id, at=now, actor_id=actor.id if actor else None, code=code
    )
    return region


def add_store(given: Mapping[str, Any], *, actor: Actor | None, now: datetime) -> Store:
    """Adds a store. Raises AlreadyExists for a taken code, Validation for unknown references."""
    if queries.stores_coded([given["code"]]):
        raise AlreadyExists(errors=[FieldError("/code", "taken", "This code is taken.")])
    _check_references(given)
    store = new_store(given, now)
    db.session.add(store)
    db.session.flush()
    events.record(
        "store.added", "store", store.id, at=now, actor_id=actor.id if actor else None, store_id=store.id
    )
    return store


def new_store(given: Mapping[str, Any], now: datetime) -> Store:
    """The row of a new store, not yet added; fields that are absent take their defaults."""
    defaults: dict[str, Any] = {
        "type": "",
        "level": "",
        "tags": [],
        "address": "",
        "city": "",
        "latitude": None,
        "longitude": None,
        "coord_sys": "WGS-84",
        "timezone": "Asia/Shanghai",
        "geofence_m": DEFAULT_FENCE_M,
        "status": "open",
        "supervisor_id": None,
        "opening_hours": None,
        "closed_dates": [],
    }
    values = {name: given.get(name, defaults.get(name)) for name in STORE_FIELDS}
    return Store(id=new_id(), code=given["code"], version=1, created_at=now, updated_at=now, **values)


def change_store(
    actor: Actor, store_id: uuid.UUID, version: int, changes: Mapping[str, Any], now: datetime
) -> Store:
    """Changes a store. Raises NotFound, StaleVersion, Validation."""
    store = queries.store_for(actor, store_id)
    if store is None:
        raise NotFound()
    if store.version != version:
        raise StaleVersion(extras={"current": {"version": store.version}})
    _check_references(changes)
    changed = {name: value for name, value in changes.items() if getattr(store, name) != value}
    if not changed:
        return store
    for name, value in changed.items():
        setattr(store, name, value)
    if (store.latitude is None) != (store.longitude is None):
        raise Validation(errors=[FieldError("/latitude", "half_point", "Give both coordinates or none.")])
    store.updated_at = now
    db.session.flush()
    tell_changed(store, changed, now)
    kind = "store.moved" if "region_id" in changed else "store.changed"
    events.record(
        kind, "store", store.id, at=now, actor_id=actor.id, store_id=store.id, fields=sorted(changed)
    )
    return store


def _check_references(given: Mapping[str, Any]) -> None:
    region_id, supervisor_id = given.get("region_id"), given.get("supervisor_id")
    if region_id and queries.region(region_id) is None:
        raise Validation(errors=[FieldError("/region_id", "unknown", "There is no such region.")])
    if supervisor_id and db.session.get(User, supervisor_id) is None:
        raise Validation(errors=[FieldError("/supervisor_id", "unknown", "There is no such person.")])


def add_person(given: Mapping[str, Any], password_hash: str, *, actor: Actor, now: datetime) -> User:
    """Adds somebody with their regions and stores. Raises AlreadyExists, Validation."""
    check_scope(given.get("region_ids", ()), given.get("store_ids", ()))
    return accounts.add_user(
        username=given["username"],
        name=given["name"],
        role=given["role"],
        locale=given["locale"],
        password_hash=password_hash,
        region_ids=given.get("region_ids", ()),
        store_ids=given.get("store_ids", ()),
        actor=actor,
        now=now,
    )


def change_person(
    actor: Actor, user_id: uuid.UUID, changes: Mapping[str, Any], password_hash: str | None, now: datetime
) -> User:
    """Changes somebody; deactivation and a new role or scope work on their next request."""
    user = queries.user_for(actor, user_id)
    if user is None:
        raise NotFound()
    check_scope(changes.get("region_ids", ()), changes.get("store_ids", ()))
    for name in ("name", "role", "locale", "is_active"):
        if name in changes:
            setattr(user, name, changes[name])
    if "region_ids" in changes or "store_ids" in changes:
        accounts.set_scope(user, changes.get("region_ids", ()), changes.get("store_ids", ()))
    if password_hash is not None:
        user.password_hash = password_hash
    if password_hash is not None or changes.get("is_active") is False:
        accounts.end_all_sessions(user.id, now)
    user.updated_at = now
    db.session.flush()
    events.record(
        "user.changed", "user", user.id, at=now, actor_id=actor.id, fields=sorted(set(changes) - {"password"})
    )
    return user


def check_scope(region_ids: Sequence[uuid.UUID], store_ids: Sequence[uuid.UUID]) -> None:
    """Raises Validation naming the regions and stores that do not exist."""
    faults = [
        FieldError(f"/region_ids/{i}", "unknown", "There is no such region.")
        for i, region_id in enumerate(region_ids)
        if queries.region(region_id) is None
    ]
    faults += [
        FieldError(f"/store_ids/{i}", "unknown", "There is no such store.")
        for i, store_id in enumerate(store_ids)
        if queries.store(store_id) is None
    ]
    if faults:
        raise Validation(errors=faults)


def fixer_for(store_id: uuid.UUID, owner_role: str | None = None) -> uuid.UUID | None:
    """Who mends what is found in a store.

    The person of the role that the checklist names, the nearest to the store when there are several;
    of several staff none is picked. Without such a person, or without a role: the store's manager, else
    its one staff member, else nobody.
    """
    store = queries.store(store_id)
    owner = nearest_of_role(store, owner_role) if store and owner_role else None
    if owner is not None:
        return owner
    people = queries.store_people(store_id)
    managers = [p for p in people if p.role == STORE_MANAGER]
    if managers:
        return managers[0].id
    return people[0].id if len(people) == 1 else None


def nearest_of_role(store: Store, role: str) -> uuid.UUID | None:
    """The active person of a role whose duty a store is: its own supervisor, else the nearest one over it.

    Of several staff none is picked.
    """
    people = queries.people_over(store, role)
    if role == STORE_STAFF:
        return people[0].id if len(people) == 1 else None
    own = next((p for p in people if p.id == store.supervisor_id), None)
    return own.id if own else (people[0].id if people else None)


def region_codes(store: Store) -> list[str]:
    """The codes of the store's region, its parent, and so on up to the root."""
    return [region.code for region in reversed(queries.regions_above(store.region_id))]


def distance_to_store(store: Store, latitude: float, longitude: float) -> float | None:
    """Metres from a WGS-84 point to the store; None when the store has no point."""
    if store.latitude is None or store.longitude is None:
        return None
    lat, lon = geo.to_wgs84(store.latitude, store.longitude, store.coord_sys)
    return geo.distance_m(latitude, longitude, lat, lon)
