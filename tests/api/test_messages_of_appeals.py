"""What appeals mean for people, by their facts alone: handed in, handed on, decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask

from api.core.clock import now
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.events import services as events
from api.inspections.models import Appeal
from tests.support.company import Company
from tests.support.messages import inbox, tell


def appealed(company: Company, report: str, at: datetime) -> UUID:
    """The keeper appeals the chiller; the manager is to decide."""
    appeal = Appeal(
        id=new_id(),
        inspection_id=UUID(report),
        store_id=company.store,
        item_key="cold",
        state="pending",
        reason="the probe was wrong",
        photos=[],
        asked_by_id=company.people["keeper"].id,
        asked_at=at,
        device_at=None,
        decider_id=company.people["manager"].id,
        decided_by_id=None,
        decided_at=None,
        decision_note="",
        content_sha256=None,
        version=1,
    )
    db.session.add(appeal)
    db.session.flush()
    record(company, report, "inspection.appealed", appeal.id, "keeper", at)
    return appeal.id


def record(
    company: Company, report: str, kind: str, appeal_id: UUID, who: str, at: datetime, **more: Any
) -> None:
    facts: dict[str, Any] = {"appeal_id": str(appeal_id), "item_key": "cold"} | more
    actor = company.people[who].id
    events.record(kind, "inspection", UUID(report), at=at, actor_id=actor, store_id=company.store, **facts)


def kinds(person: Any) -> list[str]:
    return [m["kind"] for m in inbox(person) if m["kind"].startswith("report.appeal")]


def test_an_appeal_is_told_to_its_decider_and_what_became_of_it_to_all(app: Flask, company: Company) -> None:
    report, receipt = company.submit()
    with app.app_context():
        appeal_id = in_transaction(appealed, company, report, now())
    tell(app)
    (asked,) = [m for m in inbox(company.manager) if m["kind"] == "report.appealed"]
    assert asked["title"]["en"] == "Shop: an appeal waits for your decision"
    assert asked["body"]["en"] == "Chiller\nthe probe was wrong\nkeeper"
    assert asked["group"] == "review"
    (heard,) = [m for m in inbox(company.supervisor) if m["kind"] == "report.appealed"]
    assert heard["title"]["en"] == "Shop has appealed"
    assert kinds(company.keeper) == []

    def decide(at: datetime) -> None:
        appeal = db.session.get(Appeal, appeal_id)
        assert appeal is not None
        appeal.state, appeal.decision_note = "upheld", "measured again: 6 degrees"
        record(company, report, "inspection.appeal_decided", appeal_id, "manager", at, outcome="upheld")
        events.record(
            "task.cancel",
            "task",
            UUID(receipt["task_ids"][0]),
            at=at,
            actor_id=company.people["manager"].id,
            store_id=company.store,
            appeal_id=str(appeal_id),
        )

    with app.app_context():
        in_transaction(decide, now())
    tell(app)
    (answer,) = [m for m in inbox(company.keeper) if m["kind"] not in ("report.submitted",)]
    assert answer["title"] == {"zh": "店：申诉成立", "en": "Shop: appeal upheld"}
    assert "measured again: 6 degrees" in answer["body"]["en"]
    assert kinds(company.supervisor) == ["report.appeal_decided", "report.appealed"]
    assert kinds(company.manager) == ["report.appealed"]


def test_handed_on_it_is_told_to_the_next_alone(app: Flask, company: Company) -> None:
    report, _ = company.submit()
    with app.app_context():
        appeal_id = in_transaction(appealed, company, report, now())
    tell(app)

    def hand_on(at: datetime) -> None:
        appeal = db.session.get(Appeal, appeal_id)
        assert appeal is not None
        appeal.decider_id = company.people["admin"].id
        record(company, report, "inspection.appealed", appeal_id, "manager", at)

    with app.app_context():
        in_transaction(hand_on, now())
    tell(app)
    assert kinds(company.admin) == ["report.appealed"]
    assert kinds(company.supervisor) == ["report.appealed"]
    assert kinds(company.manager) == ["report.appealed"]
