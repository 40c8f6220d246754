"""The one place that reads the environment.

Every setting is named ROUNDS_…, read once, typed, and checked before anything starts; all that is
wrong is said together, so that one look mends one start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, EnvValidationError
from marshmallow import validate
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.blobs import StorageSettings

ROOT = Path(__file__).resolve().parents[2]
MIN_SECRET_BYTES = 32


class BadSettings(Exception):
    """Some settings are missing or wrong; `problems` names every one."""

    def __init__(self, problems: Mapping[str, list[str]]):
        self.problems = dict(problems)
        lines = [f"  {name}: {' '.join(words)}" for name, words in sorted(self.problems.items())]
        super().__init__("These settings need mending:\n" + "\n".join(lines))


@dataclass(frozen=True)
class Settings:
    """All that can be set from outside."""

    database_url: str
    storage: StorageSettings
    secret_key: str
    public_url: str
    pwa_folder: Path
    log_level: str
    proxy_hops: int

    @property
    def is_sqlite(self) -> bool:
        """True when one SQLite file is the database."""
        return self.database_url.startswith("sqlite")

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over TLS alone as soon as the public address is https."""
        return self.public_url.startswith("https://")


def load_settings() -> Settings:
    """The settings from the environment. Raises BadSettings naming every bad or missing value."""
    env = Env(eager=False)
    with env.prefixed("ROUNDS_"):
        database_url = env.str("DATABASE_URL", f"sqlite:///{ROOT / 'var' / 'rounds.sqlite3'}")
        secret = env.str("SECRET_KEY", None)
        secret_file = env.str("SECRET_KEY_FILE", None)
        public_url = env.str("PUBLIC_URL", "http://localhost:8000")
        pwa_folder = env.str("PWA_FOLDER", str(ROOT / "pwa" / "dist"))
        log_level = env.str(
            "LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
        )
        proxy_hops = env.int("PROXY_HOPS", 0, validate=validate.Range(min=0, max=5))
        storage = StorageSettings(
            url=env.str("STORAGE_URL", str(ROOT / "var" / "photos")),
            endpoint_url=env.str("S3_ENDPOINT_URL", None),
            access_key=env.str("S3_ACCESS_KEY", None),
            secret_key=env.str("S3_SECRET_KEY", None),
            region=env.str("S3_REGION", "us-east-1"),
            addressing_style=env.str(
                "S3_ADDRESSING_STYLE", "auto", validate=validate.OneOf(["auto", "path", "virtual"])
            ),
            signature_version=env.str("S3_SIGNATURE", "s3v4", validate=validate.OneOf(["s3v4", "s3"])),
            checksums=env.str(
                "S3_CHECKSUMS", "when_required", validate=validate.OneOf(["when_required", "when_supported"])
            ),
            conditional_put=env.bool("S3_CONDITIONAL_PUT", True),
        )
    problems = _sealed(env)
    problems |= _faults_in(database_url, public_url, storage)
    secret_key = _secret(secret, secret_file, problems)
    if problems:
        raise BadSettings(problems)
    return Settings(
        database_url=_with_driver(database_url),
        storage=storage,
        secret_key=secret_key,
        public_url=public_url.rstrip("/"),
        pwa_folder=Path(pwa_folder),
        log_level=log_level,
        proxy_hops=proxy_hops,
    )


def _sealed(env: Env) -> dict[str, list[str]]:
    try:
        env.seal()
    except EnvValidationError as error:
        messages = error.error_messages
        if isinstance(messages, Mapping):
            return {str(name): [str(word) for word in words] for name, words in messages.items()}
        return {"environment": [str(messages)]}
    return {}


def _secret(value: str | None, file: str | None, problems: dict[str, list[str]]) -> str:
    if value is None and file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            problems["ROUNDS_SECRET_KEY_FILE"] = [f"cannot be read: {error.strerror}."]
            return ""
    if value is None:
        problems["ROUNDS_SECRET_KEY"] = ["is missing; set it or ROUNDS_SECRET_KEY_FILE."]
        return ""
    if len(value.encode()) < MIN_SECRET_BYTES:
        problems["ROUNDS_SECRET_KEY"] = [f"is shorter than {MIN_SECRET_BYTES} bytes."]
    return value


def _faults_in(database_url: str, public_url: str, storage: StorageSettings) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    try:
        backend = make_url(database_url).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        problems["ROUNDS_DATABASE_URL"] = ["must begin with sqlite:/// or postgresql://."]
    parts = urlsplit(public_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        problems["ROUNDS_PUBLIC_URL"] = ["must be an http or https address."]
    if storage.url.startswith("s3://"):
        if not urlsplit(storage.url).netloc:
            problems["ROUNDS_STORAGE_URL"] = ["names no bucket."]
        if bool(storage.access_key) != bool(storage.secret_key):
            problems["ROUNDS_S3_ACCESS_KEY"] = ["and ROUNDS_S3_SECRET_KEY go together."]
    elif "://" in storage.url and not storage.url.startswith("file://"):
        problems["ROUNDS_STORAGE_URL"] = ["must be a folder or s3://bucket."]
    return problems


def _with_driver(database_url: str) -> str:
    url = make_url(database_url)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)
