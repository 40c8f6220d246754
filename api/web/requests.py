"""One line in the log for each request, and an id that runs through all of its lines."""

import re
import time

import structlog
from flask import Flask, Response, g, request

from api.core.ids import new_id

log = structlog.get_logger()
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def install(app: Flask) -> None:
    """Gives every request its id and its line."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _ID.fullmatch(given) else str(new_id())
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        if request.path not in ("/livez", "/readyz", "/metrics"):
            log.info(
                "request",
                method=request.method,
                route=str(request.url_rule or "-"),
                status=response.status_code,
                ms=round(1000 * (time.perf_counter() - g.began), 1),
            )
        return response
