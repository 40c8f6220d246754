"""Errands as JSON shows them."""

import json
from typing import Any

from api.errands.models import Errand


def errand_shown(errand: Errand) -> dict[str, Any]:
    """With the result once there is one; what was asked for stays with the server."""
    return {
        "id": errand.id,
        "kind": errand.kind,
        "state": errand.state,
        "done": errand.done,
        "total": errand.total,
        "result": None if errand.result_text is None else json.loads(errand.result_text),
        "error": errand.error,
        "created_at": errand.created_at,
        "finished_at": errand.finished_at,
    }
