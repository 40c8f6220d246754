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
from api.plans.who import People, StoreRow

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


class Reader:
    """What is read of a plan, and of the stores within its bounds, at most once."""

    def __init__(self, plan_id: uuid.UUID | None, scope: Scope) -> None:
        self._scope = scope
        self._chosen: dict[Selection, list[StoreRow]] = {}
        self.met = plan_queries.plan_store_rows(plan_id) if plan_id else {}

    def stores(self, selection: Selection) -> list[StoreRow]:
        """The open stores that a selection means now, by code."""
        if selection not in self._chosen:
            self._chosen[selection] = plan_queries.selected_stores(selection, self._scope)
        return self._chosen[selection]

    def chosen(self, timeline: Sequence[Period]) -> dict[int, list[StoreRow]]:
        """By the numbers of the revisions, the stores that each means."""
        asking = [period.revision for period in timeline if period.revision.terms is not None]
        return {r.number: self.stores(r.terms.selection) for r in asking if r.terms is not None}


def of_plan(plan: Plan, now: datetime, *, who: People | None = None) -> Situation:
    """Where a plan stands now; people are looked up unless they are given."""
    timeline = timeline_of(plan.id)
    over = is_over(timeline, plan.state, now)
    return at([] if over else timeline, Reader(plan.id, plan.scope_region_ids), now, horizon(now), who=who)


def people_of(stores: Sequence[StoreRow], now: datetime) -> People:
    """Everybody around these stores."""
    return people.load(stores, plan_queries.region_paths(), now.astimezone(UTC).date() - DAY)


def is_over(timeline: Sequence[Period], state: str, now: datetime) -> bool:
    """True once an ended plan has come to its last day."""
    return state == "ended" and timeline[-1].first <= now.astimezone(UTC).date()


def at(
    timeline: Sequence[Period], reader: Reader, now: datetime, last: date, *, who: People | None = None
) -> Situation:
    """Where a plan with these periods stands, or would stand."""
    yesterday = now.astimezone(UTC).date() - DAY
    chosen = reader.chosen(relevant(timeline, yesterday))
    stores = sorted({s.id: s for found in chosen.values() for s in found}.values(), key=lambda s: s.code)
    demand = Demand(
        timeline=timeline,
        inside={number: frozenset(store.id for store in found) for number, found in chosen.items()},
        people=people_of(stores, now) if who is None else who,
        last=last,
        overrides={i: read_override(json) for i, (_, json) in reader.met.items() if json},
    )
    return Situation(timeline, stores, {i: until for i, (until, _) in reader.met.items()}, demand)
