"""A stored report as it was judged: by its version, by what was in force there and then, and by its appeals."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from api.checklists import queries as checklists
from api.inspections import appeal_queries
from api.inspections.counted import Counted, counted
from api.inspections.models import Inspection
from api.inspections.shown import context_of_report


def recalled(inspection: Inspection, changes: Mapping[str, str] | None = None) -> Counted:
    """What counts in a report; scoring it again gives the score that it has.

    `changes` says which items count otherwise than they were answered, "pass" or "na" by key; without it
    those of the present revision do.
    """
    if changes is None:
        changes = appeal_queries.changes_of(inspection.id)
    document = json.loads(inspection.content_text)
    version = checklists.version(inspection.checklist_id, inspection.checklist_version)
    assert version is not None
    on_date: date = inspection.on_date
    document["answers"] = overturned(document["answers"], changes)
    return counted(version.content, document, on_date, context_of_report(document, inspection))


def overturned(answers: Iterable[Mapping[str, Any]], changes: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The answers as they count after appeals; what was given with them stays beside it."""
    return [
        answer | _AS[changes[answer["item_key"]]] if answer["item_key"] in changes else answer
        for answer in map(dict, answers)
    ]


_AS: dict[str, dict[str, Any]] = {"pass": {"upheld": True, "result": None}, "na": {"result": "na"}}


def repeats_of(inspection: Inspection) -> list[str]:
    """What had failed again; reports from before repeats were looked for have none."""
    found: list[str] = inspection.score_facts.get("repeats", [])
    return found
