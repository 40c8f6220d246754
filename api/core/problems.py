"""Errors become problem+json answers, all in one format (RFC 9457)."""

from typing import Any

import structlog
from flask import Flask, Response, g, json
from flask_smorest import Api
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from api.core.errors import FieldError, Problem, Unavailable, Validation
from storage.blobs import StorageUnavailable

log = structlog.get_logger()

_BY_STATUS = {
    400: "malformed-json",
    404: "not-found",
    405: "method-not-allowed",
    411: "length-required",
    413: "too-large",
    415: "unsupported-media",
    422: "validation",
    429: "too-many-requests",
}
_LOCATIONS = {"json", "query", "form", "headers", "files", "json_or_form", "path"}


class ProblemApi(Api):
    """flask-smorest's Api, speaking problem+json."""

    def handle_http_exception(self, error: HTTPException) -> Response:  # type: ignore[override]
        """Answers any HTTP error that a library raised."""
        return _from_http(error)


def install(app: Flask) -> None:
    """Registers the handlers that turn errors into problems."""
    app.register_error_handler(Problem, _from_problem)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(StorageUnavailable, _from_storage)
    app.register_error_handler(DBAPIError, _from_database)
    app.register_error_handler(Exception, _from_anything)


def problem_response(
    type_: str,
    status: int,
    title: str,
    detail: str = "",
    errors: tuple[FieldError, ...] = (),
    **extras: Any,
) -> Response:
    """The answer for one problem; `type_` is the dashed name without its prefix."""
    body: dict[str, Any] = {"type": f"/problems/{type_}", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = [{"pointer": e.pointer, "code": e.code, "message": e.message} for e in errors]
    body["request_id"] = g.get("request_id", "")
    body |= extras
    response = Response(json.dumps(body), status=status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _from_problem(error: Problem) -> Response:
    response = problem_response(
        error.type, error.status, error.title, error.detail, tuple(error.errors), **error.extras
    )
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _from_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 500:
        return _from_anything(error)
    headers = dict(getattr(error, "data", None) or {})
    messages = headers.get("messages")
    if status == 422 and messages:
        return _from_problem(Validation(errors=field_errors(messages)))
    kind = _BY_STATUS.get(status, "http-" + str(status))
    response = problem_response(kind, status, error.name, error.description or "")
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def _from_storage(error: StorageUnavailable) -> Response:
    log.error("storage unavailable", error=str(error))
    return _from_problem(Unavailable("The photo store cannot be reached.", retry_after=5))


def _from_database(error: DBAPIError) -> Response:
    if is_passing(error):
        log.warning("database busy", error=str(error.orig))
        return _from_problem(Unavailable("The database is busy or full.", retry_after=2))
    return _from_anything(error)


def is_passing(error: DBAPIError) -> bool:
    """True for what heals by itself: locks, a full disk, a server that restarts."""
    words = str(error.orig).lower()
    state = getattr(error.orig, "sqlstate", None) or ""
    return (
        error.connection_invalidated
        or state[:2] in ("40", "53", "57", "08")
        or any(w in words for w in ("locked", "disk is full", "disk i/o", "connection", "readonly"))
    )


def _from_anything(error: Exception) -> Response:
    log.exception("unexpected error", error=repr(error))
    return problem_response("internal", 500, Problem.title)


def field_errors(messages: Any, pointer: str = "") -> list[FieldError]:
    """marshmallow's nested messages as a flat list with JSON pointers."""
    if isinstance(messages, dict):
        found: list[FieldError] = []
        for key, inner in messages.items():
            if pointer == "" and key in _LOCATIONS and isinstance(inner, dict):
                found += field_errors(inner, "")
            else:
                step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
                found += field_errors(inner, pointer + step)
        return found
    if isinstance(messages, list):
        return [e for m in messages for e in field_errors(m, pointer)]
    return [FieldError(pointer or "/", _code(str(messages)), str(messages))]


def _code(message: str) -> str:
    if message.startswith("Missing data"):
        return "required"
    if message.startswith("Unknown field"):
        return "unknown_field"
    return "invalid"
