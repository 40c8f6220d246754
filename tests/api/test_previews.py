"""Small copies of photos that travel before them."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.support.company import Answer, Company, Person, picture, sha256

SMALL = {"Content-Type": "image/jpeg"}


def small(colour: str = "teal") -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    Image.new("RGB", (320, 240), colour).save(out, "JPEG", quality=60, exif=exif)
    return out.getvalue()


def ahead(person: Person, body: bytes, preview: bytes, **headers: str) -> Answer:
    return person.call("PUT", f"/photos/{sha256(body)}/preview", preview, **SMALL | headers)


def shown(person: Person, body: bytes, size: str = "preview") -> Any:
    return person.get(f"/photos/{sha256(body)}?size={size}")


def test_reviewers_see_the_small_copy_and_the_photo_stays_awaited(company: Company) -> None:
    body = picture()
    report, _ = company.submit(photo=body)
    assert ahead(company.supervisor, body, small()) == (201, {"sha256": sha256(body)})
    assert ahead(company.supervisor, body, small())[0] == 200
    for who in ("manager", "keeper", "supervisor"):
        status, copy = shown(getattr(company, who), body)
        assert status == 200
        assert Image.open(BytesIO(copy)).size == (320, 240)
        assert b"secret" not in copy
    for size in ("thumb", "display", "original"):
        assert shown(company.manager, body, size)[0] == 404
    found = company.manager.get(f"/inspections/{report}")[1]
    assert (found["missing_photos"], found["evidence"]) == ([sha256(body)], {"listed": 1, "stored": 0})
    assert company.supervisor.put_photo(body)[0] == 201


def test_once_the_photo_is_here_it_is_shown_instead(company: Company) -> None:
    body = picture()
    company.submit(photo=body)
    ahead(company.supervisor, body, small("red"))
    before = shown(company.manager, body)[1]
    company.supervisor.put_photo(body)
    after = shown(company.manager, body)[1]
    assert after != before
    assert after == shown(company.manager, body, "thumb")[1]
    assert ahead(company.supervisor, body, small("blue"))[0] == 200
    assert shown(company.manager, body)[1] == after


def test_the_first_one_stays(company: Company) -> None:
    body = picture()
    company.submit(photo=body)
    ahead(company.supervisor, body, small("red"))
    first = shown(company.manager, body)[1]
    assert ahead(company.supervisor, body, small("blue"))[0] == 200
    assert shown(company.manager, body)[1] == first


def test_only_for_photos_that_are_listed_and_by_whoever_listed_them(company: Company) -> None:
    body = picture()
    assert ahead(company.supervisor, body, small())[0] == 404
    company.submit(photo=body)
    assert ahead(company.manager, body, small())[0] == 404
    ahead(company.supervisor, body, small())
    assert shown(company.far_keeper, body)[0] == 404
    assert shown(company.stranger, body)[0] == 404
    assert shown(company.manager, picture())[0] == 404


@pytest.mark.parametrize(
    ("preview", "kind", "status", "problem"),
    [
        (b"words", "image/jpeg", 415, "/problems/not-a-picture"),
        (b"\0" * 100_001, "image/jpeg", 413, "/problems/too-large"),
        (b"{}", "application/json", 415, "/problems/unsupported-media"),
    ],
)
def test_what_is_no_small_picture_is_refused(
    company: Company, preview: bytes, kind: str, status: int, problem: str
) -> None:
    body = picture()
    company.submit(photo=body)
    found = ahead(company.supervisor, body, preview, **{"Content-Type": kind})
    assert found[0] == status, found
    assert found[1]["type"] == problem


def test_before_one_has_come_there_is_none(company: Company) -> None:
    body = picture()
    company.submit(photo=body)
    assert shown(company.manager, body)[0] == 404
