"""Collects what the signals of a report are judged by, and judges it: when it comes, and when photos follow."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.checklists.keys import base_key
from api.inspections import clocks, earlier, pace, photo_signals, points, travel
from api.inspections.counted import Counted
from api.inspections.evidence import Arrival, VisitFacts, of_arrival
from api.inspections.photo_signals import PhotoFacts, Place
from api.inspections.proof import Proof, proof
from api.inspections.signals import Signal, flags_of, merged
from api.photos import looking
from api.photos.models import Evidence, Photo
from api.photos.twins import Twin
from api.stores import geo
from api.stores import services as stores
from api.stores.models import Store

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Noticed:
    """Signals as they are kept, their flags, and how well the visit is proved."""

    signals: list[dict[str, Any]]
    proof: Proof

    @property
    def flags(self) -> list[str]:
        """The names of the signals."""
        return flags_of(self.signals)


@dataclass(frozen=True)
class Came:
    """A report on its way in: who it is by, when it came, and what was asked for."""

    inspection_id: uuid.UUID
    inspector_id: uuid.UUID
    document: Document
    store: Store
    received_at: datetime
    finished_at: datetime
    visit: VisitFacts | None
    visit_unknown: bool
    store_code_shown: bool | None


def noticed(came: Came, report: Counted, content: Mapping[str, Any], rows: Sequence[Evidence]) -> Noticed:
    """Everything that is odd about a report that comes in now; its stored photos are looked at with it."""
    document = came.document
    stored = looking.photos_of(rows)
    twins = looking.look(rows, stored, not_compared=signatures(rows, content), now=came.received_at)
    before, after = earlier.around(came.inspector_id, came.inspection_id, document["started_at"])
    seen = points.points_of(document)
    stays = earlier.stays_during(came.inspector_id, document["started_at"], document["submitted_at"])
    given = [pace.Given(a["answered_at"], judgement.result) for _, a, judgement in report.judged()]
    signals = [
        *of_arrival(_arrival(came, report), came.visit, visit_unknown=came.visit_unknown),
        *clocks.of_clock(_times(came)),
        *pace.of_pace(document["started_at"], document["submitted_at"], given),
        *travel.frozen_position(points.fixes_of(document), earlier.check_ins(before)),
        *travel.impossible_travel(earlier.last_point(before), seen, earlier.first_point(after)),
        *travel.overlapping(came.store.id, document["started_at"], document["submitted_at"], stays),
        *of_photo_rows(rows, stored, document, came.store, content),
        *photo_signals.of_twins(twins),
    ]
    kept = merged([], signals)
    proved = proof(
        flags_of(kept),
        located=came.store.latitude is not None,
        live_photos=sum(row.source == "camera" for row in rows),
        strong_twin=has_strong(twins),
        token=came.store_code_shown,
        travelled=bool(seen) and bool(earlier.last_point(before) or earlier.first_point(after)),
    )
    return Noticed(kept, proved)


def of_photo_rows(
    rows: Sequence[Evidence],
    stored: Mapping[str, Photo],
    document: Document,
    store: Store,
    content: Mapping[str, Any],
) -> list[Signal]:
    """What is odd about these photos by themselves."""
    only = {item["key"] for item in _items(content) if (item.get("photo") or {}).get("camera_only")}
    system = (document.get("check_in") or {}).get("coord_sys") or "WGS-84"
    zone = ZoneInfo(store.timezone)
    facts = [
        PhotoFacts(
            photo_id=row.photo_id,
            sha256=row.sha256,
            item_key=row.item_key,
            source=row.source,
            camera_only=base_key(row.item_key) in only,
            taken_at=row.taken_at,
            place=_place(row, system),
            exif_taken_at=_exif_moment(stored.get(row.sha256), zone),
            exif_place=_place(stored.get(row.sha256), "WGS-84"),
        )
        for row in rows
    ]
    return photo_signals.of_photos(
        facts, _moment(document["started_at"]), _store_place(store), store.geofence_m
    )


def signatures(rows: Sequence[Evidence], content: Mapping[str, Any]) -> set[str]:
    """The item keys of photos that look alike by nature; "" is the store's signature under the report."""
    items = {item["key"] for item in _items(content) if item["kind"] == "signature"}
    return {"", *(row.item_key for row in rows if base_key(row.item_key) in items)}


def has_strong(twins: Sequence[Twin]) -> bool:
    """True when one of these is nearly certainly the same picture."""
    return any(twin.is_strong for twin in twins)


def position_of(document: Document) -> points.Point | None:
    """Where the phone was at check-in."""
    return points.arrival_of(document)


def _items(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [item for section in content["sections"] for item in section["items"]]


def _arrival(came: Came, report: Counted) -> Arrival:
    stop: Mapping[str, Any] = came.document["check_in"] or {}
    at = position_of(came.document)
    return Arrival(
        finished_at=came.finished_at,
        has_position=at is not None,
        distance=None if at is None else stores.distance_to_store(came.store, at.latitude, at.longitude),
        accuracy=stop.get("accuracy"),
        fence_m=came.store.geofence_m,
        reason=stop.get("reason") or "",
        store_differs=report.store_differs,
    )


def _times(came: Came) -> clocks.Times:
    document, clock = came.document, came.document.get("clock") or {}
    contact = None
    if clock.get("server_at") and clock.get("device_at"):
        contact = clocks.Contact(clock["server_at"], clock["device_at"])
    return clocks.Times(
        started_at=document["started_at"],
        submitted_at=document["submitted_at"],
        received_at=came.received_at,
        finished_at=came.finished_at,
        answered=[(a["answered_at"], a["changed_at"]) for a in document["answers"]],
        elapsed=None if clock.get("elapsed_ms") is None else clocks.milliseconds(clock["elapsed_ms"]),
        contact=contact,
        due_at=came.visit.due_at if came.visit else None,
    )


def _place(row: Any, system: str) -> Place | None:
    if row is None or row.latitude is None or row.longitude is None:
        return None
    return Place(*geo.to_wgs84(row.latitude, row.longitude, system), getattr(row, "accuracy", None) or 0.0)


def _store_place(store: Store) -> Place | None:
    if store.latitude is None or store.longitude is None:
        return None
    return Place(*geo.to_wgs84(store.latitude, store.longitude, store.coord_sys))


def _exif_moment(photo: Photo | None, zone: ZoneInfo) -> datetime | None:
    """Cameras write no zone; most were set to that of the store."""
    if photo is None or photo.taken_at is None:
        return None
    return datetime.fromisoformat(photo.taken_at).replace(tzinfo=zone)


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
