"""The same picture twice: the same file, and the same picture made smaller, paler or cut."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.inspections.models import Inspection
from api.jobs import deeds
from api.photos.models import Evidence
from storage.drawing import draw
from tests.support.company import Company, photo_facts, sha256

_seeds = itertools.count(datetime.now(UTC).microsecond)


def fresh() -> bytes:
    return draw("shelf", tidy=False, seed=next(_seeds))


def redone(body: bytes, quality: int = 50) -> bytes:
    image = Image.open(BytesIO(body))
    out = BytesIO()
    image.resize((image.width // 2, image.height // 2)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def hand_in(company: Company, body: bytes, who: str = "supervisor", **more: Any) -> tuple[str, Any]:
    """A photo is sent, and then a report that shows it."""
    assert getattr(company, who).put_photo(body)[0] in (200, 201)
    return company.submit(who, photo=body, **more)


def look(company: Company) -> int:
    with company.app.app_context():
        return deeds.look_at_late_photos()


@pytest.fixture(autouse=True)
def nothing_waits(company: Company) -> None:
    """Photos that other tests of this database left behind are looked at first."""
    while look(company):
        pass


def signal(company: Company, report: str, code: str, who: str = "manager") -> Any:
    shown = getattr(company, who).get(f"/inspections/{report}")[1]
    return next((s for s in shown["signals"] if s["code"] == code), None)


def test_a_fresh_picture_raises_no_flag(company: Company) -> None:
    hand_in(company, fresh())
    receipt = hand_in(company, fresh())[1]
    assert (receipt["flags"], receipt["status"]) == ([], "approved")
    assert look(company) == 0


def test_the_same_file_in_another_report_is_flagged_with_its_place(company: Company) -> None:
    body = fresh()
    first, _ = hand_in(company, body)
    second, receipt = hand_in(company, body)
    assert (receipt["flags"], receipt["status"]) == (["photo_reused"], "in_review")
    found = signal(company, second, "photo_reused")
    assert found["strong"] is True
    (photo,) = found["facts"]["photos"]
    assert (photo["item_key"], photo["sha256"]) == ("cold", sha256(body))
    assert photo["other"]["inspection_id"] == first
    assert photo["other"]["store_name"] == {"zh": "店", "en": "Shop"}
    assert signal(company, first, "photo_reused") is None


def test_a_picture_sent_again_smaller_is_flagged_as_strongly_similar(company: Company) -> None:
    body = fresh()
    first, _ = hand_in(company, body)
    second, receipt = hand_in(company, redone(body))
    assert receipt["flags"] == ["photo_similar"]
    found = signal(company, second, "photo_similar")
    (photo,) = found["facts"]["photos"]
    assert (found["strong"], photo["other"]["inspection_id"]) == (True, first)
    assert photo["bits"] <= 10


def test_the_same_picture_twice_in_one_report_is_no_reuse(company: Company) -> None:
    body = fresh()
    for one in (body, redone(body)):
        company.supervisor.put_photo(one)
    document = company.document(photo=body)
    document["answers"][1]["photos"].append(photo_facts(redone(body)))
    status, receipt = company.supervisor.put_signed(f"/inspections/{new_id()}", document)
    assert (status, receipt["flags"]) == (201, [])


def test_another_store_that_the_reviewer_may_not_see_has_no_name(company: Company) -> None:
    body = fresh()
    far, _ = hand_in(company, body, "stranger", store_id=str(company.far_store))
    near, receipt = hand_in(company, body)
    assert receipt["flags"] == ["photo_reused"]
    (photo,) = signal(company, near, "photo_reused")["facts"]["photos"]
    other = photo["other"]
    assert other["inspection_id"] is other["store_id"] is other["store_name"] is None
    assert far not in str(company.manager.get(f"/inspections/{near}")[1]["signals"])
    (photo,) = signal(company, near, "photo_reused", "admin")["facts"]["photos"]
    assert photo["other"]["inspection_id"] == far


def test_a_similar_picture_of_another_person_in_another_store_is_not_looked_for(company: Company) -> None:
    body = fresh()
    hand_in(company, body, "stranger", store_id=str(company.far_store))
    assert hand_in(company, redone(body))[1]["flags"] == []


def test_why_a_flag_is_up_is_told_to_reviewers_only(company: Company) -> None:
    body = fresh()
    hand_in(company, body)
    report, _ = hand_in(company, body)
    for who in ("keeper", "supervisor"):
        shown = getattr(company, who).get(f"/inspections/{report}")[1]
        assert (shown["flags"], shown["signals"], shown["proof_facts"]) == (["photo_reused"], [], None)
    assert company.stranger.get(f"/inspections/{report}")[0] == 404


def test_a_photo_that_comes_after_its_report_sends_it_to_review(company: Company) -> None:
    body = fresh()
    first, _ = hand_in(company, body)
    late = redone(body)
    report, receipt = company.submit(photo=late)
    assert (receipt["flags"], receipt["status"]) == ([], "approved")
    assert look(company) == 0
    cursor = _at_the_end(company)
    company.supervisor.put_photo(late)
    assert look(company) == 1
    shown = company.manager.get(f"/inspections/{report}")[1]
    assert (shown["flags"], shown["status"], shown["version"]) == (["photo_similar"], "in_review", 2)
    assert shown["proof_facts"]["camera"] is False
    assert shown["proof"] < 3
    (photo,) = signal(company, report, "photo_similar")["facts"]["photos"]
    assert photo["other"]["inspection_id"] == first
    told = company.supervisor.get(f"/sync/changes?cursor={cursor}")[1]["items"]
    assert {(c["id"], tuple(c["data"]["flags"])) for c in told if c["type"] == "inspection"} >= {
        (report, ("photo_similar",))
    }
    assert look(company) == 0
    assert company.manager.get(f"/inspections/{report}")[1]["version"] == 2


def _at_the_end(company: Company) -> str:
    page = company.supervisor.get("/sync/changes")[1]
    while page["more"]:
        page = company.supervisor.get(f"/sync/changes?cursor={page['next']}")[1]
    return str(page["next"])


def test_the_later_report_is_flagged_even_when_the_earlier_photo_comes_last(company: Company) -> None:
    body = fresh()
    first, _ = company.submit(photo=body)
    second, receipt = hand_in(company, redone(body))
    assert receipt["flags"] == []
    company.supervisor.put_photo(body)
    assert look(company) == 1
    assert company.manager.get(f"/inspections/{first}")[1]["flags"] == []
    assert company.manager.get(f"/inspections/{second}")[1]["flags"] == ["photo_similar"]
    (photo,) = signal(company, second, "photo_similar")["facts"]["photos"]
    assert photo["other"]["inspection_id"] == first


def test_what_a_person_approved_stays_approved_with_the_flag_beside_it(company: Company) -> None:
    body = fresh()
    hand_in(company, body)
    late = redone(body)
    report, receipt = company.submit(photo=late, check_in=None)
    assert receipt["status"] == "in_review"
    deed = {"action": "approve", "version": 1}
    assert company.manager.put_signed(f"/inspections/{report}/transitions/{new_id()}", deed)[0] == 200
    company.supervisor.put_photo(late)
    assert look(company) == 1
    shown = company.manager.get(f"/inspections/{report}")[1]
    assert (shown["status"], shown["flags"]) == ("approved", ["no_position", "photo_similar"])


def test_pictures_of_more_than_half_a_year_ago_are_not_compared(company: Company) -> None:
    body = fresh()
    _first, _ = hand_in(company, body)

    def age() -> None:
        for row in db.session.query(Evidence).filter_by(sha256=sha256(body)):
            row.listed_at = datetime.now(UTC) - timedelta(days=181)

    with company.app.app_context():
        in_transaction(age)
    assert hand_in(company, redone(body))[1]["flags"] == []
    assert hand_in(company, body)[1]["flags"] == ["photo_reused"]


def test_pictures_in_which_there_is_nothing_to_see_are_never_alike(company: Company) -> None:
    for shade in (10, 11):
        out = BytesIO()
        Image.new("L", (400, 300), shade).convert("RGB").save(out, "JPEG", comment=company.mark)
        assert hand_in(company, out.getvalue())[1]["flags"] == []


def test_a_fix_that_shows_an_old_picture_does_not_flag_the_report_it_mends(company: Company) -> None:
    body = fresh()
    report, receipt = company.submit(photo=body)
    task = company.manager.get(f"/tasks/{receipt['task_ids'][0]}")[1]
    fix = redone(body)
    company.keeper.put_photo(fix)
    assert company.step("keeper", task, "start")[0] == 200
    task = company.manager.get(f"/tasks/{task['id']}")[1]
    assert company.step("keeper", task, "submit", note="ok", photos=[photo_facts(fix)])[0] == 200
    company.supervisor.put_photo(body)
    assert look(company) >= 2
    assert company.manager.get(f"/inspections/{report}")[1]["flags"] == []
    with company.app.app_context():
        assert db.session.get(Inspection, uuid.UUID(report)).signals == []  # type: ignore[union-attr]
