"""Up, down, up again, and equal to the models, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from api.app import create_app
from api.core.config import Settings
from api.core.db import db
from api.events.services import server_epoch
from api.web.schema_state import MIGRATIONS, is_at_head
from storage.blobs import StorageSettings


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'rounds.sqlite3'}"
    else:
        url = request.getfixturevalue("postgres_url").replace("postgresql://", "postgresql+psycopg://")
    settings = Settings(
        url, StorageSettings(url=str(tmp_path / "photos")), "k" * 40, "http://localhost", tmp_path, "ERROR", 0
    )
    made = create_app(settings)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def test_up_down_up_and_equal_to_the_models(app: Flask) -> None:
    upgrade(directory=str(MIGRATIONS))
    assert is_at_head()
    epoch = server_epoch()
    db.session.rollback()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    downgrade(directory=str(MIGRATIONS), revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade(directory=str(MIGRATIONS))
    assert server_epoch() != epoch
