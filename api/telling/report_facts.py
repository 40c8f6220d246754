"""What there is to tell about reports: what came in, what became of it, and appeals.

A report is one matter for everybody: who has something to put right hears how many things and until when, the
store hears its score, and a reviewer hears that it waits.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.core.shapes import moment_text
from api.events.models import Event
from api.inspections.models import Inspection
from api.notifications.types import Told
from api.notifications.words import word
from api.tasks.models import Task
from api.telling import queries
from api.telling.places import Ids, Place, name_of, only, place_of, regional_managers, store_managers

_TITLES_SHOWN = 3
_QUOTED = 200


def _told(
    event: Event,
    kind: str,
    people: Callable[[Inspection, Place], Mapping[str, Ids]],
    matter: str = "",
    own: Mapping[uuid.UUID, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Told | None:
    report = queries.report(event.entity_id)
    place = place_of(report.store_id) if report else None
    if report is None or place is None:
        return None
    facts = {
        "inspection_id": str(report.id),
        "score": _score(report),
        "found": report.findings,
        "actor": name_of(event.actor_id),
        "note": _note(event),
    }
    return Told(
        kind=kind,
        matter=matter or f"inspection:{report.id}:{event.kind.partition('.')[2]}:{event.seq}",
        link=f"/inspections/{report.id}",
        facts=place.facts() | facts | more,
        people=people(report, place),
        at=event.at,
        seq=event.seq,
        actor_id=event.actor_id,
        own=own or {},
        **place.told(),
    )


def _submitted(event: Event) -> Told | None:
    report = queries.report(event.entity_id)
    if report is None:
        return None
    tasks = queries.open_tasks_of(report.id)
    mine: dict[uuid.UUID | None, list[Task]] = {}
    for task in tasks:
        mine.setdefault(task.assignee_id, []).append(task)
    place = place_of(report.store_id)
    away = regional_managers(place) if place and None in mine else ()
    own = {person: _work(theirs) for person, theirs in mine.items() if person}
    own |= {manager: _work(mine[None]) for manager in away if manager not in own}

    def people(report: Inspection, place: Place) -> dict[str, Ids]:
        return {
            "assignee": tuple(person for person in mine if person),
            "unassigned": away,
            "reviewers": regional_managers(place) if report.status == "in_review" else (),
            "store": store_managers(place),
        }

    about = {"flag": _worst(tasks), "found_words": _both_of(report.findings)}
    return _told(event, "report.submitted", people, f"inspection:{report.id}:submitted", own, **about)


def _work(tasks: Sequence[Task]) -> dict[str, Any]:
    """What somebody has to put right, in a few facts; one thing alone is opened at once."""
    redlines = sum(task.flag == "redline" for task in tasks)
    facts: dict[str, Any] = {
        "count": len(tasks),
        "due_at": moment_text(min(task.due_at for task in tasks)),
        "flag": _worst(tasks),
        "titles": _titles(tasks),
    }
    if redlines:
        facts["redline_words"] = {lang: word("redline", lang, {"count": redlines}) for lang in ("zh", "en")}
    if len(tasks) == 1:
        facts["link"] = f"/tasks/{tasks[0].id}"
    return facts


def _worst(tasks: Sequence[Task]) -> str:
    flags = {task.flag for task in tasks}
    return next((flag for flag in ("redline", "key") if flag in flags), "general")


def _titles(tasks: Sequence[Task]) -> dict[str, str]:
    shown = {}
    for lang in ("zh", "en"):
        names = [task.title.get(lang) or task.title.get("zh") or "" for task in tasks[:_TITLES_SHOWN]]
        shown[lang] = word("title.join", lang).join(names) + ("…" if len(tasks) > _TITLES_SHOWN else "")
    return shown


def _both_of(count: int) -> dict[str, str]:
    name = "found" if count else "found.none"
    return {lang: word(name, lang, {"count": count}) for lang in ("zh", "en")}


def _became(kind: str) -> Callable[[Event], Told | None]:
    """A reviewer's deed on a report."""

    def teller(event: Event) -> Told | None:
        return _told(
            event,
            kind,
            lambda report, place: {"inspector": (report.inspector_id,), "store": store_managers(place)},
        )

    return teller


def _signed_off(event: Event) -> Told | None:
    if event.data.get("outcome") != "objection":
        return None
    return _told(event, "report.objected", lambda report, _: {"inspector": (report.inspector_id,)})


def _appealed(event: Event) -> Told | None:
    appeal = queries.appeal(uuid.UUID(str(event.data["appeal_id"])))
    if appeal is None:
        return None

    def people(report: Inspection, place: Place) -> dict[str, Ids]:
        decider = only(appeal.decider_id) or regional_managers(place)
        handed_on = event.actor_id != appeal.asked_by_id
        return {"decider": decider, "inspector": () if handed_on else (report.inspector_id,)}

    # Handed on to another decider it is told again, to them.
    matter = f"appeal:{appeal.id}:{appeal.decider_id or ''}"
    return _told(
        event, "report.appealed", people, matter, title=_subject(event), note=appeal.reason[:_QUOTED]
    )


def _appeal_decided(event: Event) -> Told | None:
    appeal = queries.appeal(uuid.UUID(str(event.data["appeal_id"])))
    if appeal is None:
        return None
    outcome = str(event.data.get("outcome", appeal.state))
    if outcome not in ("upheld", "rejected"):
        return _appealed(event)

    def people(report: Inspection, place: Place) -> dict[str, Ids]:
        return {
            "asker": only(appeal.asked_by_id),
            "inspector": (report.inspector_id,),
            "store": store_managers(place),
            "decider": only(appeal.decider_id),
            "assignee": queries.fixers_of(report.id, appeal.item_key),
        }

    about: dict[str, Any] = {
        "title": _subject(event),
        "outcome": outcome,
        "note": appeal.decision_note[:_QUOTED],
    }
    if outcome == "rejected":
        about["score"] = None
    return _told(event, "report.appeal_decided", people, f"appeal:{appeal.id}:decided", **about)


def _subject(event: Event) -> dict[str, Any]:
    """What an appeal is about: the item's words, or the whole report."""
    key = str(event.data.get("item_key") or "")
    title = queries.item_title(event.entity_id, key) if key else None
    return title or {lang: word("whole_report", lang) for lang in ("zh", "en")}


def _score(report: Inspection) -> str:
    if report.score is None:
        return "—"
    return f"{report.score} {report.band or ''}".strip()


def _note(event: Event) -> str:
    step = queries.report_step_at(event.entity_id, event.at)
    return step.reason[:_QUOTED] if step else ""


TELLERS: dict[str, Callable[[Event], Told | None]] = {
    "inspection.submitted": _submitted,
    "inspection.approved": _became("report.approved"),
    "inspection.returned": _became("report.returned"),
    "inspection.voided": _became("report.voided"),
    "inspection.signed_off": _signed_off,
    "inspection.appealed": _appealed,
    "inspection.appeal_decided": _appeal_decided,
}
