"""Telling people what happened: reads the facts on from where it stood, and puts what they mean into inboxes.

What a fact means is looked up without holding anything up. Then one short unit takes hold of the position, makes
sure that nobody else has told it meanwhile, stores the messages and moves the position on: all or nothing, so
nothing is told twice and nothing is left out, whoever dies when.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

import structlog

from api.core.transaction import end_reading, in_transaction
from api.events import queries as events
from api.events.models import Event
from api.notifications import posting
from api.notifications.audience import audience
from api.notifications.posting import Post
from api.notifications.types import Addressed, Told
from api.telling import queries
from api.telling.facts import facts_of

READER = "messages"
AT_ONCE = 100
log = structlog.get_logger()


def tell(now: datetime, *, as_of_old: bool = False) -> int:
    """Tells of the next facts; gives how many were read, 0 when there are none."""
    seq = queries.position(READER)
    facts = events.after(seq, AT_ONCE)
    if not facts:
        end_reading()
        return 0
    last = facts[-1].seq
    posts = [post for fact in facts if (post := _post(fact))]
    end_reading()
    in_transaction(_store, seq, last, posts, now, as_of_old)
    return len(facts)


def _post(fact: Event) -> Post | None:
    """What there is to tell and to whom; a fact that cannot be understood holds up no other."""
    try:
        told = facts_of(fact)
        if told is None:
            return None
        addressed = seeing(told, audience(told))
    except Exception:
        log.exception("fact not told", seq=fact.seq, kind=fact.kind)
        return None
    return (told, addressed) if addressed else None


def _store(seq: int, last: int, posts: Sequence[Post], now: datetime, as_of_old: bool) -> int:
    position = queries.position_held(READER)
    if position.seq != seq:
        return 0
    position.seq = last
    return posting.post(posts, now, as_of_old=as_of_old)


def seeing(told: Told, addressed: Sequence[Addressed]) -> list[Addressed]:
    """Those who still work here and may see the store; a visit may lead its inspector into another one's."""
    scopes = queries.scopes([one.user_id for one in addressed])
    return [one for one in addressed if one.user_id in scopes and _sees(told, scopes[one.user_id])]


def _sees(told: Told, scope: queries.Scope) -> bool:
    if told.store_id is None or told.kind == "visit.planned" or scope.everything:
        return True
    above = {uuid.UUID(step) for step in told.region_path.strip("/").split("/") if step}
    return told.store_id in scope.store_ids or bool(above & scope.region_ids)
