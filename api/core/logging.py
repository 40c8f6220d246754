"""Logs as JSON lines on standard output; a request's id runs through all of its lines."""

import logging
import sys
from typing import Any

import structlog


def install(level: str) -> None:
    """Sets up structlog and the standard library's logging alike."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        stream=sys.stdout, level=level, format="%(levelname)s %(name)s %(message)s", force=True
    )
    for noisy in ("botocore", "boto3", "urllib3", "apscheduler", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
