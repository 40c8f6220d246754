"""Regions and stores over HTTP."""

import uuid
from typing import Any

from flask import current_app

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint, PageQuery, page_of
from api.core.transaction import in_transaction
from api.stores import codes, queries, services
from api.stores.schemas import (
    NewRegionSchema,
    NewStoreSchema,
    RegionPageSchema,
    RegionSchema,
    StoreChangeSchema,
    StoreCodeSchema,
    StoreQuery,
    StoreSchema,
)
from api.stores.shown import regions_shown, stores_shown

blp = Blueprint("stores", __name__, url_prefix="/api/v1", description="Regions and stores")


@blp.route("/regions")
@signed_in("regions.read")
@blp.arguments(PageQuery, location="query")
@blp.response(200, RegionPageSchema)
def regions(_query: dict[str, Any]) -> dict[str, Any]:
    """The visible part of the region tree, parents first."""
    return {"items": regions_shown(queries.visible_regions(current_actor())), "next": None}


@blp.route("/regions", methods=["POST"])
@signed_in("regions.write")
@blp.arguments(NewRegionSchema)
@blp.response(201, RegionSchema)
def add_region(given: dict[str, Any]) -> dict[str, Any]:
    """Adds a region."""
    region = in_transaction(services.add_region, **given, actor=current_actor(), now=now())
    return regions_shown([region])[0]


@blp.route("/stores")
@signed_in("stores.read")
@blp.arguments(StoreQuery, location="query")
@blp.response(200, page_of(StoreSchema))
def stores(query: dict[str, Any]) -> dict[str, Any]:
    """The visible stores, by code."""
    rows, following = queries.store_page(current_actor(), **query)
    return {"items": stores_shown(rows), "next": following}


@blp.route("/stores", methods=["POST"])
@signed_in("stores.write")
@blp.arguments(NewStoreSchema)
@blp.response(201, StoreSchema)
def add_store(given: dict[str, Any]) -> dict[str, Any]:
    """Adds a store."""
    store = in_transaction(services.add_store, _columns(given), actor=current_actor(), now=now())
    return stores_shown([store])[0]


@blp.route("/stores/<uuid:store_id>")
@signed_in("stores.read")
@blp.response(200, StoreSchema)
def store(store_id: uuid.UUID) -> dict[str, Any]:
    """One store."""
    found = queries.store_for(current_actor(), store_id)
    if found is None:
        raise NotFound()
    return stores_shown([found])[0]


@blp.route("/stores/<uuid:store_id>/qr")
@signed_in("stores.code")
@blp.response(200, StoreCodeSchema)
def store_code(store_id: uuid.UUID) -> dict[str, Any]:
    """What the QR picture on the store's wall says."""
    found = queries.store_for(current_actor(), store_id)
    if found is None:
        raise NotFound()
    code = codes.code_of(found.id, current_app.extensions["rounds_store_codes"])
    return {"url": f"{current_app.config['PUBLIC_URL']}/s/{code}"}


@blp.route("/stores/<uuid:store_id>", methods=["PATCH"])
@signed_in("stores.write")
@blp.arguments(StoreChangeSchema)
@blp.response(200, StoreSchema)
def change_store(given: dict[str, Any], store_id: uuid.UUID) -> dict[str, Any]:
    """Changes a store; a stale version is a 409."""
    version = given.pop("version")
    changed = in_transaction(
        services.change_store, current_actor(), store_id, version, _columns(given), now()
    )
    return stores_shown([changed])[0]


def _columns(given: dict[str, Any]) -> dict[str, Any]:
    name = given.pop("name", None)
    return given | ({"name_zh": name["zh"], "name_en": name["en"]} if name else {})
