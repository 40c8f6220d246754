"""Facts about many visits at once: one for up to fifty visits of a store, so that the feed stays short."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from api.events import services as events
from api.plans.models import Visit

IDS_IN_ONE_FACT = 50


def of_visit(kind: str, visit: Visit, actor_id: uuid.UUID | None, now: datetime) -> None:
    """Notes what happened to one visit."""
    events.record(
        kind, "visit", visit.id, at=now, actor_id=actor_id, store_id=visit.store_id, state=visit.state
    )


def of_many(
    kind: str,
    subject_id: uuid.UUID,
    visits: Iterable[tuple[uuid.UUID, uuid.UUID]],
    now: datetime,
    actor_id: uuid.UUID | None = None,
) -> None:
    """Notes the same about many visits, given as (store, visit); `subject_id` is what it comes from."""
    by_store: dict[uuid.UUID, list[str]] = {}
    for store_id, visit_id in visits:
        by_store.setdefault(store_id, []).append(str(visit_id))
    for store_id, ids in by_store.items():
        for start in range(0, len(ids), IDS_IN_ONE_FACT):
            part = ids[start : start + IDS_IN_ONE_FACT]
            events.record(kind, "visits", subject_id, at=now, actor_id=actor_id, store_id=store_id, ids=part)
