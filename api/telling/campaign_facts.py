"""What there is to tell about campaigns: the managers of the regions it reaches hear that one has begun.

The stores hear of their tasks, each of its own.
"""

from collections.abc import Callable

from api.core.shapes import moment_text
from api.events.models import Event
from api.notifications.types import Told
from api.telling import queries
from api.telling.places import name_of


def _started(event: Event) -> Told | None:
    campaign = queries.campaign(event.entity_id)
    if campaign is None:
        return None
    return Told(
        kind="campaign.started",
        matter=f"campaign:{campaign.id}",
        link=f"/campaigns/{campaign.id}",
        facts={
            "campaign_id": str(campaign.id),
            "title": campaign.title,
            "flag": campaign.flag,
            "count": event.data.get("stores"),
            "due_at": moment_text(campaign.due_at),
            "actor": name_of(event.actor_id),
        },
        people={"managers": queries.managers_reached(campaign.id)},
        at=event.at,
        seq=event.seq,
        actor_id=event.actor_id,
    )


TELLERS: dict[str, Callable[[Event], Told | None]] = {"campaign.started": _started}
