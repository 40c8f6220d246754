"""What is odd about photos, which pictures are alike, and how well a visit is proved."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.inspections.photo_signals import PhotoFacts, Place, of_photos, of_twins
from api.inspections.proof import proof, without_live_photos
from api.photos.twins import Looks, Sighting, Twin, among, bits_between, nearest, turned

START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
HERE = Place(31.2, 121.4)
NEAR, FAR = Place(31.205, 121.4), Place(31.25, 121.4)  # 560 m and 5.6 km away


def photo(**changes: Any) -> PhotoFacts:
    return PhotoFacts(
        **{
            "photo_id": uuid.uuid4(),
            "sha256": "0" * 64,
            "item_key": "cold",
            "source": "camera",
            "camera_only": False,
            "taken_at": START + timedelta(minutes=5),
        }
        | changes
    )


@pytest.mark.parametrize(
    ("change", "expect"),
    [
        ({}, {}),
        ({"source": "gallery"}, {}),
        ({"source": "gallery", "camera_only": True}, {"gallery_photo": {}}),
        ({"camera_only": True}, {}),
        ({"taken_at": START - timedelta(minutes=10)}, {}),
        ({"taken_at": START - timedelta(minutes=11)}, {"photo_old": {"by": "phone"}}),
        ({"exif_taken_at": START - timedelta(minutes=59)}, {}),
        ({"exif_taken_at": START - timedelta(minutes=61)}, {"photo_old": {"by": "exif"}}),
        ({"place": HERE}, {}),
        ({"place": NEAR}, {}),
        ({"place": FAR}, {"photo_elsewhere": {"by": "phone", "metres": 5560}}),
        ({"place": Place(31.25, 121.4, 4600)}, {}),
        ({"place": HERE, "exif_place": FAR}, {"photo_elsewhere": {"by": "exif", "metres": 5560}}),
    ],
)
def test_single_photos(change: dict[str, Any], expect: dict[str, dict[str, Any]]) -> None:
    one = photo(**change)
    found = of_photos([photo(), one], START, HERE, 200)
    assert [signal.code for signal in found] == list(expect)
    for signal in found:
        (told,) = signal.facts["photos"]
        assert told["photo_id"] == one.photo_id
        assert {name: told[name] for name in expect[signal.code]} == expect[signal.code]


def test_a_store_without_a_point_has_no_elsewhere() -> None:
    assert of_photos([photo(place=FAR)], START, None, 200) == []


def looks(dhash: int = 0, phash: int = 0, core_dhash: int = -1, core_phash: int = -1) -> Looks:
    return Looks(dhash, phash, core_dhash, core_phash)


ALL = -1  # 64 bits


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [
        (looks(), looks(), 0),
        (looks(), looks(dhash=0b111), 3),
        (looks(dhash=0b1), looks(phash=0b11), 3),
        (looks(dhash=-(1 << 63)), looks(), 1),
        (looks(5, 5, 9, 9), looks(9, 9, 3, 3), 0),
        (looks(9, 9, 3, 3), looks(5, 5, 9, 9), 0),
        (looks(0, 0, 7, 7), looks(ALL, ALL, 7, 7), 6),
    ],
)
def test_bits_between_pictures(one: Looks, other: Looks, bits: int) -> None:
    assert bits_between(one, other) == bits


def sighting(sha: str = "a", look: Looks | None = None, minute: int = 0) -> Sighting:
    moment = START + timedelta(minutes=minute)
    return Sighting(
        uuid.uuid4(), uuid.uuid4(), sha, uuid.uuid4(), None, uuid.uuid4(), "cold", moment, moment, look
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "bits"),
    [
        (sighting("a", looks()), sighting("a", looks()), [None]),
        (sighting("a"), sighting("a"), [None]),
        (sighting("a", looks()), sighting("b", looks(dhash=(1 << 18) - 1)), [18]),
        (sighting("a", looks()), sighting("b", looks(dhash=(1 << 19) - 1)), []),
        (sighting("a"), sighting("b", looks()), []),
        (sighting("a", looks()), sighting("b"), []),
    ],
)
def test_which_pictures_are_the_same(mine: Sighting, theirs: Sighting, bits: list[int | None]) -> None:
    assert [twin.bits for twin in among(mine, [theirs])] == bits


def test_of_many_places_the_most_telling_is_shown() -> None:
    mine = sighting()
    others = [(sighting("b"), 12), (sighting("c"), 4), (sighting("d", minute=1), None), (sighting("e"), None)]
    (best,) = nearest([Twin(mine, other, bits) for other, bits in others])
    assert best.other.sha256 == "e"
    assert turned(best).photo.sha256 == "e"


def test_twins_tell_both_places() -> None:
    mine, other = sighting(), sighting("b")
    near, same = Twin(mine, other, 12), Twin(sighting("z"), sighting("z"), None)
    reused, similar = of_twins([near, same])
    assert (reused.code, reused.strong, similar.code, similar.strong) == (
        "photo_reused",
        True,
        "photo_similar",
        False,
    )
    (told,) = similar.facts["photos"]
    assert (told["bits"], told["photo_id"]) == (12, mine.photo_id)
    assert told["other"]["inspection_id"] == other.inspection_id
    assert of_twins([Twin(mine, other, 10)])[0].strong
    assert of_twins([]) == []


FULL: dict[str, Any] = {"located": True, "live_photos": 3, "strong_twin": False, "travelled": True}


@pytest.mark.parametrize(
    ("flags", "facts", "level"),
    [
        ([], {}, 3),
        ([], {"live_photos": 0}, 2),
        ([], {"live_photos": 0, "token": True}, 3),
        ([], {"live_photos": 0, "travelled": False}, 2),
        (["no_position"], {}, 1),
        (["no_position"], {"token": True}, 3),
        (["no_position"], {"live_photos": 0}, 0),
        (["outside_fence"], {"live_photos": 0, "token": False}, 0),
        (["frozen_position"], {}, 1),
        (["too_fast"], {}, 2),
        (["answers_alike", "no_position"], {"live_photos": 0}, 0),
        (["impossible_travel"], {"token": True}, 1),
        (["overlapping_visits"], {}, 1),
        (["photo_reused"], {}, 2),
        (["photo_similar"], {}, 3),
        (["photo_similar"], {"strong_twin": True}, 2),
        (["late", "many_na"], {}, 3),
        ([], {"located": False}, 1),
    ],
)
def test_levels_of_proof(flags: list[str], facts: dict[str, Any], level: int) -> None:
    found = proof(flags, **FULL | facts)
    assert found.level == level
    assert found.as_json()["level"] == level


def test_old_photos_take_away_what_live_ones_proved() -> None:
    before = proof([], **FULL)
    after = without_live_photos(before.as_json())
    assert (before.level, after.level, after.camera) == (3, 2, False)
