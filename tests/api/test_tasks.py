import threading
from concurrent.futures import ThreadPoolExecutor

from api.core.ids import new_id
from tests.support.company import Company, call, photo_facts, picture


def fixed(company: Company) -> dict[str, object]:
    status, task = company.step(
        "keeper", company.task(), "submit", note="door closed", photos=[photo_facts(picture())]
    )
    assert status == 200, task
    return task


def test_from_finding_to_closed(company: Company) -> None:
    task = company.task()
    assert (task["status"], task["flag"], task["severity"], task["title"]["en"]) == (
        "open",
        "key",
        2,
        "Chiller",
    )
    assert task["assignee"]["id"] == str(company.keeper.id)
    status, started = company.step("keeper", task, "start")
    assert (status, started["status"]) == (200, "in_progress")
    status, submitted = company.step("keeper", started, "submit", photos=[photo_facts(picture())])
    assert (status, submitted["status"], submitted["fix"]["by"]["name"]) == (200, "submitted", "keeper")
    status, back = company.step("supervisor", submitted, "send_back", note="still warm")
    assert (back["status"], back["reject_count"], back["due_at"]) == ("in_progress", 1, task["due_at"])
    _, again = company.step("keeper", back, "submit", photos=[photo_facts(picture())])
    _, closed = company.step("supervisor", again, "approve")
    assert (closed["status"], closed["version"]) == ("closed", 6)
    steps = [h["action"] for h in closed["history"]]
    assert steps == ["open", "start", "submit", "send_back", "submit", "approve"]
    _, reopened = company.step("manager", closed, "reopen", note="warm again")
    assert (reopened["status"], reopened["reopen_count"]) == ("in_progress", 1)


def test_a_fix_needs_a_photo_and_sending_back_a_reason(company: Company) -> None:
    status, problem = company.step("keeper", company.task(), "submit", note="done")
    assert (status, problem["errors"][0]["code"]) == (422, "photos_required")
    status, problem = company.step("supervisor", fixed(company), "send_back")
    assert (status, problem["errors"][0]["code"]) == (422, "reason_required")


def test_who_may_do_what(company: Company) -> None:
    task = fixed(company)
    assert company.step("keeper", task, "approve")[0] == 403
    assert company.step("clerk", task, "approve")[0] == 403
    assert company.step("stranger", task, "approve")[0] == 404
    assert company.step("far_keeper", task, "approve")[0] == 404
    assert company.step("supervisor", task, "waive", note="x")[0] == 403
    assert company.step("manager", task, "cancel", note="x")[0] == 403
    path, body = f"/tasks/{task['id']}/transitions/{new_id()}", {"action": "approve", "version": 2}
    assert call(company.app, "PUT", path, body)[0] == 401


def test_a_wrong_moment_is_a_409_with_the_present_task(company: Company) -> None:
    task = company.task()
    status, problem = company.step("supervisor", task, "approve")
    assert (status, problem["type"], problem["current"]["status"]) == (409, "/problems/wrong-state", "open")


def test_the_same_step_again_is_200_and_another_under_its_id_409(company: Company) -> None:
    task, step = company.task(), str(new_id())
    body = {"action": "start", "version": task["version"], "device_at": "2026-11-24T00:00:00.000Z"}
    path = f"/tasks/{task['id']}/transitions/{step}"
    first, again = company.keeper.put_signed(path, body), company.keeper.put_signed(path, body)
    assert first == again
    assert first[0] == 200
    status, problem = company.keeper.put_signed(path, body | {"note": "other"})
    assert (status, problem["type"]) == (409, "/problems/id-reused")


def test_of_two_people_closing_one_task_one_wins(company: Company) -> None:
    task = fixed(company)
    people = ["supervisor", "manager"]
    for who in people:
        getattr(company, who)
    start = threading.Barrier(2)

    def close(who: str) -> tuple[int, dict[str, object]]:
        start.wait()
        return company.step(who, task, "approve")

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(close, people), key=lambda a: a[0])
    assert [status for status, _ in answers] == [200, 409]
    assert answers[1][1]["type"] == "/problems/stale-version"
    assert answers[1][1]["current"]["status"] == "closed"
    history = company.supervisor.get(f"/tasks/{task['id']}")[1]["history"]
    assert [h["action"] for h in history].count("approve") == 1


def test_twelve_at_once_on_one_step_apply_it_once(company: Company) -> None:
    task = company.task()
    assert company.keeper.token
    start = threading.Barrier(12)

    def begin(_: int) -> int:
        start.wait()
        return company.step("keeper", task, "start")[0]

    with ThreadPoolExecutor(12) as pool:
        answers = sorted(pool.map(begin, range(12)))
    assert answers == [200] + [409] * 11


def test_transfer_goes_to_somebody_of_the_store(company: Company) -> None:
    task = company.task()
    assert (
        company.step("keeper", task, "transfer", note="you", assignee_id=str(company.stranger.id))[0] == 422
    )
    _, given = company.step("keeper", task, "transfer", note="you", assignee_id=str(company.clerk.id))
    assert given["assignee"]["id"] == str(company.clerk.id)


def test_corrected_on_the_spot_is_born_closed_and_still_failed(company: Company) -> None:
    document = company.document()
    cold = next(a for a in document["answers"] if a["item_key"] == "cold")
    cold |= {"fixed_on_spot": True, "fix_photos": [photo_facts(picture())]}
    status, receipt = company.supervisor.put_signed(f"/inspections/{new_id()}", document)
    assert (status, receipt["score"]) == (201, 75)
    task = company.keeper.get(f"/tasks/{receipt['task_ids'][0]}")[1]
    assert (task["status"], [h["action"] for h in task["history"]]) == ("closed", ["open", "fixed_on_spot"])


def test_a_task_by_hand(company: Company) -> None:
    body = {
        "store_id": str(company.store),
        "title": {"zh": "灯坏了", "en": "Lamp broken"},
        "photos": [photo_facts(picture())],
    }
    status, task = company.supervisor.post("/tasks", body)
    assert (status, task["status"], task["inspection_id"]) == (201, "open", None)
    assert company.stranger.post("/tasks", body)[0] == 404
    assert company.supervisor.post("/tasks", body | {"due_at": "2020-01-01T00:00:00Z"})[0] == 422
