"""Messages as JSON shows them: in both languages, so that the phone needs no words of its own."""

from collections.abc import Sequence
from typing import Any

from api.notifications.kinds import group_of
from api.notifications.models import Message
from api.notifications.words import both
from api.stores import queries as stores


def messages_shown(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages in words, with the names of their stores."""
    places = stores.stores_by_id(m.store_id for m in messages if m.store_id)
    return [
        {
            "id": m.id,
            "kind": m.kind,
            "group": group_of(m.kind, str(m.facts.get("why", ""))),
            **both(m.kind, m.facts),
            "link": m.link,
            "urgent": m.urgent,
            "flag": m.facts.get("flag"),
            "store_id": m.store_id,
            "store_name": places[m.store_id].name if m.store_id else None,
            "created_at": m.created_at,
            "read_at": m.read_at,
        }
        for m in messages
    ]
