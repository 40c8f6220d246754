"""Tasks that no inspection found, and who gets them."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support.company import Answer, Company, call, photo_facts, picture, sha256


def asked(company: Company, **changes: Any) -> dict[str, Any]:
    return {
        "store_id": str(company.store),
        "title": {"zh": "灯坏了", "en": ""},
        "device_at": moment_text(datetime.now(UTC)),
    } | changes


def send(company: Company, who: str, task_id: str | None = None, **changes: Any) -> Answer:
    return getattr(company, who).put_signed(f"/tasks/{task_id or new_id()}", asked(company, **changes))


def ahead(**time: int) -> str:
    return moment_text(datetime.now(UTC) + timedelta(**time))


def test_a_store_opens_one_for_itself_and_its_supervisor_looks_at_it(company: Company) -> None:
    body = picture()
    task_id = str(new_id())
    status, task = send(
        company,
        "clerk",
        task_id,
        note="flickers",
        flag="key",
        needs_photo=False,
        photos=[photo_facts(body)],
    )
    assert (status, task["id"], task["status"], task["needs_photo"]) == (201, task_id, "open", False)
    assert task["title"] == {"zh": "灯坏了", "en": "灯坏了"}
    assert (task["finding"]["note"], task["finding"]["photos"]) == ("flickers", [sha256(body)])
    assert task["assignee"]["id"] == str(company.keeper.id)
    assert task["reviewer"]["id"] == str(company.supervisor.id)
    due = datetime.fromisoformat(task["due_at"]) - datetime.fromisoformat(task["created_at"])
    assert timedelta(hours=70) < due <= timedelta(hours=96)
    assert company.clerk.put_photo(body)[0] == 201
    assert company.supervisor.get(f"/photos/{sha256(body)}")[0] == 200


def test_whoever_opens_it_from_outside_looks_at_it(company: Company) -> None:
    status, task = send(company, "manager", assignee_id=str(company.clerk.id), due_at=ahead(days=1))
    assert (status, task["assignee"]["id"], task["reviewer"]["id"]) == (
        201,
        str(company.clerk.id),
        str(company.manager.id),
    )


def test_the_receipt_has_the_phones_own_hash_and_the_same_again_is_200(company: Company) -> None:
    task_id, body = str(new_id()), asked(company)
    status, first = company.clerk.put_signed(f"/tasks/{task_id}", body)
    assert (status, first["content_sha256"]) == (201, sha256(json.dumps(body).encode()))
    status, again = company.clerk.put_signed(f"/tasks/{task_id}", body)
    assert (status, again) == (200, first)
    have = {"items": [{"id": task_id, "sha256": first["content_sha256"]}]}
    assert company.clerk.post("/sync/have", have)[1]["items"] == [{"id": task_id, "state": "same"}]
    other = company.clerk.put_signed(f"/tasks/{task_id}", body | {"note": "other"})
    assert (other[0], other[1]["type"]) == (409, "/problems/id-reused")
    assert company.keeper.put_signed(f"/tasks/{task_id}", body)[0] == 409
    elsewhere = company.task()
    assert company.clerk.put_signed(f"/tasks/{elsewhere['id']}", body)[0] == 409


def test_eight_at_once_make_one(company: Company) -> None:
    task_id, body = str(new_id()), asked(company)
    assert company.clerk.token
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: company.clerk.put_signed(f"/tasks/{task_id}", body), range(8)))
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len(company.keeper.get(f"/tasks?store_id={company.store}")[1]["items"]) == 1


def test_what_waited_without_a_network_is_not_refused(company: Company) -> None:
    """Its due time has passed, and who was named does not work there any more."""
    past = ahead(hours=-2)
    status, task = send(company, "supervisor", due_at=past, assignee_id=str(company.far_keeper.id))
    assert (status, task["due_at"], task["assignee"]["id"]) == (201, past, str(company.keeper.id))


def test_at_a_desk_both_are_named(company: Company) -> None:
    body = {name: value for name, value in asked(company).items() if name != "device_at"}
    late = company.supervisor.post("/tasks", body | {"due_at": ahead(hours=-1)})
    assert (late[0], late[1]["errors"][0]["code"]) == (422, "past")
    wrong = company.supervisor.post("/tasks", body | {"assignee_id": str(company.far_keeper.id)})
    assert (wrong[0], wrong[1]["errors"][0]["code"]) == (422, "not_of_store")


def test_only_for_stores_that_one_sees(company: Company) -> None:
    assert send(company, "stranger")[0] == 404
    assert send(company, "clerk", store_id=str(company.far_store))[0] == 404
    assert send(company, "clerk", store_id=str(new_id()))[0] == 404
    assert call(company.app, "PUT", f"/tasks/{new_id()}", asked(company))[0] == 401


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("no title", {"title": {"zh": "", "en": " "}}, "/title"),
    ("flag", {"flag": "urgent"}, "/flag"),
    ("no time of the phone", {"device_at": None}, "/device_at"),
    ("photos without facts", {"photos": [{"sha256": "0" * 64}]}, "/photos/0"),
    ("unknown field", {"colour": "red"}, "/colour"),
]


@pytest.mark.parametrize(("changes", "pointer"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_wrong_shapes_are_named(company: Company, changes: dict[str, Any], pointer: str) -> None:
    status, problem = send(company, "clerk", **changes)
    assert (status, problem["errors"][0]["pointer"].startswith(pointer)) == (422, True), problem


def test_twenty_photos_are_taken_and_no_more(company: Company) -> None:
    many = [photo_facts(picture()) for _ in range(21)]
    assert send(company, "clerk", photos=many)[0] == 422
    status, task = send(company, "clerk", photos=many[:20])
    assert (status, len(task["finding"]["photos"])) == (201, 20)


def on_roster(company: Company, who: str, begins: timedelta, length: timedelta) -> None:
    zone_hours = timedelta(hours=8)
    begin = datetime.now(UTC) + zone_hours + begins
    times = ",".join(f"{at:%Y-%m-%d %H:%M}" for at in (begin, begin + length))
    row = f"store_code,username,starts_at,ends_at\nE-{company.mark}-1,{company.people[who].username},{times}"
    status, report = company.admin.call(
        "POST", "/imports/shifts", row.encode(), **{"Content-Type": "text/csv"}
    )
    assert status == 200, report


def add_person(company: Company, name: str, role: str) -> str:
    body = {
        "username": f"{name}-{company.mark}",
        "name": name,
        "role": role,
        "locale": "zh",
        "password": "a password for tests",
        "store_ids": [str(company.store)],
        "region_ids": [],
    }
    status, user = company.admin.post("/users", body)
    assert status == 201, user
    return str(user["id"])


def test_the_roster_says_which_of_two_managers(company: Company) -> None:
    second = add_person(company, "second", "store_manager")
    assert send(company, "supervisor")[1]["assignee"]["id"] == str(company.keeper.id)
    company.people["second"] = type(company.people["keeper"])(company.app, new_id(), f"second-{company.mark}")
    on_roster(company, "second", timedelta(hours=-1), timedelta(hours=5))
    assert send(company, "supervisor")[1]["assignee"]["id"] == second


def test_a_deputy_stands_in_for_a_manager_on_leave(company: Company) -> None:
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    body = {
        "user_id": str(company.keeper.id),
        "deputy_id": str(company.clerk.id),
        "first_day": today.isoformat(),
        "last_day": today.isoformat(),
        "reason": "ill",
    }
    status, absence = company.manager.post("/absences", body)
    assert status == 201, absence
    assert send(company, "supervisor")[1]["assignee"]["id"] == str(company.clerk.id)
    task = company.task()
    assert task["assignee"]["id"] == str(company.clerk.id)


def test_without_anybody_it_has_no_assignee(company: Company) -> None:
    for who in ("keeper", "clerk"):
        change = {"is_active": False}
        assert company.admin.call("PATCH", f"/users/{company.people[who].id}", change)[0] == 200
    status, task = send(company, "supervisor")
    assert (status, task["assignee"]) == (201, None)
