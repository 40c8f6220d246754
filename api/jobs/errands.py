"""Running errands: one at a time in this process, as many at once as there are processes."""

import time
from collections.abc import Mapping

import structlog

from api.accounts import services as accounts
from api.core.clock import now
from api.core.errors import Forbidden, Problem
from api.core.transaction import end_reading, in_transaction
from api.errands import queries, services
from api.errands.types import Claim, Stopped, Work
from api.rehearsals import services as rehearsals

TOLD_EVERY_SECONDS = 0.5
WORK: Mapping[str, Work] = {rehearsals.KIND: rehearsals.rehearse}
log = structlog.get_logger()


def run_errands() -> int:
    """Runs what waits until nothing does; how many were run."""
    ran = 0
    while queries.any_due(now()) and (claim := in_transaction(services.claim, now())):
        run(claim, WORK)
        ran += 1
    return ran


def forget_old_errands() -> int:
    """Errands of more than thirty days ago."""
    return in_transaction(services.forget_old, now())


def run(claim: Claim, work: Mapping[str, Work]) -> None:
    """Does one errand and keeps what came of it; a failure is told to whoever asked."""
    try:
        actor = accounts.actor(claim.requested_by)
        if actor is None:
            raise Forbidden()
        end_reading()
        result = work[claim.kind](actor, claim.params, Teller(claim))
        in_transaction(services.finish, claim, result, now())
    except Stopped:
        log.info("errand stopped", errand=str(claim.id), kind=claim.kind)
    except Problem as problem:
        in_transaction(services.fail, claim, problem.type, now())
    except Exception:
        log.exception("errand failed", errand=str(claim.id), kind=claim.kind, attempt=claim.attempt)
        in_transaction(services.give_back, claim, now())


class Teller:
    """Writes progress down, at most about twice a second, and so keeps hold of the errand."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._told_at = -TOLD_EVERY_SECONDS

    def __call__(self, done: int, total: int) -> None:
        """Raises Stopped when the errand was cancelled or taken over."""
        if time.monotonic() - self._told_at < TOLD_EVERY_SECONDS:
            return
        if not in_transaction(services.renew, self._claim, done, total, now()):
            raise Stopped()
        self._told_at = time.monotonic()
