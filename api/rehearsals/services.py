"""The deeds of rehearsals: ask for one, and the long work itself."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.accounts import policy
from api.accounts.types import Actor
from api.checklists import queries as checklists
from api.checklists.content_defaults import with_defaults
from api.checklists.editions import refuse_faults
from api.core.errors import NotFound, StaleVersion, WrongState
from api.core.transaction import end_reading
from api.errands import services as errands
from api.errands.models import Errand
from api.errands.types import Progress
from api.rehearsals import queries
from api.rehearsals.around import Around
from api.rehearsals.rehearsing import Rehearsal

KIND = "rehearsal"
LOT = 500


def ask(actor: Actor, checklist_id: uuid.UUID, *, revision: int, last: int, now: datetime) -> Errand:
    """Asks for the draft to be rehearsed over the last inspections, as it stands at this moment.

    Raises NotFound, StaleVersion, WrongState without a draft, Validation for a draft with faults.
    """
    checklist = checklists.checklist(checklist_id)
    if checklist is None:
        raise NotFound()
    if checklist.draft_revision != revision:
        raise StaleVersion(extras={"current": {"draft_revision": checklist.draft_revision}})
    draft = checklist.draft_content
    if draft is None:
        raise WrongState("There is no draft to rehearse.")
    refuse_faults(draft)
    params = {"checklist_id": str(checklist_id), "content": with_defaults(draft), "last": last}
    return errands.ask(KIND, params, actor, now)


def rehearse(actor: Actor, params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The result in the shape of RehearsalSchema, as plain JSON. Raises Forbidden, Stopped."""
    policy.require(actor, "checklists.write")
    checklist_id, draft = uuid.UUID(params["checklist_id"]), params["content"]
    past = queries.newest(checklist_id, params["last"])
    versions = queries.versions(checklist_id, {one.version for one in past})
    rehearsal, around = Rehearsal(draft, versions), Around(draft)
    for start in range(0, len(past), LOT):
        progress(start, len(past))
        lot = past[start : start + LOT]
        answers = queries.answers([one.id for one in lot])
        surroundings = around.of(lot)
        end_reading()  # Nobody waits for the database while this reckons.
        for one in lot:
            rehearsal.add(one, answers.get(one.id, ""), *surroundings[one.id])
    return _with_names(rehearsal.shown())


def _with_names(result: dict[str, Any]) -> dict[str, Any]:
    names = queries.store_names([line["store_id"] for line in result["stores"]])
    for line in result["stores"]:
        line["name"] = names[line["store_id"]]
        line["store_id"] = str(line["store_id"])
    return result
