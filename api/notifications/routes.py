"""One's own messages over HTTP."""

import uuid
from typing import Any

from flask import Response, current_app, jsonify

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.errors import FieldError, Validation
from api.core.outside import Refused
from api.core.shapes import Blueprint
from api.core.transaction import in_transaction
from api.notifications import queries, services, vapid
from api.notifications.schemas import (
    ChoicesSchema,
    MarkedSchema,
    MarkSchema,
    MessagePageSchema,
    NotificationsQuery,
    PushKeySchema,
    SettingsSchema,
    SubscribedSchema,
    SubscriptionSchema,
    TriedSchema,
)
from api.notifications.shown import messages_shown

blp = Blueprint("notifications", __name__, url_prefix="/api/v1", description="What people are told")


@blp.route("/notifications")
@signed_in("notifications")
@blp.arguments(NotificationsQuery, location="query")
@blp.response(200, MessagePageSchema)
def notifications(query: dict[str, Any]) -> dict[str, Any]:
    """One's own messages, newest first."""
    actor = current_actor()
    rows, following = queries.message_page(actor.id, **query)
    return {"items": messages_shown(rows), "next": following, "unread": queries.unread_count(actor.id)}


@blp.route("/notifications/read", methods=["POST"])
@signed_in("notifications")
@blp.arguments(MarkSchema)
@blp.response(200, MarkedSchema)
def mark(given: dict[str, Any]) -> dict[str, Any]:
    """Marks messages as read or as not read."""
    actor = current_actor()
    ids = in_transaction(services.mark, actor, given.get("ids"), read=given["read"], now=now())
    return {"ids": ids, "unread": queries.unread_count(actor.id)}


@blp.route("/notifications/settings")
@signed_in("notifications")
@blp.response(200, SettingsSchema)
def settings() -> dict[str, Any]:
    """What holds for oneself."""
    return services.shown_settings(current_actor(), mail_offered=_mail_offered())


@blp.route("/notifications/settings", methods=["PUT"])
@signed_in("notifications")
@blp.arguments(ChoicesSchema)
@blp.response(200, SettingsSchema)
def choose(given: dict[str, Any]) -> dict[str, Any]:
    """Chooses how one wants to be told."""
    in_transaction(services.choose, current_actor(), given, now())
    return services.shown_settings(current_actor(), mail_offered=_mail_offered())


@blp.route("/notifications/test", methods=["POST"])
@signed_in("notifications")
@blp.response(202, TriedSchema)
def try_out() -> dict[str, Any]:
    """Sends oneself a message, to see that it arrives."""
    actor = current_actor()
    in_transaction(services.try_out, actor, now())
    shown = services.shown_settings(actor, mail_offered=_mail_offered())
    return {"browsers": shown["browsers"], "email": bool(shown["email"] and shown["mail_offered"])}


@blp.route("/push-key")
@signed_in("notifications")
@blp.response(200, PushKeySchema)
def push_key() -> dict[str, str]:
    """The key that a browser needs to subscribe."""
    given = current_app.config["VAPID_PRIVATE_KEY"]
    private = vapid.known_key(given) or in_transaction(vapid.private_key, given)
    return {"key": vapid.public_key(private)}


@blp.route("/push-subscriptions/<uuid:subscription_id>", methods=["PUT"])
@signed_in("notifications")
@blp.arguments(SubscriptionSchema)
@blp.alt_response(200, schema=SubscribedSchema)
@blp.alt_response(201, schema=SubscribedSchema)
def subscribe(given: dict[str, Any], subscription_id: uuid.UUID) -> tuple[Response, int]:
    """Has this browser pushed to."""
    try:
        current_app.extensions["rounds_outside"].check(given["endpoint"])
    except Refused as error:
        words = "No push service is called at this address."
        raise Validation(errors=[FieldError("/endpoint", error.code, words)]) from None
    row, is_new = in_transaction(services.subscribe, current_actor(), subscription_id, given, now())
    return jsonify(SubscribedSchema().dump(row)), 201 if is_new else 200


@blp.route("/push-subscriptions/<uuid:subscription_id>", methods=["DELETE"])
@signed_in("notifications")
@blp.response(204)
def unsubscribe(subscription_id: uuid.UUID) -> None:
    """Leaves this browser alone."""
    in_transaction(services.unsubscribe, current_actor(), subscription_id)


def _mail_offered() -> bool:
    return current_app.config["MAIL_SERVER"] is not None
