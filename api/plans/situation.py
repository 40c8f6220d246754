"""Where a plan stands: the stores it means now, what it asks of them, and how far their visits are made."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.plans import people, plan_queries
from api.plans.demand import Demand, relevant
from api.plans.dispatch import Period, periods
from api.plans.models import Plan
from api.plans.terms import Selection, read_override
from api.plans.who import StoreRow

HORIZON_DAYS = 35
DAY = timedelta(days=1)
Scope = Sequence[Any] | None


@dataclass(frozen=True)
class Situation:
    """`stores` by code; `met` says for each store the plan has met how far its visits are made."""

    timeline: Sequence[Period]
    stores: Sequence[StoreRow]
    met: Mapping[uuid.UUID, date | None]
    demand: Demand

    def first_day(self, store: StoreRow, now: datetime) -> tuple[date, datetime | None]:
        """From which day on a store's visits are settled, and since when it is in the plan if it is new there.

        What opened earlier and is still due counts for a store that joins, such as a campaign of two weeks.
        """
        until = self.met.get(store.id)
        if until is not None:
            return until + DAY, None
        return local_day(now, store.timezone) - window_days(self.longest_window()), now

    def longest_window(self) -> timedelta:
        """For how long a visit stays open at most."""
        windows = [p.revision.terms.rule.window for p in self.timeline if p.revision.terms is not None]
        windows += [override.window for override in self.demand.overrides.values() if override.window]
        return max(windows, default=timedelta())


def window_days(window: timedelta) -> timedelta:
    """As many whole days as a visit may reach into."""
    return timedelta(days=window.days + 1)


def local_day(now: datetime, timezone: str) -> date:
    """The day it is by a store's clock."""
    return now.astimezone(ZoneInfo(timezone)).date()


def horizon(now: datetime) -> date:
    """The last day for which visits are made."""
    return now.astimezone(UTC).date() + timedelta(days=HORIZON_DAYS)


def timeline_of(plan_id: uuid.UUID) -> list[Period]:
    """The periods of a plan, by its revisions."""
    return periods(plan_queries.as_revisions(plan_queries.revision_rows([plan_id])[plan_id]))


def of_plan(plan: Plan, now: datetime) -> Situation:
    """Where a plan stands now."""
    timeline = timeline_of(plan.id)
    if is_over(timeline, plan.state, now):
        return at(timeline[:0], plan.scope_region_ids, plan.id, now, horizon(now))
    return at(timeline, plan.scope_region_ids, plan.id, now, horizon(now))


def is_over(timeline: Sequence[Period], state: str, now: datetime) -> bool:
    """True once an ended plan has come to its last day."""
    return state == "ended" and timeline[-1].first <= now.astimezone(UTC).date()


def at(
    timeline: Sequence[Period], scope: Scope, plan_id: uuid.UUID | None, now: datetime, last: date
) -> Situation:
    """Where a plan with these periods stands, or would stand."""
    yesterday = now.astimezone(UTC).date() - DAY
    chosen = selections(relevant(timeline, yesterday), scope)
    stores = sorted({s.id: s for found in chosen.values() for s in found}.values(), key=lambda s: s.code)
    met = plan_queries.plan_store_rows(plan_id) if plan_id else {}
    demand = Demand(
        timeline=timeline,
        inside={number: frozenset(store.id for store in found) for number, found in chosen.items()},
        people=people.load(stores, plan_queries.region_paths(), yesterday),
        last=last,
        overrides={i: read_override(json) for i, (_, json) in met.items() if json},
    )
    return Situation(timeline, stores, {i: until for i, (until, _) in met.items()}, demand)


def selections(timeline: Sequence[Period], scope: Scope) -> dict[int, list[StoreRow]]:
    """By the numbers of the revisions, the open stores that each means now."""
    known: dict[Selection, list[StoreRow]] = {}
    found: dict[int, list[StoreRow]] = {}
    for period in timeline:
        if period.revision.terms is not None:
            selection = period.revision.terms.selection
            if selection not in known:
                known[selection] = plan_queries.selected_stores(selection, scope)
            found[period.revision.number] = known[selection]
    return found
