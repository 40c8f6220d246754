"""Which messages there are, whom each kind concerns, and how pressing it is for them.

Somebody with a task hears of it as work; what runs out of time as a deadline; what waits for their decision as a
review; what became of what they did as an answer; and what somebody says to them as talk. For each of these
groups people choose the ways. Redline matters and what is overdue are urgent: no digest holds them back. Pure.
"""

from typing import NamedTuple

WORK, DEADLINES, REVIEW, ANSWERS, TALK = "work", "deadlines", "review", "answers", "talk"
GROUPS = (WORK, DEADLINES, REVIEW, ANSWERS, TALK)
NEVER, REDLINE, ALWAYS = "never", "redline", "always"


class Concern(NamedTuple):
    """Whom (a name in `Told.people`), the group of messages this is for them, and when it is urgent."""

    role: str
    group: str
    urgent: str = NEVER


# In the order of weight: whoever stands in several roles is told in the first.
KINDS: dict[str, tuple[Concern, ...]] = {
    "report.submitted": (
        Concern("assignee", WORK, REDLINE),
        Concern("unassigned", WORK, REDLINE),
        Concern("reviewers", REVIEW),
        Concern("store", ANSWERS),
    ),
    "report.approved": (Concern("inspector", ANSWERS),),
    "report.returned": (Concern("inspector", WORK),),
    "report.voided": (Concern("inspector", ANSWERS), Concern("store", ANSWERS)),
    "report.objected": (Concern("inspector", ANSWERS),),
    "report.appealed": (Concern("decider", REVIEW), Concern("inspector", ANSWERS)),
    "report.appeal_decided": (
        Concern("asker", ANSWERS),
        Concern("assignee", ANSWERS),
        Concern("inspector", ANSWERS),
        Concern("store", ANSWERS),
        Concern("decider", ANSWERS),
    ),
    "task.opened": (
        Concern("assignee", WORK, REDLINE),
        Concern("unassigned", WORK, REDLINE),
        Concern("store", WORK),
    ),
    "task.submitted": (Concern("reviewers", REVIEW, REDLINE),),
    "task.sent_back": (Concern("assignee", WORK, REDLINE), Concern("third", REVIEW)),
    "task.closed": (Concern("assignee", ANSWERS),),
    "task.transferred": (Concern("assignee", WORK, REDLINE),),
    "task.waived": (Concern("assignee", ANSWERS),),
    "task.cancelled": (Concern("assignee", ANSWERS),),
    "task.reopened": (Concern("assignee", WORK, REDLINE),),
    "task.due_soon": (Concern("recipients", DEADLINES, REDLINE),),
    "task.overdue": (Concern("recipients", DEADLINES, ALWAYS),),
    "task.redline_opened": (Concern("recipients", DEADLINES, ALWAYS),),
    "task.review_late": (Concern("recipients", DEADLINES, ALWAYS),),
    "task.extension_asked": (Concern("reviewers", REVIEW),),
    "task.extension_granted": (Concern("asker", WORK),),
    "task.extension_refused": (Concern("asker", WORK),),
    "task.commented": (
        Concern("mentioned", TALK),
        Concern("assignee", TALK),
        Concern("reviewers", TALK),
        Concern("talkers", TALK),
    ),
    "campaign.started": (Concern("managers", ANSWERS),),
    "visit.planned": (Concern("assignee", WORK),),
    "test": (Concern("self", WORK),),
}


def group_of(kind: str, why: str) -> str:
    """The group that a message of this kind belongs to for somebody who is told for this reason."""
    concerns = KINDS.get(kind, ())
    return next((c.group for c in concerns if c.role == why), concerns[0].group if concerns else ANSWERS)
