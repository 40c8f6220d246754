"""Signing in, staying signed in, signing out."""

import uuid
from typing import Any

from flask import Response, jsonify

from api.accounts import auth, passwords, queries, services
from api.accounts.auth import current_actor, public, signed_in
from api.accounts.models import Session, User
from api.accounts.schemas import LoginSchema, SessionPageSchema, SignedInSchema, UserSchema
from api.core.clock import now
from api.core.errors import BadCredentials, SessionRevoked, TooManyRequests
from api.core.shapes import Blueprint
from api.core.transaction import end_reading, in_transaction

blp = Blueprint("auth", __name__, url_prefix="/api/v1/auth", description="Signing in and out")


@blp.route("/login", methods=["POST"])
@public
@blp.arguments(LoginSchema)
@blp.alt_response(200, schema=SignedInSchema)
def login(given: dict[str, Any]) -> Response:
    """Signs in by cookie (the app) or by bearer token (integrations)."""
    username = given["username"].strip().lower()
    wait = services.blocked_for(username, now())
    if wait:
        raise TooManyRequests(retry_after=wait)
    user = queries.user_named(username)
    end_reading()
    fits = passwords.matches(user.password_hash if user else None, given["password"])
    if user is None or not fits or not user.is_active:
        in_transaction(services.note_failure, username, now())
        raise BadCredentials()
    user, session, refresh_id = in_transaction(
        services.begin_session, user.id, given["device_name"], given["transport"], now()
    )
    return _signed_in(user, session, refresh_id, given["transport"])


@blp.route("/refresh", methods=["POST"])
@public
@blp.alt_response(200, schema=SignedInSchema)
def refresh() -> Response:
    """New tokens for old; the refresh token comes by cookie or as {"refresh_token"} in the body."""
    token_id, _session_id, transport = auth.presented_refresh()
    turn = in_transaction(services.rotate, token_id, now())
    if turn.user is None or turn.session is None or turn.token_id is None:
        raise SessionRevoked()
    return _signed_in(turn.user, turn.session, turn.token_id, transport)


@blp.route("/logout", methods=["POST"])
@signed_in()
@blp.alt_response(204)
def logout() -> Response:
    """Ends this device's session."""
    actor = current_actor()
    assert actor.session_id is not None
    in_transaction(services.end_session, actor.id, actor.session_id, now())
    response = Response(status=204)
    auth.clear_cookies(response)
    return response


@blp.route("/sessions")
@signed_in()
@blp.response(200, SessionPageSchema)
def sessions() -> dict[str, Any]:
    """The devices one is signed in on."""
    actor = current_actor()
    rows = queries.sessions_of(actor.id)
    return {"items": [_session(row, actor.session_id) for row in rows], "next": None}


@blp.route("/sessions/<uuid:session_id>", methods=["DELETE"])
@signed_in()
@blp.response(204)
def end_session(session_id: uuid.UUID) -> None:
    """Signs one of one's devices out; it works on that device's next request."""
    in_transaction(services.end_session, current_actor().id, session_id, now())


def _session(row: Session, current: uuid.UUID | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "device_name": row.device_name,
        "transport": row.transport,
        "created_at": row.created_at,
        "last_used_at": row.last_used_at,
        "current": row.id == current,
    }


def _signed_in(user: User, session: Session, refresh_id: uuid.UUID, transport: str) -> Response:
    access, refresh_token = auth.tokens(user, session, refresh_id)
    body: dict[str, Any] = {
        "user": UserSchema().dump(user),
        "expires_in": int(auth.ACCESS_LIFE.total_seconds()),
    }
    if transport == "bearer":
        return jsonify(body | {"access_token": access, "refresh_token": refresh_token})
    response = jsonify(body | {"csrf_token": auth.csrf_of(access)})
    auth.set_cookies(response, access, refresh_token)
    return response
