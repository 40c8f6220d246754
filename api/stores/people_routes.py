"""People over HTTP: oneself, and those of one's stores and regions."""

import uuid
from typing import Any

from api.accounts import passwords
from api.accounts.auth import current_actor, signed_in
from api.accounts.models import User
from api.accounts.policy import permissions_of
from api.accounts.schemas import UserSchema
from api.core.clock import now
from api.core.shapes import Blueprint, page_of
from api.core.transaction import in_transaction
from api.events.services import server_epoch
from api.stores import queries, services
from api.stores.schemas import MeSchema, NewUserSchema, UserChangeSchema, UserQuery

blp = Blueprint("people", __name__, url_prefix="/api/v1", description="People")
MY_STORES = 50


@blp.route("/me")
@signed_in()
@blp.response(200, MeSchema)
def me() -> dict[str, Any]:
    """Oneself, one's stores (the first 50) and what one may do."""
    actor = current_actor()
    user = queries.user_for(actor, actor.id)
    assert user is not None
    shown: dict[str, Any] = UserSchema().dump(user)
    return shown | {
        "regions": [{"id": r.id, "name": r.name} for r in queries.visible_regions(actor)],
        "stores": [
            {"id": s.id, "code": s.code, "name": s.name} for s in queries.first_stores(actor, MY_STORES)
        ],
        "permissions": permissions_of(actor.role),
        "server_epoch": server_epoch(),
    }


@blp.route("/users")
@signed_in("users.read")
@blp.arguments(UserQuery, location="query")
@blp.response(200, page_of(UserSchema))
def users(query: dict[str, Any]) -> dict[str, Any]:
    """The people whose stores or regions lie within one's own."""
    rows, following = queries.user_page(current_actor(), **query)
    return {"items": rows, "next": following}


@blp.route("/users", methods=["POST"])
@signed_in("users.write")
@blp.arguments(NewUserSchema)
@blp.response(201, UserSchema)
def add_user(given: dict[str, Any]) -> User:
    """Adds somebody."""
    hashed = passwords.hashed(given.pop("password"))
    return in_transaction(services.add_person, given, hashed, actor=current_actor(), now=now())


@blp.route("/users/<uuid:user_id>", methods=["PATCH"])
@signed_in("users.write")
@blp.arguments(UserChangeSchema)
@blp.response(200, UserSchema)
def change_user(given: dict[str, Any], user_id: uuid.UUID) -> User:
    """Changes somebody; deactivation and a new password end their sessions at once."""
    password = given.pop("password", None)
    hashed = passwords.hashed(password) if password else None
    return in_transaction(services.change_person, current_actor(), user_id, given, hashed, now())
