import pytest
from flask import Flask

from tests.support.company import Company, call, picture, sha256


def test_a_photo_is_kept_and_the_same_again_is_200(company: Company) -> None:
    body = picture()
    status, receipt = company.supervisor.put_photo(body)
    assert (status, receipt["sha256"], receipt["bytes"]) == (201, sha256(body), len(body))
    assert company.supervisor.put_photo(body) == (200, receipt)
    status, original = company.supervisor.get(f"/photos/{sha256(body)}?size=original")
    assert (status, original) == (200, body)


def test_another_persons_same_photo_is_their_own_201(company: Company) -> None:
    body = picture()
    company.supervisor.put_photo(body)
    assert company.stranger.put_photo(body)[0] == 201


def test_other_bytes_than_announced_are_refused(company: Company) -> None:
    status, problem = company.supervisor.call(
        "PUT", f"/photos/{sha256(picture())}", picture(), **{"Content-Type": "image/jpeg"}
    )
    assert (status, problem["type"]) == (400, "/problems/digest-mismatch")


def _heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100


@pytest.mark.parametrize(
    ("body", "detected"),
    [
        (b"just words, named photo.jpg", "text"),
        (_heic(), "heic"),
        (b"GIF89a" + b"\0" * 50, "gif"),
        (picture()[:-200], "damaged"),
    ],
)
def test_what_is_no_picture_is_a_415(company: Company, body: bytes, detected: str) -> None:
    status, problem = company.supervisor.put_photo(body)
    assert (status, problem["type"], problem["detected"]) == (415, "/problems/not-a-picture", detected)


def test_a_hundred_megapixels_are_a_413(company: Company) -> None:
    body = picture("PNG", (10_000, 10_000))
    status, problem = company.supervisor.put_photo(body, "image/png")
    assert (status, problem["type"]) == (413, "/problems/too-many-pixels")


def test_more_than_twelve_megabytes_are_a_413(company: Company) -> None:
    body = b"\xff\xd8\xff" + b"\0" * (12 * 1024 * 1024)
    status, problem = company.supervisor.put_photo(body)
    assert (status, problem["type"]) == (413, "/problems/too-large")


def test_another_content_type_is_refused_unread(company: Company) -> None:
    assert company.supervisor.put_photo(picture(), "image/heic")[0] == 415


def test_a_photo_is_shown_only_to_its_sender_and_those_who_see_what_shows_it(company: Company) -> None:
    body = picture()
    company.supervisor.put_photo(body)
    path = f"/photos/{sha256(body)}?size=thumb"
    assert company.keeper.get(path)[0] == 404
    company.submit(photo=body)
    assert company.keeper.get(path)[0] == 200
    assert company.stranger.get(path)[0] == 404
    assert company.far_keeper.get(path)[0] == 404


def test_photos_need_a_sign_in_and_a_proper_address(app: Flask, company: Company) -> None:
    assert call(app, "PUT", f"/photos/{'0' * 64}", picture(), {"Content-Type": "image/jpeg"})[0] == 401
    assert company.supervisor.get("/photos/..%2f..%2fetc")[0] == 404
    assert company.supervisor.get(f"/photos/{'A' * 64}")[0] == 404


def test_listed_photos_are_missing_until_they_arrive(company: Company) -> None:
    body = picture()
    report, receipt = company.submit(photo=body)
    assert receipt["missing_photos"] == [sha256(body)]
    company.supervisor.put_photo(body)
    shown = company.supervisor.get(f"/inspections/{report}")[1]
    assert shown["missing_photos"] == []
    assert shown["evidence"] == {"listed": 1, "stored": 1}
    assert any(p["sha256"] == sha256(body) for a in shown["answers"] for p in a["photos"])
