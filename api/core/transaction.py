"""The one place that commits.

A deed runs here whole: everything it wrote is stored together, or nothing is. When two people were
at it at the same moment and the database refused one, the loser's deed is run again from the start
on fresh rows; it then sees what the winner did and answers accordingly.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from api.core.db import db, writing

P = ParamSpec("P")
T = TypeVar("T")
TRIES = 4
_before_commit: list[Callable[[Any], None]] = []


def before_commit(hook: Callable[[Any], None]) -> None:
    """Registers what must be written last in every unit (the change feed)."""
    if hook not in _before_commit:
        _before_commit.append(hook)


def in_transaction(deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs the deed as one unit and commits it; returns what the deed returns.

    Retries when another unit won a race (unique key, row version, serialisation); the last error
    is raised when it keeps losing.
    """
    for left in range(TRIES - 1, -1, -1):
        try:
            return _once(deed, *args, **kwargs)
        except (IntegrityError, StaleDataError):
            if not left:
                raise
        except DBAPIError as error:
            if not left or getattr(error.orig, "sqlstate", "") not in ("40001", "40P01"):
                raise
    raise AssertionError("unreachable")


def _once(deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    session = db.session
    session.rollback()
    token = writing.set(True)
    try:
        result = deed(*args, **kwargs)
        for hook in _before_commit:
            hook(session)
        session.commit()
        return result
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(token)


def end_reading() -> None:
    """Gives back the read lock; called before anything slow (a body from a phone, a file)."""
    db.session.rollback()


def database_answers() -> bool:
    """True when a trivial question is answered; raises what the database raises otherwise."""
    return bool(db.session.execute(sa.text("SELECT 1")).scalar() == 1)
