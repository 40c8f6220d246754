"""One thing to be put right in many stores: started, followed, called off."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.core.ids import new_id
from api.core.shapes import moment_text
from api.core.transaction import in_transaction
from api.stores import services as stores
from tests.support.company import Company, call, photo_facts, picture, sha256

EMPTY: dict[str, list[str]] = {
    name: [] for name in ("region_ids", "types", "tags", "levels", "store_ids", "except_ids")
}


def asked(company: Company, **changes: Any) -> dict[str, Any]:
    """A campaign in the eastern region."""
    return {
        "title": {"zh": "换灯箱片", "en": "New light box film"},
        "guide": {"zh": "拆旧换新", "en": "Take the old one out"},
        "flag": "key",
        "needs_photo": False,
        "photos": [],
        "selection": EMPTY | {"region_ids": [str(company.east)]},
        "due_at": moment_text(datetime.now(UTC) + timedelta(days=5)),
    } | changes


def start(company: Company, who: str = "manager", **changes: Any) -> dict[str, Any]:
    status, campaign = getattr(company, who).post("/task-campaigns", asked(company, **changes))
    assert status == 201, campaign
    return campaign


def more_stores(company: Company, count: int, **fields: Any) -> list[str]:
    with company.app.app_context():

        def add() -> list[str]:
            given = {"name_zh": "店", "name_en": "Shop", "region_id": company.east} | fields
            codes = [f"E-{company.mark}-{number}" for number in range(2, count + 2)]
            now = datetime.now(UTC)
            return [str(stores.add_store(given | {"code": code}, actor=None, now=now).id) for code in codes]

        return in_transaction(add)


def tasks_of(company: Company, campaign: dict[str, Any], who: str = "manager") -> list[dict[str, Any]]:
    found = getattr(company, who).get("/tasks?limit=200")[1]["items"]
    return [task for task in found if task["title"] == campaign["title"]]


def test_every_store_that_is_meant_gets_a_task(company: Company) -> None:
    more_stores(company, 3)
    campaign = start(company)
    assert (campaign["total"], campaign["counts"]["open"], campaign["overdue"]) == (4, 4, 0)
    (mine,) = tasks_of(company, campaign, "keeper")
    assert (mine["store_id"], mine["flag"], mine["severity"], mine["needs_photo"]) == (
        str(company.store),
        "key",
        2,
        False,
    )
    assert mine["due_at"] == campaign["due_at"]
    assert mine["assignee"]["id"] == str(company.keeper.id)
    assert mine["reviewer"]["id"] == str(company.supervisor.id)
    assert [h["action"] for h in mine["history"]] == ["open"]
    assert [t["assignee"] for t in tasks_of(company, campaign)].count(None) == 3
    assert tasks_of(company, campaign, "far_keeper") == []


def test_hundreds_of_stores_get_their_own_people(company: Company) -> None:
    """Beyond a few hundred stores people are looked up all at once."""
    more_stores(company, 230)
    campaign = start(company)
    assert campaign["total"] == 231
    (mine,) = tasks_of(company, campaign, "keeper")
    assert (mine["assignee"]["id"], mine["reviewer"]["id"]) == (
        str(company.keeper.id),
        str(company.supervisor.id),
    )
    board = company.manager.get(f"/task-campaigns/{campaign['id']}/board?limit=200")[1]
    assert sum(line["assignee"] is None for line in board["items"]) == 199


def test_a_preview_says_how_large_it_is(company: Company) -> None:
    more_stores(company, 2)
    body = {"selection": EMPTY | {"region_ids": [str(company.east)]}}
    status, found = company.manager.post("/task-campaigns/preview", body)
    assert (status, found["total"], found["without_assignee"]) == (200, 3, 2)
    assert [(p["region"]["id"], p["count"]) for p in found["by_region"]] == [(str(company.east), 3)]
    none = company.manager.post("/task-campaigns/preview", {"selection": EMPTY | {"types": ["none"]}})[1]
    assert (none["total"], none["by_region"]) == (0, [])


def test_a_manager_reaches_their_own_regions_alone(company: Company) -> None:
    everywhere = start(company, selection=EMPTY)
    assert everywhere["total"] == 1
    status, problem = company.manager.post(
        "/task-campaigns", asked(company, selection=EMPTY | {"region_ids": [str(company.west)]})
    )
    assert (status, problem["errors"][0]["pointer"]) == (422, "/selection/region_ids/0")
    both = [str(company.store), str(company.far_store)]
    assert start(company, who="admin", selection=EMPTY | {"store_ids": both})["total"] == 2


def test_the_same_again_is_the_same_and_other_content_is_refused(company: Company) -> None:
    body = asked(company, id=str(new_id()))
    first, again = (company.manager.post("/task-campaigns", body) for _ in range(2))
    assert first == again
    assert len(tasks_of(company, first[1])) == 1
    other = company.manager.post("/task-campaigns", body | {"flag": "redline"})
    assert (other[0], other[1]["type"]) == (409, "/problems/id-reused")
    assert company.admin.post("/task-campaigns", body)[0] == 409


def test_sent_six_times_at_once_it_opens_each_task_once(company: Company) -> None:
    body = asked(company, id=str(new_id()))
    assert company.manager.token
    gate = threading.Barrier(6)

    def send(_: int) -> int:
        gate.wait()
        return company.manager.post("/task-campaigns", body)[0]

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(send, range(6))) == [201] * 6
    assert len(tasks_of(company, {"title": body["title"]})) == 1


def test_the_board_moves_with_the_tasks(company: Company) -> None:
    more_stores(company, 2)
    campaign = start(company)
    (mine,) = tasks_of(company, campaign, "keeper")
    _, fixed = company.step("keeper", mine, "submit", note="new film")
    assert company.step("supervisor", fixed, "approve")[0] == 200
    status, board = company.manager.get(f"/task-campaigns/{campaign['id']}/board?limit=2")
    assert (status, board["counts"]["closed"], board["counts"]["open"], board["total"]) == (200, 1, 2, 3)
    assert [(r["region"]["id"], r["total"], r["counts"]["closed"]) for r in board["regions"]] == [
        (str(company.east), 3, 1)
    ]
    assert [line["code"][-2:] for line in board["items"]] == ["-1", "-2"]
    path = f"/task-campaigns/{campaign['id']}/board?limit=2&cursor={board['next']}"
    rest = company.manager.get(path)[1]
    assert ([line["code"][-2:] for line in rest["items"]], rest["next"]) == (["-3"], None)
    closed = company.manager.get(f"/task-campaigns/{campaign['id']}/board?state=closed")[1]
    assert [line["task_id"] for line in closed["items"]] == [mine["id"]]
    found = company.manager.get(f"/task-campaigns/{campaign['id']}/board?search=E-{company.mark}-3")[1]
    assert len(found["items"]) == 1
    elsewhere = company.admin.get(f"/task-campaigns/{campaign['id']}/board?region_id={company.west}")[1]
    assert elsewhere["items"] == []
    listed = company.manager.get("/task-campaigns")[1]["items"]
    assert [c["counts"]["closed"] for c in listed if c["id"] == campaign["id"]] == [1]


def test_called_off_what_nobody_ended_is_cancelled(company: Company) -> None:
    more_stores(company, 1)
    campaign = start(company)
    (mine,) = tasks_of(company, campaign, "keeper")
    _, fixed = company.step("keeper", mine, "submit", note="done")
    company.step("supervisor", fixed, "approve")
    path = f"/task-campaigns/{campaign['id']}/cancel"
    assert company.manager.post(path, {"reason": " "})[0] == 422
    status, called_off = company.manager.post(path, {"reason": "too dear"})
    assert (status, called_off["counts"]["cancelled"], called_off["counts"]["closed"]) == (200, 1, 1)
    assert called_off["cancelled_at"] and not called_off["may_cancel"]
    other = next(t for t in tasks_of(company, campaign) if t["id"] != mine["id"])
    assert (other["status"], other["version"], other["history"][-1]["note"]) == ("cancelled", 2, "too dear")
    assert company.manager.post(path, {"reason": "again"})[1]["cancelled_at"] == called_off["cancelled_at"]


def test_of_calling_off_and_fixing_at_once_one_wins(company: Company) -> None:
    campaign = start(company)
    (mine,) = tasks_of(company, campaign, "keeper")
    assert company.manager.token
    gate = threading.Barrier(2)

    def call_off() -> int:
        gate.wait()
        return company.manager.post(f"/task-campaigns/{campaign['id']}/cancel", {"reason": "x"})[0]

    def fix() -> int:
        gate.wait()
        return company.step("keeper", mine, "submit", note="done")[0]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(call_off), pool.submit(fix)
        assert (first.result(), second.result() in (200, 409)) == (200, True)
    (after,) = tasks_of(company, campaign, "keeper")
    assert after["status"] == "cancelled"
    path = ["open"] + [h["to"] for h in after["history"][1:]]
    assert path in (["open", "cancelled"], ["open", "submitted", "cancelled"])


def test_who_may(company: Company) -> None:
    campaign = start(company)
    path = f"/task-campaigns/{campaign['id']}"
    for who in ("supervisor", "keeper", "clerk"):
        assert getattr(company, who).post("/task-campaigns", asked(company))[0] == 403
        assert getattr(company, who).post(f"{path}/cancel", {"reason": "x"})[0] == 403
    assert company.keeper.get("/task-campaigns")[0] == 403
    assert company.supervisor.get(f"{path}/board")[0] == 200
    assert company.stranger.get(path)[0] == 404
    assert company.stranger.get(f"{path}/board")[0] == 404
    theirs = start(company, who="admin")
    assert company.manager.post(f"/task-campaigns/{theirs['id']}/cancel", {"reason": "x"})[0] == 403
    assert call(company.app, "POST", "/task-campaigns", asked(company))[0] == 401
    assert call(company.app, "GET", path)[0] == 401


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("past", {"due_at": "2020-01-01T00:00:00Z"}, "/due_at"),
    ("no title", {"title": {"zh": " ", "en": ""}}, "/title"),
    ("flag", {"flag": "urgent"}, "/flag"),
    ("no selection", {"selection": None}, "/selection"),
    ("photo that never came", {"photos": ["0" * 64]}, "/photos/0"),
    ("unknown field", {"colour": "red"}, "/colour"),
]


@pytest.mark.parametrize(("changes", "pointer"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_wrong_shapes_are_named(company: Company, changes: dict[str, Any], pointer: str) -> None:
    status, problem = company.manager.post("/task-campaigns", asked(company, **changes))
    assert (status, problem["errors"][0]["pointer"].startswith(pointer)) == (422, True), problem


def test_without_a_store_nothing_is_started(company: Company) -> None:
    body = asked(company, selection=EMPTY | {"types": ["none of this kind"]})
    status, problem = company.manager.post("/task-campaigns", body)
    assert (status, problem["type"]) == (409, "/problems/empty-selection")


def test_its_photo_is_seen_in_its_stores_alone(company: Company) -> None:
    body = picture()
    assert company.manager.put_photo(body)[0] == 201
    campaign = start(company, photos=[sha256(body)])
    (mine,) = tasks_of(company, campaign, "keeper")
    assert mine["finding"]["photos"] == [sha256(body)]
    assert company.keeper.get(f"/photos/{sha256(body)}")[0] == 200
    assert company.far_keeper.get(f"/photos/{sha256(body)}")[0] == 404


def test_a_shop_that_is_done_by_photo_needs_one(company: Company) -> None:
    campaign = start(company, needs_photo=True)
    (mine,) = tasks_of(company, campaign, "keeper")
    assert company.step("keeper", mine, "submit", note="done")[0] == 422
    assert company.step("keeper", mine, "submit", photos=[photo_facts(picture())])[0] == 200
