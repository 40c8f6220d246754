import pytest

from api.stores.geo import distance_m, is_inside, to_gcj02, to_wgs84

# City centres and how far a Chinese map shows them from where they are, in metres.
SHIFTS = {
    "Shanghai": (31.2304, 121.4737, 481),
    "Beijing": (39.9042, 116.4074, 555),
    "Guangzhou": (23.1291, 113.2644, 621),
}


@pytest.mark.parametrize("city", SHIFTS)
def test_chinese_map_points_come_back_to_where_they_are(city: str) -> None:
    latitude, longitude, shift = SHIFTS[city]
    shown = to_gcj02(latitude, longitude)
    assert distance_m(latitude, longitude, *shown) == pytest.approx(shift, abs=60)
    assert distance_m(latitude, longitude, *to_wgs84(*shown, "GCJ-02")) < 0.1


def test_points_elsewhere_are_left_alone() -> None:
    assert to_gcj02(41.88, -87.63) == (41.88, -87.63)
    assert to_wgs84(41.88, -87.63, "GCJ-02") == (41.88, -87.63)
    assert to_wgs84(31.23, 121.47, "WGS-84") == (31.23, 121.47)


def test_a_degree_of_latitude() -> None:
    assert distance_m(0, 0, 1, 0) == pytest.approx(111_195, rel=1e-4)
    assert distance_m(31.2, 121.4, 31.2, 121.4) == 0


@pytest.mark.parametrize(
    ("distance", "accuracy", "radius", "inside"),
    [
        (199, None, 200, True),
        (200, 0, 200, True),
        (201, 0, 200, False),
        (230, 30, 200, True),
        (231, 30, 200, False),
    ],
)
def test_the_fence_allows_for_the_accuracy(
    distance: float, accuracy: float | None, radius: int, inside: bool
) -> None:
    assert is_inside(distance, accuracy, radius) is inside
