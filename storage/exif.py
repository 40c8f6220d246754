"""The three things taken from EXIF: which side is up, when, and where.

EXIF is whatever the sender wrote, so anything odd simply counts as not given.
"""

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from PIL import ExifTags, Image

T = TypeVar("T")


def orientation(exif: Image.Exif) -> int:
    """1 to 8; 1 when it is not given."""
    value = _or_none(lambda: int(exif[ExifTags.Base.Orientation]))
    return value if value is not None and 1 <= value <= 8 else 1


def taken_at(exif: Image.Exif) -> str | None:
    """The device's clock when the picture was taken, YYYY-MM-DDTHH:MM:SS without a zone."""
    details = _or_none(lambda: exif.get_ifd(ExifTags.IFD.Exif)) or {}
    taken = _or_none(lambda: _moment(details[ExifTags.Base.DateTimeOriginal]))
    return taken or _or_none(lambda: _moment(exif[ExifTags.Base.DateTime]))


def position(exif: Image.Exif) -> tuple[float, float] | tuple[None, None]:
    """Latitude and longitude in degrees, WGS-84, or nothing when either is missing or impossible."""
    gps = _or_none(lambda: exif.get_ifd(ExifTags.IFD.GPSInfo)) or {}
    latitude = _or_none(lambda: _degrees(gps[2], gps[1], "NS", 90))
    longitude = _or_none(lambda: _degrees(gps[4], gps[3], "EW", 180))
    if latitude is None or longitude is None:
        return None, None
    return latitude, longitude


def _moment(text: str) -> str:
    return datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007  (a camera has no zone)


def _degrees(parts: Any, side: str, sides: str, limit: int) -> float | None:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    sign = {sides[0]: 1, sides[1]: -1}[side.strip("\0 ").upper()]
    return round(sign * value, 7) if math.isfinite(value) and 0 <= value <= limit else None


def _or_none(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Exception:
        return None
