"""The real application on the real database that ROUNDS_TEST_DATABASE names."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from api.app import create_app
from api.core.config import Settings
from api.core.db import db
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.support.company import Company


def settings_for(url: str, photos: Path) -> Settings:
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://"),
        storage=StorageSettings(url=str(photos)),
        secret_key="k" * 40,
        public_url="http://localhost:8000",
        pwa_folder=photos / "no-app",
        log_level="ERROR",
        proxy_hops=0,
    )


@pytest.fixture(scope="session")
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("rounds")
    if os.environ.get("ROUNDS_TEST_DATABASE", "sqlite") == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{folder / 'rounds.sqlite3'}"
    made = create_app(settings_for(url, folder / "photos"))
    with made.app_context():
        upgrade(directory=str(MIGRATIONS))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def company(app: Flask) -> Company:
    return Company(app)
