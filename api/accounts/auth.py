"""Who is asking, from the JWT of a request. The only file that knows flask_jwt_extended.

A route is opened by `signed_in(...)` or by `public`; a test makes sure that none is opened by
neither. The phone sends cookies (with a CSRF header), integrations a bearer token; both at once are
refused, because then nobody can say whose request it is.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import flask_jwt_extended as jwt
from flask import Flask, Response, g, request
from flask_jwt_extended.exceptions import CSRFError, JWTExtendedException, NoAuthorizationError
from jwt.exceptions import ExpiredSignatureError, PyJWTError

from api.accounts import policy, queries
from api.accounts.models import Session, User
from api.accounts.types import Actor
from api.core.config import Settings
from api.core.errors import (
    Csrf,
    SessionRevoked,
    TokenExpired,
    TokenInvalid,
    TwoCredentials,
    Unauthorized,
)
from api.core.transaction import end_reading

P = ParamSpec("P")
T = TypeVar("T")
ACCESS_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=60)
_ISSUER = "rounds"
_AUDIENCE = "rounds-api"
_CLAIMS = frozenset({"iss", "aud", "exp", "nbf", "iat", "jti", "sub", "sid", "type"})


def install(app: Flask, settings: Settings) -> None:
    """Sets the JWT library up. Cookie names carry their protective prefix as soon as TLS is in use."""
    secure = settings.secure_cookies
    host = "__Host-" if secure else ""
    app.config.update(
        JWT_SECRET_KEY=settings.secret_key,
        JWT_ALGORITHM="HS256",
        JWT_DECODE_ALGORITHMS=["HS256"],
        JWT_ENCODE_ISSUER=_ISSUER,
        JWT_DECODE_ISSUER=_ISSUER,
        JWT_ENCODE_AUDIENCE=_AUDIENCE,
        JWT_DECODE_AUDIENCE=_AUDIENCE,
        JWT_ACCESS_TOKEN_EXPIRES=ACCESS_LIFE,
        JWT_REFRESH_TOKEN_EXPIRES=REFRESH_LIFE,
        JWT_TOKEN_LOCATION=["headers", "cookies"],
        JWT_SESSION_COOKIE=False,
        JWT_COOKIE_SECURE=secure,
        JWT_COOKIE_SAMESITE="Strict",
        JWT_COOKIE_CSRF_PROTECT=True,
        JWT_ACCESS_COOKIE_NAME=f"{host}rounds_access",
        JWT_REFRESH_COOKIE_NAME="__Secure-rounds_refresh" if secure else "rounds_refresh",
        JWT_REFRESH_COOKIE_PATH="/api/v1/auth",
        JWT_ACCESS_CSRF_COOKIE_NAME=f"{host}rounds_csrf",
        JWT_REFRESH_CSRF_COOKIE_NAME=f"{host}rounds_csrf_refresh",
        JWT_ACCESS_CSRF_HEADER_NAME="X-CSRF-TOKEN",
        JWT_REFRESH_CSRF_HEADER_NAME="X-CSRF-TOKEN",
    )
    jwt.JWTManager(app)


def public(view: Callable[P, T]) -> Callable[P, T]:
    """Marks a view that needs no sign-in."""
    view.__rounds_access__ = "public"  # type: ignore[attr-defined]
    return view


def signed_in(*actions: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Opens a view to people whose role has all these actions; the check precedes any reading."""
    unknown = set(actions) - set(policy.ACTIONS)
    if unknown:
        raise KeyError(f"no such action: {unknown}")

    def decorate(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            actor = _load_actor()
            g.actor = actor
            for action in actions:
                policy.require(actor, action)
            return view(*args, **kwargs)

        guarded.__rounds_access__ = actions  # type: ignore[attr-defined]
        return guarded

    return decorate


def current_actor() -> Actor:
    """The signed-in person of this request."""
    actor = g.actor
    assert isinstance(actor, Actor)
    return actor


def _load_actor() -> Actor:
    claims = _claims(refresh=False)
    session_id = _as_uuid(claims["sid"])
    live = queries.live_session(session_id)
    if live is None or str(live[1].id) != claims["sub"]:
        raise SessionRevoked()
    # On a phone that two people use, what one of them did never goes out under the other's sign-in.
    if request.headers.get("Rounds-User", claims["sub"]) != claims["sub"]:
        raise Unauthorized("Somebody else is signed in here.")
    user = live[1]
    scopes = queries.scopes_of(user.id)
    actor = Actor(
        id=user.id,
        name=user.name,
        role=user.role,
        session_id=session_id,
        region_ids=frozenset(s.region_id for s in scopes if s.region_id),
        store_ids=frozenset(s.store_id for s in scopes if s.store_id),
    )
    end_reading()
    return actor


def presented_refresh() -> tuple[uuid.UUID, uuid.UUID, str]:
    """Token id, session id and transport of the refresh token sent by cookie or in the body."""
    body = request.get_json(silent=True) if request.mimetype == "application/json" else None
    given = body.get("refresh_token") if isinstance(body, dict) else None
    by_cookie = _has_cookie("JWT_REFRESH_COOKIE_NAME")
    if given is not None and by_cookie:
        raise TwoCredentials()
    if given is None:
        claims, transport = _claims(refresh=True), "cookie"
    else:
        claims, transport = _decoded(lambda: jwt.decode_token(str(given))), "bearer"
        if claims.get("type") != "refresh":
            raise TokenInvalid()
    return _as_uuid(claims["jti"]), _as_uuid(claims["sid"]), transport


def tokens(user: User, session: Session, refresh_id: uuid.UUID) -> tuple[str, str]:
    """An access token and the refresh token with that id."""
    claims = {"sid": str(session.id)}
    access = jwt.create_access_token(str(user.id), additional_claims=claims)
    refresh = jwt.create_refresh_token(str(user.id), additional_claims=claims | {"jti": str(refresh_id)})
    return access, refresh


def set_cookies(response: Response, access: str, refresh: str) -> None:
    """Puts both tokens and their CSRF values into cookies."""
    jwt.set_access_cookies(response, access)
    jwt.set_refresh_cookies(response, refresh)


def clear_cookies(response: Response) -> None:
    """Takes all of them away."""
    jwt.unset_jwt_cookies(response)


def csrf_of(token: str) -> str:
    """The CSRF value that belongs to a token."""
    value = jwt.get_csrf_token(token)
    return str(value)


def _has_cookie(setting: str) -> bool:
    from flask import current_app

    return current_app.config[setting] in request.cookies


def _claims(*, refresh: bool) -> dict[str, Any]:
    header = "Authorization" in request.headers
    cookie = _has_cookie("JWT_REFRESH_COOKIE_NAME" if refresh else "JWT_ACCESS_COOKIE_NAME")
    if header and cookie:
        raise TwoCredentials()
    if not header and not cookie:
        raise Unauthorized()
    place = "headers" if header else "cookies"

    def verified() -> dict[str, Any]:
        found = jwt.verify_jwt_in_request(refresh=refresh, locations=[place])
        assert found is not None
        return dict(found[1])

    return _decoded(verified)


def _decoded(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The claims, or one of our 401s; the library's own answers would sometimes be a 422."""
    try:
        claims = read()
    except ExpiredSignatureError:
        raise TokenExpired() from None
    except CSRFError:
        raise Csrf() from None
    except NoAuthorizationError:
        raise Unauthorized() from None
    except (PyJWTError, JWTExtendedException, ValueError, TypeError, RuntimeError):
        raise TokenInvalid() from None
    if _CLAIMS - set(claims):
        raise TokenInvalid()
    return claims


def _as_uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise TokenInvalid() from None
