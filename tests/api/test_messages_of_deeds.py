"""What campaigns, comments and tasks for nobody mean for people."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from api.core.clock import now
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.events import services as events
from tests.api.test_campaigns import EMPTY, start
from tests.api.test_comments import body, say
from tests.support.company import Company
from tests.support.messages import inbox, tell


def test_a_campaign_is_told_to_the_managers_it_reaches_and_to_each_store(
    app: Flask, company: Company
) -> None:
    both = [str(company.store), str(company.far_store)]
    campaign = start(company, who="admin", selection=EMPTY | {"store_ids": both})
    tell(app)
    (manager,) = inbox(company.manager)
    assert (manager["kind"], manager["link"]) == ("campaign.started", f"/campaigns/{campaign['id']}")
    assert manager["title"]["en"] == "Campaign started: New light box film"
    assert manager["body"]["en"].startswith("Stores: 2\nDue ")
    for who in (company.keeper, company.far_keeper):
        (task,) = inbox(who)
        assert (task["kind"], task["title"]["en"]) == ("task.opened", "Shop, new task: New light box film")
    assert inbox(company.admin) == []


def test_who_is_named_hears_it_and_so_do_those_who_spoke(app: Flask, company: Company) -> None:
    task = company.task()
    assert say(company.clerk, task)[0] == 201
    named = {"mentions": [str(company.manager.id)]}
    status, answer = say(company.supervisor, task, body("@manager look", **named))
    assert status == 201, answer
    tell(app)
    (mention,) = [m for m in inbox(company.manager) if m["kind"] == "task.commented"]
    assert mention["title"] == {"zh": "supervisor 提到了你", "en": "supervisor mentioned you"}
    assert mention["link"] == f"/tasks/{task['id']}"
    (heard,) = [m for m in inbox(company.clerk) if m["kind"] == "task.commented"]
    assert (heard["title"]["en"], heard["group"]) == ("Shop, comment on: Chiller", "talk")
    assert "supervisor: @manager look" in heard["body"]["en"]
    # The keeper, who mends it, hears both; the supervisor only what the clerk said.
    assert len([m for m in inbox(company.keeper) if m["kind"] == "task.commented"]) == 2
    assert len([m for m in inbox(company.supervisor) if m["kind"] == "task.commented"]) == 1


@pytest.mark.parametrize(
    ("step", "kind", "urgent"),
    [
        ("due_soon", "task.due_soon", False),
        ("overdue", "task.overdue", True),
        ("overdue_24h", "task.overdue", True),
        ("overdue_72h", "task.overdue", True),
        ("redline_created", "task.redline_opened", True),
        ("review_late", "task.review_late", True),
    ],
)
def test_steps_of_the_ladder(app: Flask, company: Company, step: str, kind: str, urgent: bool) -> None:
    task = company.task()
    people = [str(company.people[who].id) for who in ("keeper", "manager", "stranger")]
    facts: dict[str, Any] = {"step": step, "recipients": people, "due_at": task["due_at"]}
    with app.app_context():
        for _ in range(2):
            in_transaction(_escalated, company, task, facts, now())
    tell(app)
    (told,) = [m for m in inbox(company.manager) if m["kind"] == kind]
    assert (told["urgent"], told["group"], told["link"]) == (urgent, "deadlines", f"/tasks/{task['id']}")
    assert "Chiller" in told["title"]["en"]
    assert [m["kind"] for m in inbox(company.keeper)].count(kind) == 1
    assert inbox(company.stranger) == []


def _escalated(company: Company, task: dict[str, Any], facts: dict[str, Any], at: datetime) -> None:
    events.record("task.escalated", "task", UUID(task["id"]), at=at, store_id=company.store, **facts)


def test_a_fact_that_cannot_be_understood_holds_up_no_other(app: Flask, company: Company) -> None:
    def strange() -> None:
        at = datetime.now(UTC)
        events.record("task.commented", "task", new_id(), at=at, store_id=company.store)
        events.record(
            "task.escalated", "task", new_id(), at=at, store_id=company.store, step="x", recipients=["?"]
        )
        events.record("inspection.appealed", "inspection", new_id(), at=at)

    with app.app_context():
        in_transaction(strange)
    company.task()
    tell(app)
    assert [m["kind"] for m in inbox(company.keeper)] == ["report.submitted"]
