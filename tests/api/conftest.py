"""The real application on the real database that ROUNDS_TEST_DATABASE names."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask_migrate import upgrade

from api.app import create_app
from api.core.config import ROOT, Settings
from api.core.db import db
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.support.company import Company
from tests.support.real_parts import free_ports, s3_settings

SECRET = "k" * 40


class Parts(NamedTuple):
    """A database and a store of photos."""

    url: str
    storage: StorageSettings


def settings_for(parts: Parts, folder: Path) -> Settings:
    return Settings(
        database_url=parts.url.replace("postgresql://", "postgresql+psycopg://"),
        storage=parts.storage,
        secret_key=SECRET,
        public_url="http://localhost:8000",
        pwa_folder=folder,
        log_level="ERROR",
        proxy_hops=0,
    )


@pytest.fixture(scope="session")
def parts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """SQLite with a folder, or PostgreSQL with an S3: the two ways the product is run."""
    folder = tmp_path_factory.mktemp("rounds")
    if os.environ.get("ROUNDS_TEST_DATABASE", "sqlite") == "postgresql":
        storage = s3_settings(request.getfixturevalue("s3"), prefix="api")
        return Parts(request.getfixturevalue("postgres_url"), storage)
    return Parts(f"sqlite:///{folder / 'rounds.sqlite3'}", StorageSettings(url=str(folder / "photos")))


@pytest.fixture(scope="session")
def app(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(settings_for(parts, tmp_path_factory.mktemp("no-app")))
    with made.app_context():
        upgrade(directory=str(MIGRATIONS))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def server(app: Flask, parts: Parts) -> Iterator[int]:
    """The port of a real web server on the same database."""
    (port,) = free_ports(1)
    env = os.environ | {
        "ROUNDS_DATABASE_URL": parts.url,
        "ROUNDS_STORAGE_URL": parts.storage.url,
        "ROUNDS_SECRET_KEY": SECRET,
        "ROUNDS_LOG_LEVEL": "ERROR",
        "BIND": f"127.0.0.1:{port}",
    }
    if parts.storage.endpoint_url:
        env |= {
            "ROUNDS_S3_ENDPOINT_URL": parts.storage.endpoint_url,
            "ROUNDS_S3_ACCESS_KEY": str(parts.storage.access_key),
            "ROUNDS_S3_SECRET_KEY": str(parts.storage.secret_key),
            "ROUNDS_S3_ADDRESSING_STYLE": "path",
        }
    command = [Path(sys.executable).with_name("gunicorn"), "-c", "gunicorn.conf.py", "wsgi:app"]
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        deadline = time.monotonic() + 30
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None and time.monotonic() < deadline, "gunicorn did not start"
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def company(app: Flask) -> Company:
    return Company(app)
