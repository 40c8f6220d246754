"""What follows for visits when a store changes: closed days and another time zone concern those ahead."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from api.plans import queries
from api.stores import services as stores
from api.stores.models import Store

_CONCERN = frozenset({"closed_dates", "timezone"})
_DAY = timedelta(days=1)


def look_again(store: Store, names: Collection[str], now: datetime) -> None:
    """The visits of plans in this store are settled anew from today on (materialising.py)."""
    if _CONCERN & set(names):
        queries.hold_plans()
        queries.unsettle_store(store.id, now.astimezone(UTC).date() - _DAY)


stores.when_changed(look_again)
