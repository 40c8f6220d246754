"""A stored report as it was judged: by its version, and by what was in force there and then."""

import json
from datetime import date

from api.checklists import queries as checklists
from api.inspections.counted import Counted, counted
from api.inspections.models import Inspection
from api.inspections.shown import context_of_report


def recalled(inspection: Inspection) -> Counted:
    """What counted in a report when it came; scoring it again gives the score that it has."""
    document = json.loads(inspection.content_text)
    version = checklists.version(inspection.checklist_id, inspection.checklist_version)
    assert version is not None
    on_date: date = inspection.on_date
    return counted(version.content, document, on_date, context_of_report(document, inspection))


def repeats_of(inspection: Inspection) -> list[str]:
    """What had failed again; reports from before repeats were looked for have none."""
    found: list[str] = inspection.score_facts.get("repeats", [])
    return found
