"""Where a report says its phone was: at check-in and check-out, in their single fixes, and at its photos.

Positions are taken only then; nobody is followed between. Browsers tell WGS-84; a position that says it is
GCJ-02 (some Chinese browsers and all Chinese maps) is turned into WGS-84 before anything is measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.stores.geo import to_wgs84

PLACES = 6


@dataclass(frozen=True)
class Point:
    """A position in degrees WGS-84 at a moment of the phone's clock; the accuracy in metres, 0 if not told."""

    at: datetime
    latitude: float
    longitude: float
    accuracy: float = 0.0

    @property
    def spot(self) -> tuple[float, float]:
        """The place to six decimals, a tenth of a metre."""
        return round(self.latitude, PLACES), round(self.longitude, PLACES)


def arrival_of(document: Mapping[str, Any]) -> Point | None:
    """The position of the check-in; None when none was found. Documents may be as sent or as loaded."""
    stop = document.get("check_in") or {}
    return _point(stop, stop.get("at"), stop)


def fixes_of(document: Mapping[str, Any]) -> list[Point]:
    """All positions that were measured for check-in and check-out, by time and each moment once.

    The position of a stop is one of its fixes, so it counts by itself only when they are not told.
    """
    stops = [document.get("check_in") or {}, document.get("check_out") or {}]
    return _in_order(
        [_point(fix, fix.get("at"), stop) for stop in stops for fix in (stop.get("fixes") or [stop])]
    )


def points_of(document: Mapping[str, Any]) -> list[Point]:
    """All positions of a report, those of photos from its camera among them."""
    system = document.get("check_in") or {}
    photos = [_point(photo, photo["taken_at"], system) for photo in _photos(document)]
    return _in_order([*fixes_of(document), *photos])


def _photos(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for answer in document["answers"]:
        for photo in [*answer.get("photos", ()), *answer.get("fix_photos", ())]:
            if photo["source"] == "camera":
                yield photo


def _point(place: Mapping[str, Any], at: Any, system: Mapping[str, Any]) -> Point | None:
    if at is None or place.get("latitude") is None or place.get("longitude") is None:
        return None
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    spot = to_wgs84(place["latitude"], place["longitude"], system.get("coord_sys") or "WGS-84")
    return Point(moment, *spot, place.get("accuracy") or 0.0)


def _in_order(points: Sequence[Point | None]) -> list[Point]:
    by_time = {point.at: point for point in reversed(points) if point is not None}
    return [by_time[at] for at in sorted(by_time)]
