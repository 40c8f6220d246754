"""Is the process alive, and can it serve?"""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.accounts.auth import public
from api.core.errors import Forbidden, Unavailable
from api.core.transaction import database_answers, end_reading
from api.web.schema_state import is_at_head

blp = Blueprint("health", __name__)


@blp.route("/livez")
@public
def livez() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify({"status": "alive"})


@blp.route("/readyz")
@public
def readyz() -> Any:
    """The database answers and its tables are the ones this code knows."""
    if not database_answers():
        raise Unavailable("The database does not answer.", retry_after=2)
    if not is_at_head():
        raise Unavailable("The database has not been migrated.", retry_after=10)
    end_reading()
    return jsonify({"status": "ready"})


@blp.route("/metrics")
@public
def metrics() -> Response:
    """For the collector on this machine alone."""
    if request.remote_addr not in ("127.0.0.1", "::1"):
        raise Forbidden("Metrics are read on this machine.")
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
