"""Appeals in a list: with the report and the words of the item that they are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.checklists import queries as checklists
from api.checklists.keys import base_key, round_of
from api.inspections import appeal_queries
from api.inspections.appeal_shown import appeals_shown
from api.inspections.models import Appeal, Inspection
from api.inspections.shown import summaries

_OF_REPORT = ("store_name", "checklist_name", "inspector", "score", "band")


def appeals_listed(appeals: Sequence[Appeal]) -> list[dict[str, Any]]:
    """Appeals as a decider reads them in a list."""
    reports = appeal_queries.reports_of(appeals)
    facts = {one["id"]: one for one in summaries(list(reports.values()))}
    return [
        shown
        | {name: facts[shown["inspection_id"]][name] for name in _OF_REPORT}
        | {"item_text": _words(reports[shown["inspection_id"]], shown["item_key"])}
        for shown in appeals_shown(appeals)
    ]


def _words(inspection: Inspection, item_key: str) -> Mapping[str, str] | None:
    """The item's words, of a thing walked several times with the number of its round; None: the whole report."""
    if not item_key:
        return None
    version = checklists.version(inspection.checklist_id, inspection.checklist_version)
    sections = version.content["sections"] if version else []
    base, number = base_key(item_key), round_of(item_key)
    text = next((i["text"] for s in sections for i in s["items"] if i["key"] == base), None)
    if text is None or number is None:
        return text or {"zh": item_key, "en": item_key}
    return {language: f"{words} · {number}" if words else "" for language, words in text.items()}
