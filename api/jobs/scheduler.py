"""The clock of the job process. The only file that knows APScheduler."""

import logging
from collections.abc import Callable

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from api.core.clock import now
from api.core.db import db
from api.jobs import deeds, errands

log = structlog.get_logger()
_EVERY: tuple[tuple[str, Callable[[], int], int], ...] = (
    ("make_visits", deeds.make_visits, 3),
    ("look_through_plans", deeds.look_through_plans, 60),
    ("follow_people", deeds.follow_people, 180),
    ("look_at_late_photos", deeds.look_at_late_photos, 5),
    ("mark_missed_visits", deeds.mark_missed_visits, 60),
    ("forget_old_sessions", deeds.forget_old_sessions, 3600),
    ("forget_old_errands", errands.forget_old_errands, 3600),
    ("run_errands", errands.run_errands, 1),
)


def run_for_ever(app: Flask) -> None:
    """Runs every job now and then at its interval, each beside the others, until told to stop."""
    # While an errand runs, looking for the next one is skipped; nobody wants to read that every second.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    scheduler = BlockingScheduler(timezone="UTC")
    for name, deed, seconds in _EVERY:
        scheduler.add_job(
            run_once,
            "interval",
            args=[app, name, deed],
            seconds=seconds,
            id=name,
            next_run_time=now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=max(seconds, 60),
        )
    scheduler.start()


def run_once(app: Flask, name: str, deed: Callable[[], int]) -> None:
    """One run; a failure is logged and the next run tries again."""
    with app.app_context():
        try:
            done = deed()
        except Exception:
            log.exception("job failed", job=name)
        else:
            if done:
                log.info("job done", job=name, count=done)
        finally:
            db.session.remove()
