"""A form with six items, a draft that changes most of them, and reports handed in by it."""

import copy
from datetime import UTC, datetime
from typing import Any

from api.core.ids import new_id
from api.core.shapes import moment_text
from api.jobs import errands as job
from tests.support.company import Company, photo_facts, picture

WORDS = {"zh": "项", "en": "Item"}
LIMITS = {"min": 0, "max": 8}


def item(key: str, kind: str = "pass_fail", **more: Any) -> dict[str, Any]:
    return {"key": key, "text": {"zh": f"项{key}", "en": f"Item {key}"}, "kind": kind, "points": 10, **more}


FORM: dict[str, Any] = {
    "scoring": {},
    "sections": [
        {
            "key": "s",
            "name": WORDS,
            "items": [
                item("a"),
                item("g", "graded"),
                item("n", "numeric", **LIMITS),
                item("c", "count", step=2),
                item("p", "photo"),
                item("x", allow_na=True),
            ],
        }
    ],
}
GRADES = [
    {"key": "excellent", "name": WORDS, "percent": 100},
    {"key": "fair", "name": WORDS, "percent": 60},
    {"key": "poor", "name": WORDS, "percent": 0},
]


def the_draft() -> dict[str, Any]:
    """a counts three times as much, "good" is no grade any more, n may be 5 at most, c is gone, x has
    another kind, z is new."""
    draft = copy.deepcopy(FORM)
    a, g, n, _, p, x = draft["sections"][0]["items"]
    a["points"], g["grades"], n["max"] = 30, GRADES, 5
    draft["sections"][0]["items"] = [a, g, n, p, {**x, "kind": "graded", "allow_na": True}, item("z")]
    return draft


def checklist_of(company: Company, content: dict[str, Any]) -> str:
    """A checklist published as version 1."""
    body = {"code": f"R-{new_id().hex[-12:]}", "name": WORDS, "kind": "visit", "content": content}
    status, made = company.admin.post("/checklists", body)
    assert status == 201, made
    publish(company, made["id"], made["draft_revision"])
    return str(made["id"])


def publish(company: Company, checklist: str, revision: int) -> None:
    status, version = company.admin.post(f"/checklists/{checklist}/versions", {"revision": revision})
    assert status == 201, version


def draft(company: Company, checklist: str, content: dict[str, Any]) -> int:
    """Keeps a draft; its revision."""
    revision = company.admin.get(f"/checklists/{checklist}")[1]["draft_revision"]
    body = {"content": content, "revision": revision}
    status, kept = company.admin.call("PUT", f"/checklists/{checklist}/draft", body)
    assert status == 200, kept
    return int(kept["draft_revision"])


def answers(**given: Any) -> list[dict[str, Any]]:
    """pass, fail and na as results, "photo" as a photo, anything else as a value."""
    at = moment_text(datetime.now(UTC))
    found = []
    for key, what in given.items():
        answer: dict[str, Any] = {"item_key": key.replace("__", "#"), "result": None}
        if what == "photo":
            answer["photos"] = [photo_facts(picture())]
        elif what in ("pass", "fail", "na"):
            answer |= {"result": what, "reason": "not here" if what == "na" else ""}
        else:
            answer["value"] = what
        found.append(answer | {"answered_at": at, "changed_at": at})
    return found


def hand_in(
    company: Company, checklist: str, given: list[dict[str, Any]], far: bool = False, **more: Any
) -> str:
    who, store = ("stranger", company.far_store) if far else ("supervisor", company.store)
    more = {"checklist_id": checklist, "store_id": str(store), "answers": given} | more
    return company.submit(who, **more)[0]


def rehearsed(company: Company, checklist: str, revision: int, last: int = 500) -> dict[str, Any]:
    """Asks, lets the job do it, and gives the result."""
    body = {"revision": revision, "last": last}
    status, errand = company.admin.post(f"/checklists/{checklist}/rehearsals", body)
    assert (status, errand["state"]) == (202, "waiting"), errand
    assert job.run_errands() == 1
    shown = company.admin.get(f"/errands/{errand['id']}")[1]
    assert (shown["state"], shown["error"]) == ("done", ""), shown
    result: dict[str, Any] = shown["result"]
    return result


def three_reports(company: Company) -> tuple[str, int]:
    """100 and 68 points of the near store, 60 of the far one; the draft makes them 100, 20 and 80."""
    checklist = checklist_of(company, FORM)
    hand_in(company, checklist, answers(a="pass", g="excellent", n=4, c=0, p="photo", x="pass"))
    hand_in(company, checklist, answers(a="fail", g="good", n=7, c=2, p="photo", x="na"))
    hand_in(company, checklist, answers(a="pass", g="good", n=9, c=1, p="photo", x="fail"), far=True)
    return checklist, draft(company, checklist, the_draft())
