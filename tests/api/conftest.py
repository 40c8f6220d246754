"""The real application on the real database that ROUNDS_TEST_DATABASE names."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from api.app import create_app
from api.core.config import ROOT, Settings
from api.core.db import db
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.support.company import Company
from tests.support.real_parts import free_ports

SECRET = "k" * 40


def settings_for(url: str, photos: Path) -> Settings:
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://"),
        storage=StorageSettings(url=str(photos)),
        secret_key=SECRET,
        public_url="http://localhost:8000",
        pwa_folder=photos / "no-app",
        log_level="ERROR",
        proxy_hops=0,
    )


@pytest.fixture(scope="session")
def parts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The database's address and the folder of photos."""
    folder = tmp_path_factory.mktemp("rounds")
    if os.environ.get("ROUNDS_TEST_DATABASE", "sqlite") == "postgresql":
        return request.getfixturevalue("postgres_url"), folder / "photos"
    return f"sqlite:///{folder / 'rounds.sqlite3'}", folder / "photos"


@pytest.fixture(scope="session")
def app(parts: tuple[str, Path]) -> Iterator[Flask]:
    made = create_app(settings_for(*parts))
    with made.app_context():
        upgrade(directory=str(MIGRATIONS))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def server(app: Flask, parts: tuple[str, Path]) -> Iterator[int]:
    """The port of a real web server on the same database."""
    (port,) = free_ports(1)
    env = os.environ | {
        "ROUNDS_DATABASE_URL": parts[0],
        "ROUNDS_STORAGE_URL": str(parts[1]),
        "ROUNDS_SECRET_KEY": SECRET,
        "ROUNDS_LOG_LEVEL": "ERROR",
        "BIND": f"127.0.0.1:{port}",
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
