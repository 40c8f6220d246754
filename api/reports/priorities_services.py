"""Which of somebody's stores need a visit most, and why (plans/priority.py holds the rule)."""

import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts.types import Actor
from api.core.errors import NotFound
from api.plans.priority import Priority, StoreFacts, priority
from api.reports import priorities_queries as queries
from api.reports.priorities_queries import LastReport, StoreLine
from api.stores import queries as store_queries

COMPLAINT_DAYS = 30


def priorities(
    actor: Actor,
    now: datetime,
    *,
    assignee: uuid.UUID | None,
    store_id: uuid.UUID | None,
    region_id: uuid.UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """The most urgent stores, highest first, by the present moment.

    Raises NotFound for a person that is not among the actor's.
    """
    if assignee is not None and store_queries.user_for(actor, assignee) is None:
        raise NotFound("There is no such person among yours.")
    stores = queries.meant(actor, assignee_id=assignee, store_id=store_id, region_id=region_id)
    reports = queries.last_reports(stores)
    things = queries.open_things(stores, now)
    complaints = queries.complaint_counts(stores, (now - timedelta(days=COMPLAINT_DAYS)).date())
    today = cache(lambda zone: now.astimezone(ZoneInfo(zone)).date())
    found = []
    for store in queries.store_lines(stores):
        facts = _facts(store, reports.get(store.id), things.get(store.id), complaints.get(store.id, 0))
        found.append((priority(facts, today(store.timezone)), store, facts))
    found.sort(key=lambda line: line[0].points, reverse=True)  # They come by code, and equals stay so.
    return [_shown(*line) for line in found[:limit]]


def _facts(
    store: StoreLine, report: LastReport | None, things: tuple[int, int] | None, complaints: int
) -> StoreFacts:
    redlines, overdue = things or (0, 0)
    return StoreFacts(
        level=store.level,
        last_visit=report.on_date if report else None,
        band=report.band if report else None,
        scored=report.scored if report else False,
        open_redlines=redlines,
        repeats=report.repeats if report else 0,
        overdue=overdue,
        complaints=complaints,
    )


def _shown(found: Priority, store: StoreLine, facts: StoreFacts) -> dict[str, Any]:
    return {
        "store_id": store.id,
        "store_code": store.code,
        "store_name": {"zh": store.name_zh, "en": store.name_en},
        "points": found.points,
        "urgency": found.urgency,
        "last_visit": facts.last_visit,
        "parts": [part._asdict() for part in found.parts],
    }
