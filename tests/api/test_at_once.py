"""The same thing from many sides at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from api.core.ids import new_id
from tests.api.test_rooms import mirror
from tests.support.company import Answer, Company, picture
from tests.support.lists import begin, content, item, section


def together(deeds: list[Callable[[], Answer]]) -> list[Answer]:
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Answer]) -> Answer:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_eight_submissions_of_one_report_store_it_once(company: Company) -> None:
    path, document, person = f"/inspections/{new_id()}", company.document(), company.supervisor
    answers = together([lambda: person.put_signed(path, document)] * 8)
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({str(receipt) for _, receipt in answers}) == 1
    assert len(person.get(f"/tasks?store_id={company.store}")[1]["items"]) == 1


def test_two_reports_under_one_id_keep_the_first(company: Company) -> None:
    path, person = f"/inspections/{new_id()}", company.supervisor
    documents: list[dict[str, Any]] = [company.document(note=str(i)) for i in range(4)]
    answers = together([lambda d=d: person.put_signed(path, d) for d in documents])  # type: ignore[misc]
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]


def test_eight_uploads_of_one_photo_are_one_photo(company: Company) -> None:
    body, person = picture(), company.supervisor
    answers = together([lambda: person.put_photo(body)] * 8)
    assert {status for status, _ in answers} <= {200, 201}
    assert len({receipt["sha256"] for _, receipt in answers}) == 1


def test_reports_for_one_visit_all_arrive_and_the_first_fulfils_it(company: Company) -> None:
    visit, person = company.visit(), company.supervisor
    documents = [(f"/inspections/{new_id()}", company.document(visit_id=visit["id"])) for _ in range(4)]
    answers = together([lambda p=p, d=d: person.put_signed(p, d) for p, d in documents])  # type: ignore[misc]
    assert [status for status, _ in answers] == [201] * 4
    planned = person.get(f"/visits?store_id={company.store}")[1]["items"][0]
    assert planned["inspection_id"] in {receipt["id"] for _, receipt in answers}


def test_the_feed_misses_nothing_that_commits_late(company: Company) -> None:
    cursor, person = "", company.supervisor
    while True:
        page = person.get("/sync/changes" + (f"?cursor={cursor}" if cursor else ""))[1]
        cursor = page["next"]
        if not page["more"]:
            break
    seen: set[str] = set()
    done = threading.Event()

    def follow() -> Answer:
        at = cursor
        while True:
            last_round = done.is_set()
            page = person.get(f"/sync/changes?cursor={at}&limit=5")[1]
            seen.update(i["id"] for i in page["items"] if i["type"] == "inspection")
            at = page["next"]
            if last_round and not page["more"]:
                return 0, None

    def write() -> Answer:
        reports = {company.submit()[0] for _ in range(6)}
        return 0, reports

    with ThreadPoolExecutor(4) as pool:
        follower = pool.submit(follow)
        writers = [pool.submit(write) for _ in range(3)]
        wanted = set().union(*(w.result()[1] for w in writers))
        done.set()
        follower.result()
    assert wanted <= seen


def test_of_six_who_save_or_publish_one_revision_one_wins(company: Company) -> None:
    person, begun = company.admin, begin(company, content(section("s", item("a"))))
    path, revision = f"/checklists/{begun['id']}", begun["draft_revision"]
    draft = {"content": content(section("s", item("b"))), "revision": revision}
    answers = together(
        [lambda: person.call("PUT", f"{path}/draft", draft)] * 3
        + [lambda: person.post(f"{path}/versions", {"revision": revision})] * 3
    )
    statuses = sorted(status for status, _ in answers)
    assert statuses[0] in (200, 201)
    assert statuses[1:] == [409] * 5
    assert {a[1]["type"] for a in answers if a[0] == 409} == {"/problems/stale-version"}


def test_a_retired_checklist_leaves_once_when_its_last_visits_end_together(company: Company) -> None:
    visits = [company.visit(note=str(i)) for i in range(4)]
    checklist = company.admin.get(f"/checklists/{company.checklist}")[1]
    company.admin.post(f"/checklists/{company.checklist}/retire", {"revision": checklist["draft_revision"]})
    _, cursor = mirror(company.supervisor)
    step = {"action": "cancel", "version": 1, "reason": "closed"}
    paths = [f"/visits/{visit['id']}/transitions" for visit in visits]
    person = company.manager
    answers = together([lambda p=p: person.post(p, step) for p in paths])  # type: ignore[misc]
    assert [status for status, _ in answers] == [200] * 4
    assert mirror(company.supervisor, cursor)[0]["checklist"][str(company.checklist)] == {"removed": True}


def test_no_visit_slips_in_while_its_checklist_is_retired(company: Company) -> None:
    checklist = company.admin.get(f"/checklists/{company.checklist}")[1]
    path, revision = f"/checklists/{company.checklist}/retire", {"revision": checklist["draft_revision"]}
    visit = {
        "store_id": str(company.store),
        "checklist_id": str(company.checklist),
        "assignee_id": str(company.people["supervisor"].id),
        "opens_at": "2026-01-01T00:00:00Z",
        "due_at": "2026-01-02T00:00:00Z",
    }
    admin, manager = company.admin, company.manager
    answers = together([lambda: manager.post("/visits", visit)] * 3 + [lambda: admin.post(path, revision)])
    assert answers[-1][0] == 200
    planned = [status for status, _ in answers[:3]]
    assert set(planned) <= {201, 422}
    held = mirror(company.supervisor)[0]["checklist"]
    assert (str(company.checklist) in held) is (201 in planned)
