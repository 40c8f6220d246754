"""The deeds about errands: ask, claim, renew, finish, fail, give back, cancel, forget.

An errand is run by one process at a time. Whoever wants it takes it with a single UPDATE that only one
can win, and holds it for a lease that every sign of progress renews. A process that died lets its lease
lapse, and the next one takes the errand over; should the first still be alive, its next word is refused,
because the number of the attempt is no longer its own.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import GaveUp, NotFound, WrongState
from api.core.ids import new_id
from api.errands import queries
from api.errands.models import Errand
from api.errands.types import Claim

LEASE = timedelta(seconds=30)
TRIES = 3
KEPT = timedelta(days=30)
_LOOKED_AT = 10


def ask(kind: str, params: Mapping[str, Any], actor: Actor, now: datetime) -> Errand:
    """Asks for long work; `params` is plain JSON."""
    errand = Errand(
        id=new_id(),
        kind=kind,
        params=dict(params),
        state="waiting",
        done=0,
        total=0,
        result_text=None,
        error="",
        attempts=0,
        requested_by=actor.id,
        created_at=now,
        started_at=None,
        finished_at=None,
        lease_until=None,
    )
    db.session.add(errand)
    db.session.flush()
    return errand


def claim(now: datetime) -> Claim | None:
    """Takes the oldest errand that nobody runs, or None when there is none or others were faster.

    One that was tried three times and never came to an end fails instead of being taken.
    """
    for errand_id, attempts in queries.due(now, _LOOKED_AT):
        still = sa.and_(Errand.id == errand_id, Errand.attempts == attempts, queries.is_due(now))
        if attempts >= TRIES:
            _change(still, **_failed(GaveUp.type, now))
        elif _change(
            still,
            state="running",
            attempts=attempts + 1,
            done=0,
            started_at=now,
            lease_until=now + LEASE,
        ):
            return queries.claim_on(errand_id)
    return None


def renew(claim: Claim, done: int, total: int, now: datetime) -> bool:
    """Tells progress and holds the errand for another lease. False when it is not ours any more."""
    return _change(queries.is_held(claim), done=done, total=total, lease_until=now + LEASE)


def finish(claim: Claim, result: Mapping[str, Any], now: datetime) -> bool:
    """Keeps the result. False when the errand is not ours any more."""
    text = json.dumps(result, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _change(
        queries.is_held(claim),
        state="done",
        result_text=text,
        done=Errand.total,
        finished_at=now,
        lease_until=None,
    )


def fail(claim: Claim, error: str, now: datetime) -> bool:
    """Ends the errand with the type of the problem that stopped it."""
    return _change(queries.is_held(claim), **_failed(error, now))


def give_back(claim: Claim, now: datetime) -> bool:
    """Lets it be tried again after something unforeseen; the third time it fails."""
    if claim.attempt >= TRIES:
        return fail(claim, GaveUp.type, now)
    return _change(queries.is_held(claim), state="waiting", lease_until=None)


def cancel(actor: Actor, errand_id: uuid.UUID, now: datetime) -> Errand:
    """Calls one's own errand off; again is no error. Raises NotFound, WrongState when it has ended."""
    open_ = sa.and_(
        Errand.id == errand_id,
        Errand.requested_by == actor.id,
        Errand.state.in_(("waiting", "running")),
    )
    _change(open_, state="cancelled", finished_at=now, lease_until=None)
    errand = queries.errand_of(actor.id, errand_id)
    if errand is None:
        raise NotFound()
    if errand.state != "cancelled":
        raise WrongState("This has come to its end already.")
    return errand


def forget_old(now: datetime) -> int:
    """Removes what was asked for more than thirty days ago; how many they were."""
    old = sa.delete(Errand).where(Errand.created_at < now - KEPT, Errand.state != "running")
    return _count(old)


def _failed(error: str, now: datetime) -> dict[str, Any]:
    return {"state": "failed", "error": error, "finished_at": now, "lease_until": None}


def _change(where: sa.ColumnElement[bool], **values: Any) -> bool:
    return _count(sa.update(Errand).where(where).values(**values)) == 1


def _count(statement: sa.Update | sa.Delete) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]
