"""Taking stores and checklists over from files: all of a file or nothing of it.

The same file twice changes nothing. A dry run does everything and then takes it back.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.checklists import services as checklist_services
from api.checklists.drafts import ChecklistDraft
from api.core.db import db
from api.core.transaction import in_transaction
from api.events import services as events
from api.imports.readable import readable
from api.plans import complaints as complaint_rows
from api.plans.complaint_csv import from_complaint_csv
from api.stores import queries as store_queries
from api.stores import services as store_services
from api.stores.models import Region, Store
from api.stores.store_csv import UNASSIGNED, StoreRow, as_fields, from_store_csv

_REGION_NAMES = {UNASSIGNED: {"zh": "未分区", "en": "Unassigned"}}


class _TakenBack(Exception):
    """Ends a dry run."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__()
        self.report = report


def stores(
    text: str,
    *,
    actor: Actor | None,
    now: datetime,
    dry_run: bool = False,
    timezone: str = "Asia/Shanghai",
    region: str = "",
) -> dict[str, Any]:
    """Adds and changes stores: {rows, created, changed, unchanged, regions_created, dry_run}.

    Raises Validation naming every bad row by line, column and reason.
    """
    rows = readable(lambda: from_store_csv(text, timezone=timezone, region=region))
    return _whole_or_not(lambda: _take_stores(rows, actor, now), dry_run)


def complaints(text: str, *, actor: Actor | None, now: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Adds and changes complaints about stores: {rows, created, changed, unchanged, dry_run}.

    Raises Validation naming every bad row by line, column and reason.
    """
    rows = readable(lambda: from_complaint_csv(text, now.date()))
    return _whole_or_not(lambda: readable(lambda: complaint_rows.take(rows, actor, now)), dry_run)


def checklists(
    drafts: Sequence[ChecklistDraft],
    *,
    actor: Actor | None,
    now: datetime,
    dry_run: bool = False,
    as_: str = "version",
) -> dict[str, Any]:
    """Adds and changes checklists, as published versions or as drafts: {checklists, published, unchanged,
    codes, new_codes, changed_codes, unchanged_codes, ids, dry_run}. The same file twice changes nothing.
    """

    def take() -> dict[str, Any]:
        before = checklist_services.revisions([draft.code for draft in drafts])
        deed = checklist_services.leave_drafts if as_ == "draft" else checklist_services.adopt
        taken, done = deed(drafts, actor=actor, now=now)
        same = [c.code for c in taken if before.get(c.code) == c.draft_revision]
        return {
            "checklists": len(taken),
            "published": 0 if as_ == "draft" else done,
            "unchanged": len(same),
            "codes": [c.code for c in taken],
            "new_codes": [c.code for c in taken if c.code not in before],
            "changed_codes": [c.code for c in taken if c.code in before and c.code not in same],
            "unchanged_codes": same,
            "ids": [str(c.id) for c in taken],
        }

    return _whole_or_not(take, dry_run)


def _whole_or_not(take: Callable[[], dict[str, Any]], dry_run: bool) -> dict[str, Any]:
    def unit() -> dict[str, Any]:
        report = take() | {"dry_run": dry_run}
        if dry_run:
            db.session.flush()
            raise _TakenBack(report)
        return report

    try:
        return in_transaction(unit)
    except _TakenBack as taken_back:
        return taken_back.report


def _take_stores(rows: Sequence[StoreRow], actor: Actor | None, now: datetime) -> dict[str, Any]:
    regions, new_regions = _regions(rows, actor, now)
    known = store_queries.stores_coded([row.code for row in rows])
    created: list[Store] = []
    changed = 0
    actor_id = actor.id if actor else None
    for row in rows:
        fields = as_fields(row) | {"region_id": regions[row.region].id}
        store = known.get(row.code)
        if store is None:
            created.append(store_services.new_store(fields | {"code": row.code}, now))
            continue
        names = _update(store, fields, now)
        if names:
            changed += 1
            store_services.tell_changed(store, names, now)
            kind = "store.moved" if "region_id" in names else "store.changed"
            events.record(kind, "store", store.id, at=now, actor_id=actor_id, store_id=store.id)
    db.session.add_all(created)
    db.session.flush()
    for store in created:
        events.record("store.added", "store", store.id, at=now, actor_id=actor_id, store_id=store.id)
    return {
        "rows": len(rows),
        "created": len(created),
        "changed": changed,
        "unchanged": len(rows) - len(created) - changed,
        "regions_created": new_regions,
    }


def _regions(rows: Sequence[StoreRow], actor: Actor | None, now: datetime) -> tuple[dict[str, Region], int]:
    regions = {region.code: region for region in store_queries.all_regions()}
    before = len(regions)
    for code in dict.fromkeys(row.region for row in rows):
        if code not in regions:
            name = _REGION_NAMES.get(code, {"zh": code, "en": code})
            regions[code] = store_services.add_region(
                code=code, name=name, parent_id=None, actor=actor, now=now
            )
    return regions, len(regions) - before


def _update(store: Store, fields: Mapping[str, Any], now: datetime) -> list[str]:
    """Writes what differs; gives its names."""
    names = [name for name, value in fields.items() if getattr(store, name) != value]
    for name in names:
        setattr(store, name, fields[name])
    if names:
        store.updated_at = now
    return names
