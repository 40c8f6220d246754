"""The score of a report, written when it comes and again when an appeal changes what it stands on.

Revision 1 is the first score. Each later one is reckoned by the same version of the checklist and by what was in
force there and then, with some answers counting as right or as not applicable; what was answered stays as it is.
All revisions stay readable, the report itself has the newest. docs/appeals.md.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from api.core.db import db
from api.core.ids import new_id
from api.inspections import appeal_queries, queries
from api.inspections.counted import Counted
from api.inspections.judgement import Judgement
from api.inspections.models import Answer, Appeal, Inspection, ScoreRevision
from api.inspections.recalled import recalled, repeats_of
from api.inspections.scoring import Score, score

STEP = 6
_NOT_ASKED = Judgement("na")
_KEPT = ("context", "store_token")


@dataclass(frozen=True)
class Revised:
    """What an upheld appeal came to: the number of the new revision, and the items that are findings no more."""

    number: int
    righted: frozenset[str]


def write_score(inspection: Inspection, result: Score, more: Mapping[str, Any]) -> None:
    """Puts a score on a report, with its facts and what else was known (`more`)."""
    inspection.score = result.score
    inspection.raw_score = result.raw
    inspection.band = result.band
    inspection.outcome = result.outcome
    inspection.ranked = result.ranked
    inspection.findings = len(result.findings)
    inspection.score_facts = result.as_json() | dict(more)


def judged(row: Answer, judgement: Judgement) -> None:
    """Puts a judgement on an answer."""
    row.result = judgement.result
    row.finding = judgement.finding
    row.warning = judgement.warning
    row.earned = None if judgement.earned is None else round(judgement.earned, STEP)
    row.max = judgement.max


def rescored(inspection: Inspection, changes: Mapping[str, str]) -> tuple[Counted, Score]:
    """What a report would come to if these items, besides those of earlier appeals, counted otherwise."""
    report = recalled(inspection, appeal_queries.changes_of(inspection.id) | dict(changes))
    return report, score(report.content, report.answers, report.on_date, repeats_of(inspection))


def revise(
    inspection: Inspection, appeal: Appeal, changes: Mapping[str, str], actor_id: uuid.UUID, now: datetime
) -> Revised:
    """A new revision by an upheld appeal, in the running unit; the report and its answers follow it."""
    earlier = appeal_queries.revisions_of(inspection.id)
    if not earlier:
        earlier = [_noted(inspection, 1, inspection.received_at, {})]
    before = set(inspection.score_facts["findings"])
    report, result = rescored(inspection, changes)
    known = {name: inspection.score_facts[name] for name in _KEPT if name in inspection.score_facts}
    write_score(inspection, result, known)
    # Also where no number moves, the version goes on: of two decisions at once, one is done again.
    flag_modified(inspection, "score_facts")
    _judge_again(inspection.id, report)
    revision = _noted(inspection, earlier[-1].number + 1, now, earlier[-1].answers | dict(changes))
    revision.appeal_id, revision.actor_id = appeal.id, actor_id
    db.session.flush()
    return Revised(revision.number, frozenset(before - set(result.findings)))


def _noted(inspection: Inspection, number: int, at: datetime, answers: dict[str, str]) -> ScoreRevision:
    """The score as it stands on the report now, kept as a revision."""
    revision = ScoreRevision(
        id=new_id(),
        inspection_id=inspection.id,
        number=number,
        at=at,
        score=inspection.score,
        raw_score=inspection.raw_score,
        band=inspection.band,
        outcome=inspection.outcome,
        ranked=inspection.ranked,
        findings=inspection.findings,
        score_facts=inspection.score_facts,
        answers=answers,
    )
    db.session.add(revision)
    return revision


def _judge_again(inspection_id: uuid.UUID, report: Counted) -> None:
    """The answers as they count now; one that is not asked for any more is not applicable."""
    now = {answer["item_key"]: judgement for _, answer, judgement in report.judged()}
    for row in queries.answers_of(inspection_id):
        judgement = now.get(row.item_key, _NOT_ASKED)
        if judgement.result == row.result and judgement.finding == row.finding and judgement.max == row.max:
            continue
        row.first_result = row.first_result or row.result
        judged(row, judgement)
