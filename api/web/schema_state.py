"""Which migration the database is at, and which one the code knows."""

from functools import cache

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.core.config import ROOT
from api.core.db import db

MIGRATIONS = ROOT / "api" / "migrations"


@cache
def head() -> str | None:
    """The newest migration of the code."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def is_at_head() -> bool:
    """True when the database has every migration."""
    return MigrationContext.configure(db.session.connection()).get_current_revision() == head()
