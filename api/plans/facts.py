"""Facts about many visits at once: one for up to fifty visits of a store, so that the feed stays short."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from api.events import services as events
from api.plans.models import Visit

IDS_IN_ONE_FACT = 50
Person = uuid.UUID | None


def of_visit(
    kind: str, visit: Visit, actor_id: uuid.UUID | None, now: datetime, left: Collection[Person] = ()
) -> None:
    """Notes what happened to one visit; `left` are those who have it no more."""
    events.record(
        kind,
        "visit",
        visit.id,
        at=now,
        actor_id=actor_id,
        store_id=visit.store_id,
        state=visit.state,
        **_left(left),
    )


def of_many(
    kind: str,
    subject_id: uuid.UUID,
    visits: Iterable[tuple[uuid.UUID, uuid.UUID]],
    now: datetime,
    actor_id: uuid.UUID | None = None,
    left: Collection[Person] = (),
) -> None:
    """Notes the same about many visits, given as (store, visit); `subject_id` is what it comes from."""
    by_store: dict[uuid.UUID, list[str]] = {}
    for store_id, visit_id in visits:
        by_store.setdefault(store_id, []).append(str(visit_id))
    for store_id, ids in by_store.items():
        for start in range(0, len(ids), IDS_IN_ONE_FACT):
            part = ids[start : start + IDS_IN_ONE_FACT]
            more: dict[str, Any] = {"ids": part} | _left(left)
            events.record(kind, "visits", subject_id, at=now, actor_id=actor_id, store_id=store_id, **more)


def _left(people: Collection[Person]) -> dict[str, Any]:
    found = sorted(str(user_id) for user_id in people if user_id)
    return {"left": found} if found else {}
