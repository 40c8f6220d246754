"""A drawing on a photo travels with its original, in reports and in fixes."""

from typing import Any

import pytest

from api.core.ids import new_id
from tests.support.company import Company, photo_facts, picture


def drawn() -> tuple[list[dict[str, Any]], list[bytes]]:
    """A marked photo with its original behind it, and the bytes of both."""
    original, copy = picture(), picture()
    plain, marked = photo_facts(original), photo_facts(copy)
    return [marked | {"marks_of": plain["sha256"]}, plain], [copy, original]


def with_photos(company: Company, photos: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    document = company.document()
    cold = next(answer for answer in document["answers"] if answer["item_key"] == "cold")
    cold |= {"photos": photos} | more
    return document


def test_both_are_listed_asked_for_and_shown_with_what_belongs_together(company: Company) -> None:
    photos, bodies = drawn()
    report = str(new_id())
    status, receipt = company.supervisor.put_signed(f"/inspections/{report}", with_photos(company, photos))
    assert (status, receipt["missing_photos"]) == (201, [p["sha256"] for p in photos])
    for body in bodies:
        assert company.supervisor.put_photo(body)[0] == 201
    shown = company.manager.get(f"/inspections/{report}")[1]
    cold = next(answer for answer in shown["answers"] if answer["item_key"] == "cold")
    assert [(p["sha256"], p["marks_of"]) for p in cold["photos"]] == [
        (photos[0]["sha256"], photos[1]["sha256"]),
        (photos[1]["sha256"], None),
    ]
    task = company.keeper.get(f"/tasks/{receipt['task_ids'][0]}")[1]
    assert task["finding"]["photos"] == [p["sha256"] for p in photos]
    assert task["finding"]["marks"] == {photos[0]["sha256"]: photos[1]["sha256"]}
    for photo, body in zip(photos, bodies, strict=True):
        assert company.keeper.get(f"/photos/{photo['sha256']}?size=original") == (200, body)


def test_a_report_without_drawings_says_nothing_of_them(company: Company) -> None:
    report, receipt = company.submit()
    shown = company.supervisor.get(f"/inspections/{report}")[1]
    assert [p["marks_of"] for a in shown["answers"] for p in a["photos"]] == [None]
    assert "marks" not in company.keeper.get(f"/tasks/{receipt['task_ids'][0]}")[1]["finding"]


def test_a_fix_keeps_what_belongs_together(company: Company) -> None:
    photos, _ = drawn()
    task = company.task()
    assert company.step("keeper", task, "submit", photos=photos)[1]["fix"]["marks"] == {
        photos[0]["sha256"]: photos[1]["sha256"]
    }
    document = with_photos(company, [photo_facts(picture())], fixed_on_spot=True, fix_photos=drawn()[0])
    receipt = company.supervisor.put_signed(f"/inspections/{new_id()}", document)[1]
    born_closed = company.keeper.get(f"/tasks/{receipt['task_ids'][0]}")[1]
    assert (born_closed["status"], len(born_closed["fix"]["marks"])) == ("closed", 1)


@pytest.mark.parametrize("said", ["", "ABC", "a" * 63, 7])
def test_what_it_was_drawn_on_is_a_hash(company: Company, said: Any) -> None:
    document = with_photos(company, [photo_facts(picture()) | {"marks_of": said}])
    status, problem = company.supervisor.put_signed(f"/inspections/{new_id()}", document)
    assert (status, problem["errors"][0]["pointer"]) == (422, "/answers/1/photos/0/marks_of")
