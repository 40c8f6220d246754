"""Slowing down guesses: five tries are free, then each failure doubles a wait of up to a minute.

Nobody is locked out for good, so a stranger cannot shut a supervisor out by guessing wrongly.
"""

from datetime import datetime, timedelta

FREE_TRIES = 5
LONGEST_WAIT = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(minutes=30)


def wait_after(failures: int) -> timedelta:
    """How long to wait after that many failures in a row."""
    over = failures - FREE_TRIES
    if over < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(over, 10)), LONGEST_WAIT)


def counted(failures: int, last_failed_at: datetime, now: datetime) -> int:
    """The failures that still count."""
    return 0 if now - last_failed_at > FORGOTTEN_AFTER else failures
