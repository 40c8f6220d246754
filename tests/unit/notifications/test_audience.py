"""Who is told of a matter, and what they read."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from api.notifications import words
from api.notifications.audience import audience, is_urgent
from api.notifications.kinds import GROUPS, KINDS, group_of
from api.notifications.types import Told

A, B, C = (uuid.UUID(int=n) for n in (1, 2, 3))


def told(kind: str, people: dict[str, tuple[uuid.UUID, ...]], **changes: Any) -> Told:
    facts = changes.pop("facts", {"flag": "general"})
    now = datetime(2026, 11, 25, tzinfo=UTC)
    return Told(kind, "matter", "/tasks/1", facts, people, now, 1, **changes)


@pytest.mark.parametrize(
    ("kind", "people", "changes", "expected"),
    [
        ("task.opened", {"assignee": (A,), "store": (B,)}, {}, [(A, "assignee", False), (B, "store", False)]),
        (
            "task.opened",
            {"assignee": (A,), "store": (A, B)},
            {},
            [(A, "assignee", False), (B, "store", False)],
        ),
        ("task.opened", {"assignee": (A,), "store": (B,)}, {"actor_id": B}, [(A, "assignee", False)]),
        ("task.opened", {"assignee": (A,)}, {"facts": {"flag": "redline"}}, [(A, "assignee", True)]),
        ("task.opened", {"store": (B,)}, {"facts": {"flag": "redline"}}, [(B, "store", False)]),
        ("task.overdue", {"recipients": (A, B)}, {}, [(A, "recipients", True), (B, "recipients", True)]),
        ("task.due_soon", {"recipients": (A,)}, {}, [(A, "recipients", False)]),
        (
            "task.sent_back",
            {"assignee": (A,), "third": (C,)},
            {},
            [(A, "assignee", False), (C, "third", False)],
        ),
        ("task.commented", {"assignee": (A,), "mentioned": (A,)}, {"actor_id": B}, [(A, "mentioned", False)]),
        ("task.closed", {"assignee": (A,)}, {"actor_id": A}, []),
        ("task.closed", {"reviewers": (A,)}, {}, []),
    ],
)
def test_each_once_for_the_weightiest_reason_and_never_the_doer(
    kind: str, people: Any, changes: Any, expected: list[Any]
) -> None:
    assert [tuple(one) for one in audience(told(kind, people, **changes))] == expected


def test_what_is_urgent_for_one_may_not_be_for_another() -> None:
    two = told(
        "report.submitted",
        {"assignee": (A, B)},
        facts={"flag": "redline"},
        own={A: {"flag": "redline"}, B: {"flag": "general"}},
    )
    assert [one.urgent for one in audience(two)] == [True, False]
    assert is_urgent(two)
    assert not is_urgent(told("report.submitted", {"assignee": (A,)}))
    assert is_urgent(told("task.overdue", {}))


def test_every_concern_has_a_group() -> None:
    assert all(concern.group in GROUPS for concerns in KINDS.values() for concern in concerns)
    assert group_of("report.submitted", "reviewers") == "review"
    assert group_of("report.submitted", "store") == "answers"
    assert group_of("task.commented", "") == "talk"


FACTS: dict[str, Any] = {
    "store": {"zh": "人民路店", "en": "Renmin Road"},
    "title": {"zh": "冷藏柜温度", "en": "Chiller"},
    "due_at": "2026-11-25T10:00:00.000Z",
    "zone": "Asia/Shanghai",
    "actor": "陈",
    "note": "门封条坏了",
    "count": 8,
}


@pytest.mark.parametrize(
    ("kind", "locale", "changes", "title", "body"),
    [
        (
            "task.sent_back",
            "zh",
            {},
            "人民路店 整改被退回：冷藏柜温度",
            ["原因：门封条坏了", "仍须 11月25日 18:00 前完成", "陈"],
        ),
        (
            "task.sent_back",
            "en",
            {"note": ""},
            "Renmin Road, sent back: Chiller",
            ["Still due 25 Nov 18:00", "陈"],
        ),
        (
            "report.submitted",
            "en",
            {"why": "assignee", "count": 1},
            "Renmin Road: 1 thing to put right",
            ["First due 25 Nov 18:00"],
        ),
        (
            "report.submitted",
            "en",
            {"why": "assignee"},
            "Renmin Road: 8 things to put right",
            ["First due 25 Nov 18:00"],
        ),
        (
            "report.submitted",
            "zh",
            {"why": "assignee"},
            "人民路店：8 项要整改",
            ["最早 11月25日 18:00 前完成"],
        ),
        (
            "task.closed",
            "en",
            {"title": {"zh": "冷藏柜", "en": ""}},
            "Renmin Road, closed: 冷藏柜",
            ["Reviewed by 陈"],
        ),
        (
            "report.appeal_decided",
            "zh",
            {"outcome": "upheld"},
            "人民路店：申诉成立",
            ["冷藏柜温度", "门封条坏了", "陈"],
        ),
        (
            "task.commented",
            "en",
            {"why": "mentioned"},
            "陈 mentioned you",
            ["门封条坏了", "Renmin Road · Chiller"],
        ),
        (
            "task.overdue",
            "en",
            {"zone": "America/New_York"},
            "Renmin Road, overdue: Chiller",
            ["Was due 25 Nov 05:00"],
        ),
    ],
)
def test_words(kind: str, locale: str, changes: dict[str, Any], title: str, body: list[str]) -> None:
    said = words.words(kind, FACTS | changes, locale)
    assert (said.title, said.body.split("\n")) == (title, body)


def test_every_kind_and_reason_is_spoken_in_both_languages_with_the_same_facts() -> None:
    said = words.table()["messages"]
    assert {name for name in KINDS if name not in said} == set()
    reasons = {f"{kind}.{c.role}" for kind, concerns in KINDS.items() for c in concerns}
    assert {name for name in said if name not in KINDS and name not in reasons} == set()
    holes = re.compile(r"\{(\w+)\}")
    for name, entry in said.items():
        used = {
            lang: {
                h for line in (entry[lang]["title"], *entry[lang]["body"]) for h in holes.findall(str(line))
            }
            for lang in ("zh", "en")
        }
        assert used["zh"] | {"count"} == used["en"] | {"count"}, name
        for lang in ("zh", "en"):
            assert words.words(*_kind_and_reason(name), lang).title, name


def _kind_and_reason(name: str) -> tuple[str, dict[str, Any]]:
    kind, _, why = (name, "", "") if name in KINDS else name.rpartition(".")
    more = {"why": why, "times": 3, "score": "92.5 A", "found": 2, "outcome": "upheld"}
    return kind, FACTS | more
