import pytest

from api.core.config import BadSettings, load_settings
from api.core.db import wal_is_safe

GOOD = {"ROUNDS_SECRET_KEY": "k" * 32}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("ROUNDS_"):
            monkeypatch.delenv(name)


def test_defaults_are_sqlite_and_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.is_sqlite
    assert settings.storage.url.endswith("photos")
    assert not settings.secure_cookies


def test_postgresql_is_reached_by_psycopg_and_https_secures_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    given = GOOD | {
        "ROUNDS_DATABASE_URL": "postgresql://u:p%40@h/db",
        "ROUNDS_PUBLIC_URL": "https://r.example/",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.database_url == "postgresql+psycopg://u:p%40@h/db"
    assert settings.secure_cookies
    assert settings.public_url == "https://r.example"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, {"ROUNDS_SECRET_KEY"}),
        ({"ROUNDS_SECRET_KEY": "short"}, {"ROUNDS_SECRET_KEY"}),
        ({"ROUNDS_SECRET_KEY_FILE": "/nowhere/at/all"}, {"ROUNDS_SECRET_KEY_FILE"}),
        (GOOD | {"ROUNDS_DATABASE_URL": "mysql://x"}, {"ROUNDS_DATABASE_URL"}),
        (GOOD | {"ROUNDS_DATABASE_URL": "nonsense"}, {"ROUNDS_DATABASE_URL"}),
        (GOOD | {"ROUNDS_STORAGE_URL": "s3://"}, {"ROUNDS_STORAGE_URL"}),
        (GOOD | {"ROUNDS_STORAGE_URL": "ftp://x"}, {"ROUNDS_STORAGE_URL"}),
        (GOOD | {"ROUNDS_STORAGE_URL": "s3://b", "ROUNDS_S3_ACCESS_KEY": "a"}, {"ROUNDS_S3_ACCESS_KEY"}),
        (GOOD | {"ROUNDS_PUBLIC_URL": "rounds.example"}, {"ROUNDS_PUBLIC_URL"}),
        (GOOD | {"ROUNDS_PROXY_HOPS": "many"}, {"ROUNDS_PROXY_HOPS"}),
        (
            {
                "ROUNDS_DATABASE_URL": "mysql://x",
                "ROUNDS_PUBLIC_URL": "x",
                "ROUNDS_LOG_LEVEL": "LOUD",
                "ROUNDS_PROXY_HOPS": "9",
            },
            {
                "ROUNDS_SECRET_KEY",
                "ROUNDS_DATABASE_URL",
                "ROUNDS_PUBLIC_URL",
                "ROUNDS_LOG_LEVEL",
                "ROUNDS_PROXY_HOPS",
            },
        ),
    ],
)
def test_everything_that_is_wrong_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: set[str]
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as bad:
        load_settings()
    assert set(bad.value.problems) == named
    assert all(name in str(bad.value) for name in named)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 1), False),
        ((3, 51, 3), True),
    ],
)
def test_which_sqlite_may_use_its_wal(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe
