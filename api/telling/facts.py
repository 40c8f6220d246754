"""What a fact of the feed means for people: the matter, its facts in plain data, and whom it may concern.

Most facts concern nobody beyond who did them; then there is nothing to tell. A report that opened eight tasks is
one matter, and so is a decision that cancelled a task and changed a score.
"""

from collections.abc import Callable

from api.events.models import Event
from api.notifications.types import Told
from api.telling import campaign_facts, report_facts, task_facts, visit_facts

_TELLERS: dict[str, Callable[[Event], Told | None]] = {
    **task_facts.TELLERS,
    **report_facts.TELLERS,
    **visit_facts.TELLERS,
    **campaign_facts.TELLERS,
}


def facts_of(event: Event) -> Told | None:
    """What there is to tell about a fact, as things stand now; None when there is nothing."""
    teller = _TELLERS.get(event.kind)
    return teller(event) if teller else None
