"""Who is told of a matter: those it concerns, each once and for the weightiest reason, but never whoever did it.

Pure: whether they still work here and may see the store is asked elsewhere.
"""

import uuid

from api.notifications.kinds import ALWAYS, KINDS, REDLINE, Concern
from api.notifications.types import Addressed, Told


def audience(told: Told) -> list[Addressed]:
    """Who is told, why, and whether it is urgent for them; in the order of weight."""
    found: dict[uuid.UUID, Addressed] = {}
    for concern in KINDS[told.kind]:
        for user_id in told.people.get(concern.role, ()):
            if user_id != told.actor_id:
                found.setdefault(
                    user_id, Addressed(user_id, concern.role, _is_urgent(told, concern, user_id))
                )
    return list(found.values())


def is_urgent(told: Told) -> bool:
    """Whether the matter is urgent for anybody; chat groups go by this."""
    return any(_is_urgent(told, concern, None) for concern in KINDS[told.kind])


def _is_urgent(told: Told, concern: Concern, user_id: uuid.UUID | None) -> bool:
    flag = (told.own.get(user_id, {}) if user_id else {}).get("flag", told.facts.get("flag"))
    return concern.urgent == ALWAYS or (concern.urgent == REDLINE and flag == "redline")
