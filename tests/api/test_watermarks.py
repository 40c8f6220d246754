"""What is written on the shown copy of a photo; the original stays as it was sent."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops

from api.core.db import db
from api.photos import watermarks
from api.photos.models import Evidence
from api.stores.models import Store
from storage.drawing import draw
from tests.support.company import Company, call, picture, sha256


def shown(company: Company, body: bytes, who: str = "manager", more: str = "") -> Any:
    path = f"/photos/{sha256(body)}?size=display{more}"
    token = {"Authorization": f"Bearer {getattr(company, who).token}"}
    return company.app.test_client(use_cookies=False).get(f"/api/v1{path}", headers=token)


def differs_at_the_foot_only(one: bytes, other: bytes) -> bool:
    images = [Image.open(BytesIO(body)).convert("L") for body in (one, other)]
    width, height = images[0].size
    assert images[1].size == (width, height)
    different = ImageChops.difference(*images).point(lambda shade: 255 * (shade > 24))
    box = different.getbbox()
    return box is not None and box[1] > height * 2 // 3


def test_the_shown_copy_gets_its_words_when_the_report_has_come(company: Company) -> None:
    body = draw("shelf", tidy=True, seed=int(company.mark, 16))
    company.supervisor.put_photo(body)
    before = shown(company, body, "supervisor")
    assert before.headers["Cache-Control"] == "private, max-age=60"
    company.submit(photo=body)
    after = shown(company, body, "supervisor")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert differs_at_the_foot_only(before.data, after.data)
    assert shown(company, body).data == after.data
    assert company.manager.get(f"/photos/{sha256(body)}?size=original") == (200, body)
    thumb = company.manager.get(f"/photos/{sha256(body)}?size=thumb")[1]
    assert Image.open(BytesIO(thumb)).size == (320, 240)


def test_the_words_are_those_of_the_report_it_is_opened_from(company: Company) -> None:
    body = picture(size=(640, 480))
    company.supervisor.put_photo(body)
    first, _ = company.submit(photo=body, store_id=str(company.store))
    second, _ = company.submit("admin", photo=body, store_id=str(company.far_store))
    of_first, of_second = (shown(company, body, "admin", f"&shown_by={report}") for report in (first, second))
    assert of_first.headers["ETag"] != of_second.headers["ETag"]
    assert of_first.data != of_second.data
    assert shown(company, body, "admin").data == of_first.data
    assert shown(company, body, "manager", f"&shown_by={second}").data == of_first.data
    assert shown(company, body, "stranger").headers["ETag"] == of_second.headers["ETag"]


@pytest.mark.parametrize(("query", "status"), [("size=display&shown_by=x", 422), ("size=huge", 422)])
def test_odd_questions_are_refused(company: Company, query: str, status: int) -> None:
    assert company.manager.get(f"/photos/{'0' * 64}?{query}")[0] == status
    assert call(company.app, "GET", f"/photos/{'0' * 64}?size=display")[0] == 401


def test_what_is_written(company: Company) -> None:
    body = picture()
    document = company.document(photo=body)
    document["answers"][1]["photos"][0] |= {
        "taken_at": "2026-11-25T01:05:12Z",
        "latitude": 31.2,
        "longitude": 121.4,
        "accuracy": 9.6,
    }
    company.supervisor.put_signed(f"/inspections/{document['answers'][1]['photos'][0]['id']}", document)
    with company.app.app_context():
        row = db.session.query(Evidence).filter_by(sha256=sha256(body)).one()
        store = db.session.get(Store, row.store_id)
        assert store is not None
        assert watermarks.lines(row, store, "王晓敏") == [
            "2026-11-25 09:05:12 +08:00  王晓敏",
            f"E-{company.mark}-1  店 · Shop",
            "31.20000, 121.40000  ±10 m",
        ]
        row.latitude = None
        assert watermarks.lines(row, store, "") == [
            "2026-11-25 09:05:12 +08:00",
            f"E-{company.mark}-1  店 · Shop",
        ]
        db.session.rollback()
