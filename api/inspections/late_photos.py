"""Photos that come after their report: they are looked at then, and the report is told of what was found.

A flag that goes up afterwards sends a report that was approved by itself to review; what a person decided
stays decided, with the flag beside it. Of two reports that show the same picture it is the later one that
showed it again, whichever photo arrived first.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from api.checklists import queries as checklists
from api.core.db import db
from api.events import services as events
from api.inspections import lifecycle, queries
from api.inspections.gathering import of_photo_rows, signatures
from api.inspections.models import Inspection
from api.inspections.photo_signals import of_twins
from api.inspections.proof import without_live_photos
from api.inspections.signals import Signal, flags_of, merged
from api.photos import looking
from api.photos.models import Evidence
from api.photos.twins import Twin, turned
from api.stores import queries as stores


def look_at(inspection_id: uuid.UUID | None, task_id: uuid.UUID | None, now: datetime) -> int:
    """Looks at the photos of one list that have arrived and were not looked at; how many they were."""
    rows = looking.arrived_of(inspection_id, task_id)
    if not rows:
        return 0
    inspection = queries.inspection(inspection_id) if inspection_id else None
    stored = looking.photos_of(rows)
    not_compared = set() if inspection is None else _signatures(inspection, rows)
    twins = looking.look(rows, stored, not_compared=not_compared, now=now)
    own = [twin for twin in twins if twin.other.listed_at <= twin.photo.listed_at]
    if inspection is not None:
        version = checklists.version(inspection.checklist_id, inspection.checklist_version)
        store = stores.store(inspection.store_id)
        assert version is not None and store is not None
        document = json.loads(inspection.content_text)
        odd = of_photo_rows(rows, stored, document, store, version.content)
        _tell(inspection, [*odd, *of_twins(own)], now)
    for later_id, pairs in _by_report(twin for twin in twins if twin not in own).items():
        later = queries.inspection(later_id)
        if later is not None:
            _tell(later, of_twins(pairs), now)
    return len(rows)


def _signatures(inspection: Inspection, rows: Sequence[Evidence]) -> set[str]:
    version = checklists.version(inspection.checklist_id, inspection.checklist_version)
    return set() if version is None else signatures(rows, version.content)


def _by_report(twins: Iterable[Twin]) -> dict[uuid.UUID, list[Twin]]:
    """The pairs as the later reports see them, by report."""
    found: dict[uuid.UUID, list[Twin]] = {}
    for twin in twins:
        if twin.other.inspection_id is not None:
            found.setdefault(twin.other.inspection_id, []).append(turned(twin))
    return found


def _tell(inspection: Inspection, signals: Sequence[Signal], now: datetime) -> None:
    kept = merged(inspection.signals, signals)
    if kept == inspection.signals:
        return
    before, decided = inspection.flags, queries.was_decided(inspection.id)
    inspection.signals = kept
    inspection.flags = sorted({*before, *flags_of(kept)})
    if any(signal.strong for signal in signals) and inspection.proof_facts is not None:
        proved = without_live_photos(inspection.proof_facts)
        inspection.proof, inspection.proof_facts = proved.level, proved.as_json()
    new = sorted(set(inspection.flags) - set(before))
    if new and not decided:
        inspection.status = lifecycle.when_flagged(inspection.status)
    db.session.flush()
    events.record(
        "inspection.flagged",
        "inspection",
        inspection.id,
        at=now,
        store_id=inspection.store_id,
        flags=new,
    )
