"""The application on a database of its own, for tests that kill processes around it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Playwright, sync_playwright

from api.app import create_app
from api.core.config import Settings
from api.core.db import db
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.support import real_parts
from tests.support.company import Company

SECRET = "r" * 40


@dataclass
class House:
    """An application, a company in it, and the environment in which other processes find the same."""

    app: Flask
    company: Company
    env: dict[str, str]
    kind: str

    def forget_connections(self) -> None:
        """Lets go of the database, whose files are about to change."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'rounds.sqlite3'}"
    else:
        url = real_parts.new_database(request.getfixturevalue("postgres_url"))
    storage = StorageSettings(url=str(tmp_path / "photos"))
    app = create_app(Settings(url, storage, SECRET, "http://localhost", tmp_path, "ERROR", 0))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
    env = os.environ | {
        "ROUNDS_DATABASE_URL": url,
        "ROUNDS_STORAGE_URL": storage.url,
        "ROUNDS_SECRET_KEY": SECRET,
        "ROUNDS_LOG_LEVEL": "ERROR",
    }
    made = House(app, Company(app), env, request.param)
    yield made
    made.forget_connections()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Drives real browsers."""
    with sync_playwright() as running:
        yield running
