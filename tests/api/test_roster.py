"""Who works when, taken over from a table."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from api.cli import import_
from api.core.db import db
from api.stores.models import Shift, Store
from tests.support.company import Answer, Company, call

HEADER = "store_code,username,starts_at,ends_at\n"


def send(company: Company, *rows: str, who: str = "admin", query: str = "") -> Answer:
    body = (HEADER + "\n".join(rows)).encode()
    return getattr(company, who).call("POST", f"/imports/shifts{query}", body, **{"Content-Type": "text/csv"})


def row(company: Company, times: str, who: str = "clerk", region: str = "E") -> str:
    return f"{region}-{company.mark}-1,{company.people[who].username},{times}"


def known(company: Company, who: str = "clerk") -> list[tuple[str, str]]:
    """The shifts of somebody, by the clock in Shanghai."""
    with company.app.app_context():
        rows = db.session.query(Shift).filter_by(user_id=company.people[who].id).order_by(Shift.starts_at)
        zone = ZoneInfo("Asia/Shanghai")
        return [tuple(f"{at.astimezone(zone):%d %H:%M}" for at in (s.starts_at, s.ends_at)) for s in rows]


def test_a_roster_is_taken_over_and_twice_changes_nothing(company: Company) -> None:
    rows = [
        row(company, "2026-11-25 09:00,2026-11-25 17:00"),
        row(company, "2026-11-25T22:00,2026-11-26T06:00", who="keeper"),
    ]
    status, report = send(company, *rows)
    assert (status, report["created"], report["unchanged"]) == (200, 2, 0)
    assert known(company) == [("25 09:00", "25 17:00")]
    assert known(company, "keeper") == [("25 22:00", "26 06:00")]
    status, again = send(company, *rows)
    assert (status, again["created"], again["changed"], again["removed"], again["unchanged"]) == (
        200,
        0,
        0,
        0,
        2,
    )


def test_the_file_is_the_truth_about_the_days_it_names(company: Company) -> None:
    send(company, row(company, "2026-11-25 09:00,2026-11-25 17:00"))
    send(company, row(company, "2026-11-26 09:00,2026-11-26 17:00"))
    moved, longer = "2026-11-25 10:00,2026-11-25 18:00", "2026-11-26 09:00,2026-11-26 18:00"
    status, report = send(company, row(company, moved), row(company, longer))
    assert (status, report["created"], report["removed"], report["changed"]) == (200, 1, 1, 1)
    assert known(company) == [("25 10:00", "25 18:00"), ("26 09:00", "26 18:00")]


def test_every_bad_row_is_named_and_nothing_is_taken(company: Company) -> None:
    clerk = company.people["clerk"].username
    status, problem = send(
        company,
        row(company, "2026-11-25 09:00,2026-11-25 17:00"),
        f"NOWHERE-{company.mark},{clerk},2026-11-25 18:00,2026-11-25 19:00",
        f"E-{company.mark}-1,nobody-{company.mark},2026-11-25 09:00,2026-11-25 17:00",
        row(company, "2026-11-27 09:00,2026-11-27 17:00", who="far_keeper"),
        row(company, "2026-11-25 16:00,2026-11-25 20:00"),
    )
    assert status == 422
    assert [(r["line"], r["column"], r["code"]) for r in problem["rows"]] == [
        (3, "store_code", "unknown"),
        (4, "username", "unknown"),
        (5, "username", "not_of_store"),
        (6, "starts_at", "overlaps"),
    ]
    assert known(company) == []
    status, problem = send(
        company,
        row(company, "tomorrow,2026-11-25 17:00"),
        row(company, "2026-11-25 17:00,2026-11-25 09:00"),
        row(company, "2026-11-25,2026-11-25 09:00"),
        f",{clerk},2026-11-25 17:00,2026-11-25 19:00",
    )
    assert [(r["line"], r["column"], r["code"]) for r in problem["rows"]] == [
        (2, "starts_at", "invalid"),
        (3, "ends_at", "order"),
        (4, "starts_at", "invalid"),
        (5, "store_code", "required"),
    ]
    assert send(company)[0] == 422


def test_a_time_that_the_clock_jumps_over_is_named(company: Company) -> None:
    with company.app.app_context():
        db.session.get_one(Store, company.store).timezone = "America/Chicago"
        db.session.commit()
    status, problem = send(company, row(company, "2026-03-08 02:30,2026-03-08 09:00"))
    assert (status, problem["rows"][0]["code"]) == (422, "no_such_time")


def test_checked_alone_it_changes_nothing(company: Company) -> None:
    status, report = send(company, row(company, "2026-11-25 09:00,2026-11-25 17:00"), query="?dry_run=true")
    assert (status, report["created"], report["dry_run"]) == (200, 1, True)
    assert known(company) == []


def test_head_office_alone_takes_rosters_over(company: Company) -> None:
    assert send(company, row(company, "2026-11-25 09:00,2026-11-25 17:00"), who="manager")[0] == 403
    assert call(company.app, "POST", "/imports/shifts", b"x", {"Content-Type": "text/csv"})[0] == 401
    assert (
        company.admin.call("POST", "/imports/shifts", b"{}", **{"Content-Type": "application/json"})[0] == 415
    )


def test_from_the_command_line(company: Company, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(HEADER + row(company, "2026-11-25 09:00,2026-11-25 17:00") + "\n")
    result = company.app.test_cli_runner().invoke(import_, ["shifts", str(file)])
    assert (result.exit_code, '"created": 1' in result.output) == (0, True)
    assert known(company) == [("25 09:00", "25 17:00")]


def test_who_works_in_a_store_and_who_is_there_now(company: Company) -> None:
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    times = ",".join(f"{at:%Y-%m-%d %H:%M}" for at in (now - timedelta(hours=1), now + timedelta(hours=2)))
    assert send(company, row(company, times))[0] == 200
    status, found = company.clerk.get(f"/stores/{company.store}/people")
    assert (status, [(p["name"], p["on_shift"]) for p in found["items"]]) == (
        200,
        [("keeper", False), ("clerk", True)],
    )
    assert company.stranger.get(f"/stores/{company.store}/people")[0] == 404
    assert call(company.app, "GET", f"/stores/{company.store}/people")[0] == 401
