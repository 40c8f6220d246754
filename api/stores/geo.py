"""How far apart two points are, and whether somebody stood in the store.

Browsers tell WGS-84. Points taken from Chinese maps are GCJ-02, several hundred metres off, so they
are turned into WGS-84 before anything is measured.
"""

import math

_EARTH_M = 6_371_008.8
_A = 6_378_245.0
_EE = 0.00669342162296594323


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two WGS-84 points (haversine)."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    dp, dl = p2 - p1, math.radians(lon2 - lon1)
    h = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(h)))


def is_inside(distance: float, accuracy: float | None, radius: float) -> bool:
    """Domain rules 6: inside when `distance - accuracy <= radius`."""
    return distance - (accuracy or 0) <= radius


def to_wgs84(latitude: float, longitude: float, coord_sys: str) -> tuple[float, float]:
    """The WGS-84 point of a point in either system, good to about a centimetre."""
    if coord_sys != "GCJ-02" or not _in_china(latitude, longitude):
        return latitude, longitude
    lat, lon = latitude, longitude
    for _ in range(5):
        shifted = to_gcj02(lat, lon)
        lat, lon = lat + latitude - shifted[0], lon + longitude - shifted[1]
    return lat, lon


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """The shifted point that a Chinese map shows for a WGS-84 point."""
    if not _in_china(latitude, longitude):
        return latitude, longitude
    x, y = longitude - 105.0, latitude - 35.0
    d_lat = _lat_shift(x, y)
    d_lon = _lon_shift(x, y)
    rad = math.radians(latitude)
    magic = 1 - _EE * math.sin(rad) ** 2
    root = math.sqrt(magic)
    d_lat = (d_lat * 180.0) / ((_A * (1 - _EE)) / (magic * root) * math.pi)
    d_lon = (d_lon * 180.0) / (_A / root * math.cos(rad) * math.pi)
    return latitude + d_lat, longitude + d_lon


def _in_china(latitude: float, longitude: float) -> bool:
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def _waves(value: float, *terms: tuple[float, float]) -> float:
    return sum(size * math.sin(value / period * math.pi) for size, period in terms) * 2.0 / 3.0


def _common(x: float) -> float:
    return (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0


def _lat_shift(x: float, y: float) -> float:
    base = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return base + _common(x) + _waves(y, (20.0, 1.0), (40.0, 3.0)) + _waves(y, (160.0, 12.0), (320.0, 30.0))


def _lon_shift(x: float, y: float) -> float:
    base = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return base + _common(x) + _waves(x, (20.0, 1.0), (40.0, 3.0)) + _waves(x, (150.0, 12.0), (300.0, 30.0))
