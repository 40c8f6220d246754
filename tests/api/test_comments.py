"""What people say about a task, and who hears of it."""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from api.core.db import db
from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.events import queries as events
from api.tasks.models import TaskComment
from tests.api.test_rooms import mirror
from tests.support.company import Company, Person, call, digest_header, photo_facts, picture


def body(text: str = "Which fridge?", **more: Any) -> dict[str, Any]:
    return {"text": text, "device_at": moment_text(datetime.now(UTC))} | more


def say(
    person: Person, task: dict[str, Any], words: dict[str, Any] | None = None, comment: str = ""
) -> tuple[int, Any]:
    return person.put_signed(f"/tasks/{task['id']}/comments/{comment or new_id()}", words or body())


def test_a_comment_is_in_its_task_and_in_the_feed_of_everybody_who_sees_it(company: Company) -> None:
    task = company.task()
    _, cursor = mirror(company.keeper)
    _, far = mirror(company.far_keeper)
    status, receipt = say(company.supervisor, task)
    assert status == 201, receipt
    assert receipt["author"] == {"id": str(company.supervisor.id), "name": "supervisor"}
    said = {k: v for k, v in receipt.items() if k not in ("content_sha256", "received_at", "server_epoch")}
    assert company.keeper.get(f"/tasks/{task['id']}")[1]["comments"] == [said]
    assert mirror(company.keeper, cursor)[0]["task"][task["id"]]["comments"] == [said]
    assert mirror(company.far_keeper, far)[0] == {}


def test_the_same_again_is_200_with_the_same_receipt_and_anything_else_under_its_id_409(
    company: Company,
) -> None:
    task, comment, words = company.task(), str(new_id()), body()
    status, first = say(company.keeper, task, words, comment)
    digest = hashlib.sha256(json.dumps(words).encode()).hexdigest()
    assert (status, first["id"], first["content_sha256"]) == (201, comment, digest)
    assert say(company.keeper, task, words, comment) == (200, first)
    for status, problem in (
        say(company.keeper, task, body("other"), comment),
        say(company.clerk, task, words, comment),
        say(company.keeper, company.task(), words, comment),
    ):
        assert (status, problem["type"]) == (409, "/problems/id-reused")
    assert len(company.keeper.get(f"/tasks/{task['id']}")[1]["comments"]) == 1


def test_a_closed_task_can_be_talked_about_and_its_version_stays(company: Company) -> None:
    task = company.task()
    _, fixed = company.step("keeper", task, "submit", photos=[photo_facts(picture())])
    _, closed = company.step("supervisor", fixed, "approve")
    assert say(company.clerk, closed)[0] == 201
    assert company.clerk.get(f"/tasks/{task['id']}")[1]["version"] == closed["version"]


@pytest.mark.parametrize(
    ("words", "pointer"),
    [
        (body("  "), "/text"),
        (body("x" * 2001), "/text"),
        (body(photos=[{}]), "/photos/0/id"),
        (body(mentions=["nobody"]), "/mentions/0"),
        ({"text": "no time"}, "/device_at"),
        (body(colour="red"), "/colour"),
    ],
    ids=["empty", "long", "no photo", "no person", "no time", "unknown field"],
)
def test_what_is_no_comment(company: Company, words: dict[str, Any], pointer: str) -> None:
    status, problem = say(company.keeper, company.task(), words)
    assert (status, problem["type"]) == (422, "/problems/validation")
    assert pointer in [fault["pointer"] for fault in problem["errors"]]


def test_photos_are_at_most_five_and_a_drawing_counts_with_its_original_as_one(company: Company) -> None:
    task = company.task()
    shown = [photo_facts(picture()) for _ in range(5)]
    drawn = photo_facts(picture()) | {"marks_of": shown[0]["sha256"]}
    status, receipt = say(company.keeper, task, body("", photos=[*shown, drawn]))
    assert status == 201, receipt
    assert receipt["photos"] == [photo["sha256"] for photo in [*shown, drawn]]
    assert receipt["marks"] == {drawn["sha256"]: shown[0]["sha256"]}
    many = [photo_facts(picture()) for _ in range(6)]
    assert say(company.keeper, task, body(photos=many))[1]["errors"][0]["pointer"] == "/photos"


def test_its_photos_are_shown_to_those_who_see_the_task_and_to_nobody_else(company: Company) -> None:
    bytes_ = picture()
    facts = photo_facts(bytes_)
    say(company.keeper, company.task(), body(photos=[facts]))
    company.keeper.put_photo(bytes_)
    assert company.manager.get(f"/photos/{facts['sha256']}")[0] == 200
    assert company.far_keeper.get(f"/photos/{facts['sha256']}")[0] == 404


def test_who_may_speak(company: Company) -> None:
    task = company.task()
    for who in ("admin", "manager", "supervisor", "keeper", "clerk"):
        assert say(getattr(company, who), task)[0] == 201
    assert say(company.stranger, task)[0] == 404
    assert say(company.far_keeper, task)[0] == 404
    assert call(company.app, "PUT", f"/tasks/{task['id']}/comments/{new_id()}", body())[0] == 401
    raw = json.dumps(body()).encode()
    undigested = company.keeper.call("PUT", f"/tasks/{task['id']}/comments/{new_id()}", raw)
    assert undigested[1]["type"] == "/problems/digest-required"
    other = company.keeper.call(
        "PUT", f"/tasks/{task['id']}/comments/{new_id()}", raw, **digest_header(b"other")
    )
    assert other[1]["type"] == "/problems/digest-mismatch"


def test_who_may_be_named_is_who_sees_the_task_the_nearest_first(company: Company) -> None:
    task = company.task()
    status, found = company.clerk.get(f"/tasks/{task['id']}/people")
    mine = {str(person.id): who for who, person in company.people.items()}
    assert status == 200
    assert [mine[p["id"]] for p in found["items"] if p["id"] in mine] == [
        "keeper",
        "supervisor",
        "manager",
        "admin",
    ]
    assert {p["role"] for p in found["items"][:1]} == {"store_manager"}
    assert company.stranger.get(f"/tasks/{task['id']}/people")[0] == 404


def test_only_who_sees_the_task_is_named_and_told(company: Company) -> None:
    task = company.task()
    wanted = [company.manager.id, company.far_keeper.id, company.keeper.id, company.manager.id, new_id()]
    status, receipt = say(company.keeper, task, body(mentions=[str(one) for one in wanted]))
    assert (status, [p["name"] for p in receipt["mentions"]]) == (201, ["manager"])
    with company.app.app_context():
        fact = events.of_entity("task", _uuid(task["id"]))[-1]
        assert (fact.kind, fact.actor_id) == ("task.commented", company.keeper.id)
        assert fact.data == {"comment_id": receipt["id"], "mentions": [str(company.manager.id)]}
        db.session.rollback()


def test_what_a_phone_still_has_is_known_by_id_and_hash(company: Company) -> None:
    task = company.task()
    _, receipt = say(company.keeper, task)
    asked = {"id": receipt["id"], "sha256": receipt["content_sha256"]}

    def state(person: Person, **more: str) -> str:
        return str(person.post("/sync/have", {"items": [asked | more]})[1]["items"][0]["state"])

    assert state(company.keeper) == "same"
    assert state(company.keeper, sha256="0" * 64) == "different"
    assert state(company.clerk) == "missing"
    with company.app.app_context():
        in_transaction(_forget, receipt["id"])
    assert state(company.keeper) == "missing"


def _forget(comment_id: str) -> None:
    db.session.delete(db.session.get_one(TaskComment, _uuid(comment_id)))


def _uuid(text: str) -> uuid.UUID:

    return uuid.UUID(text)
