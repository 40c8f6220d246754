"""Which store needs a visit most, asked over HTTP; and the complaints that make one more urgent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api import cli
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.events.models import Event
from api.inspections.models import Inspection
from api.plans.models import Complaint
from api.stores.models import Store
from api.tasks.models import Task
from tests.api.test_rooms import _import
from tests.support.company import Company, Person, call

NOW = datetime.now(UTC)
HEAD = "store,reference,date,kind,note\n"


def lines(person: Person, query: str = "") -> list[dict[str, Any]]:
    status, answer = person.get(f"/priorities?{query}")
    assert status == 200, answer
    found: list[dict[str, Any]] = answer["items"]
    return found


def parts(company: Company) -> dict[str, tuple[int, Any]]:
    """The parts of the near store, as the supervisor sees them."""
    (line,) = [one for one in lines(company.supervisor) if one["store_id"] == str(company.store)]
    assert line["points"] == sum(part["points"] for part in line["parts"])
    return {part["part"]: (part["points"], part["fact"]) for part in line["parts"]}


def change(company: Company, statement: Any) -> None:
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(statement))


def redline(company: Company) -> None:
    """A report in which the dates fail."""
    answers = company.document()["answers"]
    answers[1] |= {"value": 4, "photos": []}
    answers[2] |= {"result": "fail", "note": "past"}
    company.submit(answers=answers)


def complain(company: Company, *rows: str, who: str = "admin", query: str = "") -> tuple[int, Any]:
    table = HEAD + "".join(f"{row}\n" for row in rows)
    return _import(getattr(company, who), f"/imports/complaints{query}", table)


def a_complaint(company: Company, name: str, days: int = 1, **changes: str) -> str:
    cells = {"store": f"E-{company.mark}-1", "kind": "food", "note": "cold"} | changes
    day = (NOW - timedelta(days=days)).date()
    return f"{cells['store']},{company.mark}-{name},{day},{cells['kind']},{cells['note']}"


def test_a_store_that_was_never_visited(company: Company) -> None:
    (line,) = lines(company.supervisor)
    assert line == {
        "store_id": str(company.store),
        "store_code": f"E-{company.mark}-1",
        "store_name": {"zh": "店", "en": "Shop"},
        "points": 40,
        "urgency": "soon",
        "last_visit": None,
        "parts": [{"part": "never", "points": 40, "fact": 0}],
    }


def test_what_the_last_report_and_its_tasks_weigh(company: Company) -> None:
    redline(company)
    assert parts(company) == {"band": (20, "D"), "redline": (15, 1)}
    day_before = NOW - timedelta(days=1)
    change(company, sa.update(Task).where(Task.store_id == company.store).values(due_at=day_before))
    assert parts(company)["overdue"] == (3, 1)
    redline(company)
    found = parts(company)
    assert (found["redline"], found["overdue"], found["repeats"]) == ((30, 2), (3, 1), (5, 1))
    sent = sa.update(Task).where(Task.store_id == company.store).values(status="submitted")
    change(company, sent)
    assert "overdue" not in parts(company) and parts(company)["redline"] == (30, 2)
    change(company, sent.values(status="closed"))
    assert set(parts(company)) == {"band", "repeats"}


def test_a_newer_report_counts_and_voided_ones_and_self_checks_do_not(company: Company) -> None:
    redline(company)
    company.submit()
    assert parts(company)["band"] == (3, "B")
    newest = sa.update(Inspection).where(Inspection.store_id == company.store, Inspection.band == "B")
    change(company, newest.values(kind="self"))
    assert parts(company)["band"] == (20, "D")
    change(company, newest.values(kind="routine", status="voided"))
    assert parts(company)["band"] == (20, "D")
    change(company, newest.values(status="approved", band=None))
    assert parts(company)["band"] == (20, "unrated")


def test_waiting_is_counted_from_the_last_report_by_the_stores_level(company: Company) -> None:
    company.submit()
    ago = (NOW - timedelta(days=14)).date()
    change(company, sa.update(Inspection).where(Inspection.store_id == company.store).values(on_date=ago))
    change(company, sa.update(Store).where(Store.id == company.store).values(level="A", timezone="UTC"))
    points, days = parts(company)["waiting"]
    assert (points, days) in ((20, 14), (21, 15))
    (line,) = lines(company.supervisor)
    assert line["last_visit"] == ago.isoformat()


def test_complaints_of_the_last_thirty_days_weigh(company: Company) -> None:
    assert complain(company, a_complaint(company, "1"), a_complaint(company, "2", days=60))[0] == 200
    assert parts(company)["complaints"] == (5, 1)


def test_whose_stores_are_asked_for(company: Company) -> None:
    def add() -> None:
        places = (("a", company.east, None), ("b", company.east, company.people["supervisor"].id))
        for code, region, supervisor in places:
            body = {
                "code": f"P{code}-{company.mark}",
                "name": {"zh": "", "en": code},
                "region_id": str(region),
            }
            more = {"supervisor_id": str(supervisor)} if supervisor else {}
            assert company.admin.post("/stores", body | more)[0] == 201

    add()

    def codes(person: Person, query: str) -> list[str]:
        return [line["store_code"].removesuffix(f"-{company.mark}") for line in lines(person, query)]

    assert codes(company.supervisor, "") == [f"E-{company.mark}-1", "Pa", "Pb"]
    assert codes(company.supervisor, "assignee=me") == ["Pb"]
    visit = company.visit()
    assert codes(company.supervisor, "assignee=me") == [f"E-{company.mark}-1", "Pb"]
    me = f"assignee={company.supervisor.id}"
    assert codes(company.manager, me) == codes(company.supervisor, "assignee=me")
    body = {"action": "cancel", "version": 1, "reason": "a mistake"}
    company.manager.post(f"/visits/{visit['id']}/transitions", body)
    assert codes(company.manager, me) == ["Pb"]
    assert codes(company.manager, f"store_id={company.store}") == [f"E-{company.mark}-1"]
    assert codes(company.admin, f"region_id={company.west}") == [f"W-{company.mark}-1"]
    assert codes(company.manager, f"region_id={company.west}") == []
    assert codes(company.supervisor, "limit=2") == [f"E-{company.mark}-1", "Pa"]
    close = sa.update(Store).where(Store.code == f"Pa-{company.mark}").values(status="suspended")
    change(company, close)
    assert codes(company.supervisor, "") == [f"E-{company.mark}-1", "Pb"]


def test_the_most_urgent_come_first(company: Company) -> None:
    redline(company)
    first, second = lines(company.admin, f"store_id={company.far_store}"), lines(company.manager)
    assert (first[0]["points"], second[0]["points"]) == (40, 35)
    mine = {str(company.store), str(company.far_store)}
    both = [one["store_id"] for one in lines(company.admin, "limit=200") if one["store_id"] in mine]
    assert both == sorted(both, key=lambda i: i != str(company.far_store))


def test_who_may_ask_for_priorities(company: Company) -> None:
    assert call(company.app, "GET", "/priorities")[0] == 401
    assert company.clerk.get("/priorities")[0] == 403
    assert [one["store_id"] for one in lines(company.keeper)] == [str(company.store)]
    assert [one["store_id"] for one in lines(company.stranger)] == [str(company.far_store)]
    assert company.manager.get(f"/priorities?assignee={company.stranger.id}")[0] == 404
    assert company.manager.get(f"/priorities?assignee={new_id()}")[0] == 404
    for query in ("assignee=somebody", "limit=0", "limit=201", "store_id=x", "sort=points"):
        assert company.manager.get(f"/priorities?{query}")[0] == 422, query


def test_the_same_complaints_twice_change_nothing(company: Company) -> None:
    rows = [a_complaint(company, "1"), a_complaint(company, "2", store=f"W-{company.mark}-1")]
    status, report = complain(company, *rows)
    assert (status, report) == (
        200,
        {"rows": 2, "created": 2, "changed": 0, "unchanged": 0, "dry_run": False},
    )
    assert complain(company, *rows)[1]["unchanged"] == 2
    other = [rows[0].replace("cold", "cold; and late"), rows[1]]
    assert complain(company, *other)[1] == report | {"created": 0, "changed": 1, "unchanged": 1}
    with company.app.app_context():
        known = sa.select(Complaint).where(Complaint.reference == f"{company.mark}-1")
        assert db.session.execute(known).scalar_one().note == "cold; and late"
        told = sa.select(Event.data).where(Event.kind == "complaints.imported").order_by(Event.seq.desc())
        assert db.session.execute(told.limit(1)).scalar_one() == {"rows": 2, "created": 0, "changed": 1}


def test_a_dry_run_takes_everything_back(company: Company) -> None:
    row = a_complaint(company, "1")
    report = complain(company, row, query="?dry_run=true")[1]
    assert (report["created"], report["dry_run"]) == (1, True)
    assert "complaints" not in parts(company)
    assert complain(company, row)[1]["created"] == 1


def test_of_a_bad_file_nothing_is_taken_and_every_bad_row_is_named(company: Company) -> None:
    good = a_complaint(company, "1")
    status, problem = complain(company, good, a_complaint(company, "2", store="NOWHERE"))
    named = [(row["line"], row["column"], row["code"]) for row in problem["rows"]]
    assert (status, named) == (422, [(3, "store", "unknown")])
    status, problem = complain(company, good, "E,,yesterday,,")
    assert [row["column"] for row in problem["rows"]] == ["reference", "date"]
    assert "complaints" not in parts(company)
    assert complain(company)[0] == 422


def test_who_may_bring_complaints(company: Company) -> None:
    row = a_complaint(company, "1")
    assert complain(company, row, who="manager")[0] == 403
    assert (
        call(company.app, "POST", "/imports/complaints", HEAD.encode(), {"Content-Type": "text/csv"})[0]
        == 401
    )
    assert company.admin.post("/imports/complaints", {})[0] == 415


def test_complaints_by_command(company: Company, tmp_path: Path) -> None:
    file = tmp_path / "complaints.csv"
    file.write_text(HEAD + a_complaint(company, "1") + "\n", encoding="utf-8")
    runner = company.app.test_cli_runner()
    if "import" not in company.app.cli.commands:
        cli.install(company.app)
    done = runner.invoke(args=["import", "complaints", str(file), "--dry-run"])
    assert (done.exit_code, '"created": 1' in done.output) == (0, True), done.output
    assert '"dry_run": false' in runner.invoke(args=["import", "complaints", str(file)]).output
    file.write_text("store,date\n", encoding="utf-8")
    refused = runner.invoke(args=["import", "complaints", str(file)])
    assert refused.exit_code == 1 and "reference" in refused.output
    assert parts(company)["complaints"] == (5, 1)


@pytest.mark.parametrize("who", ["admin", "manager", "supervisor", "keeper"])
def test_the_answer_has_the_shape_of_a_list(company: Company, who: str) -> None:
    answer = getattr(company, who).get("/priorities?limit=1")[1]
    assert (set(answer), answer["next"], len(answer["items"])) == ({"items", "next"}, None, 1)
