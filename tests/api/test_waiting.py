"""What is to be put right in somebody's stores, and who waits for whom."""

import random
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.inspections.models import Appeal
from api.stores.services import add_region, add_store
from api.tasks.deadlines import sla
from api.tasks.models import Task, TaskExtension
from tests.support.company import Company, Person, call

HOUR = timedelta(hours=1)


def put(company: Company, store: uuid.UUID, **more: Any) -> dict[str, Any]:
    """A task as it may lie in the database."""
    now = datetime.now(UTC)
    row = {
        "id": new_id(),
        "store_id": store,
        "title": {"zh": "门", "en": "Door"},
        "flag": "general",
        "severity": 1,
        "status": "open",
        "needs_photo": False,
        "assignee_id": company.people["keeper"].id,
        "reviewer_id": company.people["supervisor"].id,
        "finding": {"result": "fail", "value": None, "note": "", "photos": []},
        "created_at": now - 24 * HOUR,
        "due_at": now + 144 * HOUR,
        "original_due_at": now + 144 * HOUR,
        "reject_count": 0,
        "reopen_count": 0,
        "source": "manual",
        "version": 1,
    } | more
    with company.app.app_context():
        in_transaction(lambda: db.session.execute(sa.insert(Task.__table__), [row]))
    return row


def asked(person: Person, **query: Any) -> dict[str, Any]:
    status, found = person.get("/reports/waiting?" + "&".join(f"{k}={v}" for k, v in query.items()))
    assert status == 200, found
    return found


def test_every_count_is_what_its_name_says(company: Company) -> None:
    now, near = datetime.now(UTC), company.store
    put(company, near)
    put(company, near, due_at=now - HOUR)
    put(company, near, due_at=now + 6 * HOUR, flag="redline")
    # Three days in all, so its last stretch is 18 hours.
    put(company, near, created_at=now - 53 * HOUR, due_at=now + 19 * HOUR, status="in_progress")
    put(company, near, created_at=now - 55 * HOUR, due_at=now + 17 * HOUR, status="in_progress")
    put(company, near, status="submitted", due_at=now - HOUR, submitted_at=now)
    put(company, near, status="in_progress", reject_count=2)
    put(company, near, status="in_progress", reopen_count=1, assignee_id=None)
    put(company, near, due_at=now - HOUR, paused_at=now - 2 * HOUR)
    for ended in ("closed", "waived", "cancelled"):
        put(company, near, status=ended, due_at=now - HOUR, reopen_count=1, flag="redline")
    put(company, company.far_store, due_at=now - HOUR)
    found = asked(company.manager)
    assert found["totals"] == {
        "open": 8,
        "due_soon": 3,
        "overdue": 1,
        "submitted": 1,
        "sent_back": 1,
        "reopened": 1,
        "redline": 1,
        "unassigned": 1,
        "extensions": 0,
        "appeals": 0,
    }
    (line,) = found["stores"]
    assert {k: line[k] for k in found["totals"]} == found["totals"]
    assert (line["id"], found["stores_total"]) == (str(near), 1)
    assert asked(company.stranger)["totals"]["overdue"] == 1


def test_who_waits_for_whom_and_since_when(company: Company) -> None:
    now, near = datetime.now(UTC), company.store
    put(company, near, created_at=now - 50 * HOUR, due_at=now - HOUR)
    put(company, near, created_at=now - 30 * HOUR)
    old = put(company, near, status="submitted", submitted_at=now - 40 * HOUR, review_due_at=now - 16 * HOUR)
    put(company, near, status="submitted", submitted_at=now - HOUR, review_due_at=now + 23 * HOUR)
    put(company, near, status="submitted", submitted_at=now, reviewer_id=company.people["manager"].id)
    people = {line["name"]: line for line in asked(company.admin, region_id=company.east)["people"]}
    assert set(people) == {"keeper", "supervisor", "manager"}
    keeper, supervisor = people["keeper"], people["supervisor"]
    assert (keeper["to_fix"], keeper["overdue"], keeper["to_review"], keeper["role"]) == (
        2,
        1,
        0,
        "store_manager",
    )
    assert moment(keeper["fix_since"]) == pytest.approx(now - 50 * HOUR, abs=timedelta(seconds=1))
    assert (supervisor["to_review"], supervisor["late_reviews"], supervisor["fix_since"]) == (2, 1, None)
    assert moment(supervisor["review_since"]) == pytest.approx(old["submitted_at"], abs=timedelta(seconds=1))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_what_was_asked_and_is_not_decided(company: Company) -> None:
    now = datetime.now(UTC)
    task, ended = put(company, company.store), put(company, company.store, status="closed")
    report, _ = company.submit()
    decider = company.people["manager"].id

    def ask() -> None:
        for one, state in ((task, "pending"), (task, "refused"), (ended, "pending")):
            db.session.add(
                TaskExtension(
                    id=new_id(),
                    task_id=one["id"],
                    state=state,
                    asked_by_id=company.people["keeper"].id,
                    asked_at=now,
                    old_due_at=now,
                    new_due_at=now + HOUR,
                    reason="parts",
                    interim="",
                    decision_note="",
                )
            )
        for key, state in (("cold", "pending"), ("floor", "rejected")):
            db.session.add(
                Appeal(
                    id=new_id(),
                    inspection_id=uuid.UUID(report),
                    store_id=company.store,
                    item_key=key,
                    state=state,
                    reason="clean",
                    photos=[],
                    asked_by_id=company.people["keeper"].id,
                    asked_at=now - 3 * HOUR,
                    decider_id=decider,
                    decision_note="",
                    version=1,
                )
            )

    with company.app.app_context():
        in_transaction(ask)
    found = asked(company.manager)
    assert (found["totals"]["extensions"], found["totals"]["appeals"]) == (1, 1)
    mine = next(line for line in found["people"] if line["id"] == str(decider))
    assert (mine["to_decide"], mine["to_fix"]) == (1, 0)
    assert moment(mine["decide_since"]) == pytest.approx(now - 3 * HOUR, abs=timedelta(seconds=1))


def test_by_region_down_the_tree_and_who_sees_which(company: Company) -> None:
    now, name = datetime.now(UTC), {"zh": "区", "en": "Part"}

    def grow() -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
        parts = [
            add_region(code=f"E{n}-{company.mark}", name=name, parent_id=company.east, actor=None, now=now)
            for n in (1, 2)
        ]
        fields = {"name_zh": "店", "name_en": "Shop", "latitude": 31.2, "longitude": 121.4}
        shop = add_store(
            fields | {"code": f"E2S-{company.mark}", "region_id": parts[1].id}, actor=None, now=now
        )
        return parts[0].id, parts[1].id, shop.id

    with company.app.app_context():
        empty, part, shop = in_transaction(grow)
    put(company, company.store)
    put(company, shop, due_at=now - HOUR)
    found = asked(company.manager)
    assert [(line["id"], line["open"]) for line in found["regions"]] == [(str(part), 1), (str(empty), 0)]
    assert (found["region"], found["above"], found["totals"]["open"]) == (None, [], 2)
    inner = asked(company.manager, region_id=part)
    assert (inner["region"]["id"], [one["id"] for one in inner["above"]]) == (
        str(part),
        [str(company.east)],
    )
    assert (inner["totals"]["open"], inner["regions"], inner["stores"][0]["id"]) == (1, [], str(shop))
    assert [line["id"] for line in found["stores"]] == [str(shop), str(company.store)]
    assert asked(company.manager, limit=1)["stores_total"] == 2
    assert len(asked(company.manager, limit=1)["stores"]) == 1
    assert company.stranger.get(f"/reports/waiting?region_id={part}")[0] == 404
    assert company.manager.get(f"/reports/waiting?region_id={uuid.uuid4()}")[0] == 404
    assert company.manager.get("/reports/waiting?limit=501")[0] == 422
    assert asked(company.keeper)["totals"]["open"] == 1
    assert company.clerk.get("/reports/waiting")[0] == 403
    assert call(company.app, "GET", "/reports/waiting")[0] == 401


def test_it_agrees_with_the_rule_of_deadlines_for_any_times(company: Company) -> None:
    dice, now = random.Random(7), datetime.now(UTC)
    rows = []
    for _ in range(120):
        due = now + timedelta(hours=dice.uniform(-60, 60))
        made = due - timedelta(hours=dice.choice([1, 8, 24, 72, 96, 168]))
        rows.append(put(company, company.store, created_at=made, due_at=due))
    wanted = Counter(sla(now, row["created_at"], row["due_at"]) for row in rows)
    totals = asked(company.manager)["totals"]
    assert (totals["open"], totals["overdue"], totals["due_soon"]) == (
        120,
        wanted["overdue"],
        wanted["due_soon"],
    )
