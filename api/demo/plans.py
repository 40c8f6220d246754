"""The plans of the demo data: two that recur, and a campaign that is half done."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts.types import Actor
from api.checklists import queries as checklists
from api.core.shapes import load_strictly
from api.core.transaction import in_transaction
from api.plans import plan_queries, plan_services
from api.plans.materialising import materialise
from api.plans.plan_schemas import NewPlanSchema
from api.plans.settling import Held

LOCAL = ZoneInfo("Asia/Shanghai")
CAMPAIGN_CHECKLIST, CAMPAIGN_DAYS = "FIRE-01", 14
_ANY: dict[str, list[str]] = {
    name: [] for name in ("region_ids", "types", "tags", "levels", "store_ids", "except_ids")
}


def recurring(actor: Actor, now: datetime) -> None:
    """Convenience stores every day, tea shops three times a week, from today on."""
    start = now.astimezone(LOCAL).date().isoformat()
    _make(
        actor,
        "便利店督导巡店",
        "Convenience stores: supervisor rounds",
        "CVS-01",
        now,
        selection=_ANY | {"types": ["convenience"]},
        rrule="FREQ=DAILY",
        starts_on=start,
        times=["00:00"],
        window_minutes=24 * 60 - 1,
        late_minutes=12 * 60,
    )
    _make(
        actor,
        "茶饮店每周三次巡店",
        "Tea shops: three rounds a week",
        "TEA-01",
        now,
        selection=_ANY | {"types": ["tea"]},
        rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR",
        starts_on=start,
        times=["10:00"],
        window_minutes=8 * 60,
        late_minutes=24 * 60,
        early_minutes=120,
    )


def campaign(actor: Actor, now: datetime) -> Sequence[Held]:
    """Fire safety, once in every store of level B within two weeks; gives its visits."""
    plan_id = _make(
        actor,
        "冬季消防安全专项检查",
        "Winter fire safety campaign",
        CAMPAIGN_CHECKLIST,
        now,
        selection=_ANY | {"levels": ["B"]},
        rrule="FREQ=DAILY;COUNT=1",
        starts_on=now.astimezone(LOCAL).date().isoformat(),
        times=["00:00"],
        window_minutes=CAMPAIGN_DAYS * 24 * 60,
        kind="special",
        note="重点检查: 灭火器、疏散通道、电气线路 / Extinguishers, escape routes, wiring",
    )
    stores = list(plan_queries.plan_store_rows(plan_id))
    return plan_queries.own_visits_from(plan_id, stores, now.date() - timedelta(days=1))


def _make(actor: Actor, zh: str, en: str, checklist: str, now: datetime, **terms: Any) -> uuid.UUID:
    found = checklists.checklist_coded(checklist)
    assert found is not None
    body = {
        "name": {"zh": zh, "en": en},
        "checklist_id": str(found.id),
        "terms": {"assignee": {"rule": "store_supervisor"}} | terms,
    }
    plan = in_transaction(plan_services.create, actor, load_strictly(NewPlanSchema, body), now)
    materialise(now, plan_ids=[plan.id])
    return plan.id
