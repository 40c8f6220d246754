"""Complaints about one's stores, and the one task that each may have."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from api.core.ids import new_id
from tests.support.company import Company, call


def take(company: Company, *rows: str) -> None:
    body = ("store,reference,date,kind,note\n" + "\n".join(rows)).encode()
    status, report = company.admin.call("POST", "/imports/complaints", body, **{"Content-Type": "text/csv"})
    assert status == 200, report


def complaints(company: Company, who: str = "supervisor", query: str = "") -> list[dict[str, Any]]:
    status, found = getattr(company, who).get(f"/complaints{query}")
    assert status == 200, found
    return found["items"]


def two(company: Company) -> dict[str, Any]:
    """One near, one far; gives the near one."""
    mark = company.mark
    take(
        company,
        f"E-{mark}-1,C1-{mark},2026-11-20,Cold food,The soup was cold",
        f"W-{mark}-1,C2-{mark},2026-11-21,Queue,",
    )
    return complaints(company)[0]


def test_complaints_of_ones_own_stores(company: Company) -> None:
    near = two(company)
    assert (near["kind"], near["on_date"], near["task"]) == ("Cold food", "2026-11-20", None)
    assert [c["reference"] for c in complaints(company, "stranger")] == [f"C2-{company.mark}"]
    assert complaints(company, "manager", f"?store_id={company.far_store}") == []
    mine = [c for c in complaints(company, "admin", "?limit=200") if c["reference"].endswith(company.mark)]
    assert len(mine) == 2


def test_a_task_is_opened_for_it_once(company: Company) -> None:
    near = two(company)
    path = f"/complaints/{near['id']}/task"
    status, task = company.supervisor.post(path, {"flag": "key", "needs_photo": False})
    assert (status, task["title"]["en"], task["finding"]["note"]) == (201, "Cold food", "The soup was cold")
    assert (task["store_id"], task["reviewer"]["id"]) == (str(company.store), str(company.supervisor.id))
    assert company.manager.post(path, {"title": {"zh": "再来", "en": ""}})[:1] == (200,)
    assert company.manager.post(path, {})[1]["id"] == task["id"]
    assert complaints(company)[0]["task"] == {"id": task["id"], "status": "open"}
    assert complaints(company, query="?open_only=true") == []


def test_six_at_once_open_one(company: Company) -> None:
    path = f"/complaints/{two(company)['id']}/task"
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: company.supervisor.post(path, {}), range(6)))
    assert sorted(status for status, _ in answers) == [200] * 5 + [201]
    assert len({task["id"] for _, task in answers}) == 1


def test_who_may(company: Company) -> None:
    near = two(company)
    path = f"/complaints/{near['id']}/task"
    assert company.keeper.get("/complaints")[0] == 403
    assert company.keeper.post(path, {})[0] == 403
    assert company.stranger.post(path, {})[0] == 404
    assert company.supervisor.post(f"/complaints/{new_id()}/task", {})[0] == 404
    assert call(company.app, "GET", "/complaints")[0] == 401
    assert call(company.app, "POST", path, {})[0] == 401
    assert company.supervisor.post(path, {"flag": "urgent"})[0] == 422
    assert company.supervisor.post(path, {"due_at": "2020-01-01T00:00:00Z"})[0] == 422
    assert complaints(company)[0]["task"] is None
