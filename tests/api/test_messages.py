"""What people are told, by the real feed: who, what, once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from api.accounts import services as accounts
from api.accounts.models import User
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.notifications.models import Message
from tests.support.company import Company, call, photo_facts, picture
from tests.support.messages import inbox, tell


def two_findings(company: Company) -> tuple[str, dict[str, Any]]:
    """A report with a key item and a redline item failed."""
    document = company.document()
    document["answers"][2]["result"] = "fail"
    report = str(new_id())
    status, receipt = company.supervisor.put_signed(f"/inspections/{report}", document)
    assert status == 201, receipt
    return report, receipt


def test_a_report_with_many_findings_is_one_message_to_the_store(app: Flask, company: Company) -> None:
    report, receipt = two_findings(company)
    assert len(receipt["task_ids"]) == 2
    tell(app)
    (message,) = inbox(company.keeper)
    assert message["kind"] == "report.submitted"
    assert message["title"] == {"zh": "店：2 项要整改", "en": "Shop: 2 things to put right"}
    assert "1 of them is a redline" in message["body"]["en"]
    assert (message["link"], message["urgent"], message["group"]) == (f"/inspections/{report}", True, "work")
    assert message["store_name"] == {"zh": "店", "en": "Shop"}
    assert message["read_at"] is None
    # Whoever did it is not told of it, only of the recheck that it leads to.
    assert [m["kind"] for m in inbox(company.supervisor)] == ["visit.planned"]
    assert inbox(company.far_keeper) == []
    assert inbox(company.stranger) == []


def test_one_finding_leads_to_its_task(app: Flask, company: Company) -> None:
    task = company.task()
    tell(app)
    (message,) = inbox(company.keeper)
    assert (message["link"], message["title"]["en"]) == (f"/tasks/{task['id']}", "Shop: 1 thing to put right")
    assert message["urgent"] is False


def test_told_again_nothing_is_told_twice(app: Flask, company: Company) -> None:
    company.task()
    tell(app)
    with app.app_context():
        in_transaction(
            lambda: db.session.execute(sa.text("UPDATE feed_positions SET seq = 0 WHERE name = 'messages'"))
        )
    tell(app)
    assert len(inbox(company.keeper)) == 1


def test_each_step_is_told_to_whoever_acts_next(app: Flask, company: Company) -> None:
    task = company.task()
    photos = [photo_facts(picture())]
    status, fixed = company.step("keeper", task, "submit", note="door closed", photos=photos)
    assert status == 200, fixed
    status, back = company.step("supervisor", fixed, "send_back", note="not clean yet")
    assert status == 200, back
    tell(app)
    (review,) = inbox(company.supervisor)
    assert (review["kind"], review["group"]) == ("task.submitted", "review")
    assert review["body"]["en"] == "door closed\nFixed by keeper"
    sent_back, opened = inbox(company.keeper)
    assert (opened["kind"], sent_back["kind"]) == ("report.submitted", "task.sent_back")
    assert sent_back["body"]["en"].startswith("Why: not clean yet\nStill due ")
    assert sent_back["link"] == f"/tasks/{task['id']}"


def test_whoever_left_or_lost_the_store_is_told_nothing(app: Flask, company: Company) -> None:
    task = company.task()
    tell(app)
    with app.app_context():
        user = db.session.get(User, company.people["keeper"].id)
        assert user is not None
        in_transaction(accounts.set_scope, user, [], [company.far_store])
    status, answer = company.step("supervisor", task, "waive", note="x")
    assert status == 403, answer
    status, answer = company.step("manager", task, "waive", note="the fridge is sold")
    assert status == 200, answer
    tell(app)
    assert [m["kind"] for m in inbox(company.keeper)] == ["report.submitted"]


def test_somebody_elses_visit_is_told_to_its_inspector(app: Flask, company: Company) -> None:
    visit = company.visit(note="bring the thermometer")
    tell(app)
    (message,) = inbox(company.supervisor)
    assert (message["kind"], message["link"]) == ("visit.planned", f"/visits/{visit['id']}")
    assert "bring the thermometer" in message["body"]["en"]


def test_reading_marking_and_marking_back(app: Flask, company: Company) -> None:
    for _ in range(3):
        company.task()
    tell(app)
    keeper = company.keeper
    status, first = keeper.get("/notifications?limit=2")
    assert (status, len(first["items"]), first["unread"]) == (200, 2, 3)
    status, rest = keeper.get(f"/notifications?limit=2&cursor={first['next']}")
    assert (status, len(rest["items"]), rest["next"]) == (200, 1, None)
    ids = [first["items"][0]["id"]]
    status, marked = keeper.post("/notifications/read", {"ids": ids})
    assert (status, marked) == (200, {"ids": ids, "unread": 2})
    assert keeper.post("/notifications/read", {"ids": ids})[1] == {"ids": [], "unread": 2}
    assert len(inbox(keeper, unread="true")) == 2
    status, all_read = keeper.post("/notifications/read", {"all": True})
    assert (status, len(all_read["ids"]), all_read["unread"]) == (200, 2, 0)
    status, undone = keeper.post("/notifications/read", {"ids": all_read["ids"], "read": False})
    assert (status, undone["unread"]) == (200, 2)
    assert company.clerk.post("/notifications/read", {"ids": ids, "read": False})[1]["ids"] == []


def test_wrong_shapes_and_strangers(app: Flask, company: Company) -> None:
    keeper = company.keeper
    for body in ({}, {"ids": []}, {"ids": ["x"]}, {"all": True, "ids": [str(new_id())]}, {"every": True}):
        assert keeper.post("/notifications/read", body)[0] == 422, body
    assert keeper.get("/notifications?cursor=nonsense")[0] == 422
    assert keeper.get("/notifications?limit=1000")[0] == 422
    for method, path in (
        ("GET", "/notifications"),
        ("POST", "/notifications/read"),
        ("GET", "/notifications/settings"),
        ("PUT", "/notifications/settings"),
        ("POST", "/notifications/test"),
        ("GET", "/push-key"),
        ("PUT", f"/push-subscriptions/{new_id()}"),
        ("DELETE", f"/push-subscriptions/{new_id()}"),
    ):
        assert call(app, method, path, {} if method in ("POST", "PUT") else None)[0] == 401, path


def pull(person: Any, cursor: str | None) -> tuple[list[dict[str, Any]], str]:
    """All that is new, and the next cursor."""
    items = []
    while True:
        query = f"?cursor={cursor}" if cursor else ""
        status, page = person.get(f"/sync/changes{query}")
        assert status == 200, page
        items += page["items"]
        cursor = page["next"]
        if not page["more"]:
            assert cursor is not None
            return items, cursor


def messages_in(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if item["type"] == "message"]


def test_phones_mirror_their_own_messages_alone(app: Flask, company: Company) -> None:
    _, keepers = pull(company.keeper, None)
    _, clerks = pull(company.clerk, None)
    company.task()
    tell(app)
    items, keepers = pull(company.keeper, keepers)
    (put,) = messages_in(items)
    assert (put["op"], put["data"]["title"]["en"]) == ("put", "Shop: 1 thing to put right")
    items, clerks = pull(company.clerk, clerks)
    assert messages_in(items) == []
    company.keeper.post("/notifications/read", {"all": True})
    items, _ = pull(company.keeper, keepers)
    (again,) = messages_in(items)
    assert again["data"]["read_at"] is not None
    snapshot, _ = pull(company.keeper, None)
    assert [m["id"] for m in messages_in(snapshot)] == [put["id"]]
    assert messages_in(pull(company.clerk, clerks)[0]) == []


def test_a_snapshot_holds_the_newest_two_hundred_of_thirty_days(app: Flask, company: Company) -> None:
    now = datetime.now(UTC)
    keeper = company.people["keeper"].id

    def fill() -> None:
        for number in range(260):
            age = timedelta(minutes=number) if number < 230 else timedelta(days=31)
            db.session.add(
                Message(
                    id=new_id(),
                    user_id=keeper,
                    matter=f"m:{number}",
                    kind="test",
                    facts={"why": "self"},
                    link=f"/{number}",
                    urgent=False,
                    store_id=None,
                    event_seq=None,
                    created_at=now - age,
                    read_at=None,
                )
            )

    with app.app_context():
        in_transaction(fill)
    links = {m["data"]["link"] for m in messages_in(pull(company.keeper, None)[0])}
    assert links == {f"/{number}" for number in range(200)}
