"""The board of a plan: where every store stands in the running period."""

from datetime import UTC, datetime, timedelta
from typing import Any

from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support.company import Company, call
from tests.support.plans import day, make, set_visit, terms, visits


def both(company: Company, **changes: Any) -> dict[str, Any]:
    where = {"store_ids": [str(company.store), str(company.far_store)]}
    role = {"rule": "role", "role": "supervisor"}
    return make(company, terms=terms(where, assignee=role, **changes))


def the_board(company: Company, plan: dict[str, Any], query: str = "", who: str = "admin") -> dict[str, Any]:
    status, answer = getattr(company, who).get(f"/plans/{plan['id']}/board{query}")
    assert status == 200, answer
    return dict(answer)


def test_every_store_shows_its_visit_of_today_and_what_came_of_it(company: Company) -> None:
    plan = both(company)
    near = visits(company, plan)[f"{day(0)}T00:00 E-{company.mark}-1"]
    report, receipt = company.submit(visit_id=str(near["id"]))
    shown = the_board(company, plan)
    assert shown["plan"] == {"id": plan["id"], "name": plan["name"], "state": "active"}
    assert shown["stores"] == 2
    states = ("scheduled", "in_progress", "missed", "excused", "cancelled", "overdue")
    assert shown["counts"] == dict.fromkeys(states, 0) | {"submitted": 1, "scheduled": 1}
    first, second = shown["items"]
    assert (first["store"]["id"], second["store"]["id"]) == (str(company.store), str(company.far_store))
    (done,), (open_,) = first["visits"], second["visits"]
    assert (done["id"], done["state"], done["assignee"]["name"]) == (
        str(near["id"]),
        "submitted",
        "supervisor",
    )
    result = ("inspection_id", "score", "band", "outcome", "findings")
    assert [done[name] for name in result] == [report, 75, "B", receipt["outcome"], 1]
    assert [open_[name] for name in result] == [None] * 5
    assert (open_["state"], open_["assignee"]["name"]) == ("scheduled", "stranger")


def test_it_is_paged_searched_and_sifted_by_state(company: Company) -> None:
    plan = both(company)
    far = visits(company, plan)[f"{day(0)}T00:00 W-{company.mark}-1"]
    set_visit(company, far["id"], state="missed")
    first = the_board(company, plan, "?limit=1")
    second = the_board(company, plan, f"?limit=1&cursor={first['next']}")
    codes = [page["items"][0]["store"]["code"] for page in (first, second)]
    assert codes == [f"E-{company.mark}-1", f"W-{company.mark}-1"]
    assert second["next"] is None
    for query in ("?state=missed", f"?search=w-{company.mark}"):
        sifted = the_board(company, plan, query)
        assert [one["store"]["code"] for one in sifted["items"]] == codes[1:]
        assert sifted["counts"]["scheduled"] == 1
    for query in ("?state=gone", "?cursor=x", "?cursor=WzFd"):
        assert company.admin.get(f"/plans/{plan['id']}/board{query}")[0] == 422


def test_before_the_first_day_it_shows_what_is_ahead(company: Company) -> None:
    plan = both(company, starts_on=day(3), times=["09:00", "15:00"], window_minutes=60)
    (first, _) = the_board(company, plan)["items"]
    opens = [v["opens_at"] for v in first["visits"]]
    made = visits(company, plan)
    wanted = [made[f"{day(3)}T{at} E-{company.mark}-1"]["opens_at"] for at in ("09:00", "15:00")]
    assert opens == [moment_text(moment) for moment in wanted]


def test_what_is_overdue_is_counted(company: Company) -> None:
    plan = both(company)
    near = visits(company, plan)[f"{day(0)}T00:00 E-{company.mark}-1"]
    past = datetime.now(UTC) - timedelta(hours=1)
    set_visit(
        company,
        near["id"],
        opens_at=past - timedelta(days=1),
        due_at=past,
        missed_at=past + timedelta(days=1),
    )
    shown = the_board(company, plan)
    assert (shown["counts"]["scheduled"], shown["counts"]["overdue"]) == (2, 1)
    assert shown["items"][0]["visits"][0]["overdue"] is True


def test_a_moved_visit_is_shown_where_it_went(company: Company) -> None:
    plan = both(company)
    near = visits(company, plan)[f"{day(0)}T00:00 E-{company.mark}-1"]
    now = datetime.now(UTC)
    step = {
        "action": "reschedule",
        "version": 1,
        "reason": "closed for works",
        "opens_at": moment_text(now + timedelta(days=1)),
        "due_at": moment_text(now + timedelta(days=2)),
    }
    moved = company.manager.post(f"/visits/{near['id']}/transitions", step)
    assert moved[0] == 200, moved
    (shown,) = the_board(company, plan, who="manager")["items"][0]["visits"]
    assert (shown["id"], shown["state"]) == (moved[1]["rescheduled_to"], "scheduled")


def test_called_off_visits_are_not_on_it(company: Company) -> None:
    plan = both(company)
    step = {"version": 1, "action": "pause", "reason": "x", "effective_from": "today"}
    assert company.admin.post(f"/plans/{plan['id']}/transitions", step)[0] == 200
    shown = the_board(company, plan)
    assert (shown["stores"], shown["items"], set(shown["counts"].values())) == (0, [], {0})


def test_everybody_sees_their_stores_alone(company: Company) -> None:
    plan = both(company)
    for who in ("manager", "supervisor", "keeper"):
        seen = the_board(company, plan, who=who)
        assert (seen["stores"], seen["counts"]["scheduled"]) == (1, 1)
        assert [one["store"]["id"] for one in seen["items"]] == [str(company.store)]
    url = f"/plans/{plan['id']}/board"
    assert company.clerk.get(url)[0] == 403
    assert call(company.app, "GET", url)[0] == 401
    near = make(company)
    assert company.stranger.get(f"/plans/{near['id']}/board")[0] == 404
    assert company.admin.get(f"/plans/{new_id()}/board")[0] == 404
