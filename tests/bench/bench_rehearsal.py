"""How long it takes to rehearse a draft over 20,000 inspections of 45 answers.

Usage: .venv/bin/python -m tests.bench.bench_rehearsal [INSPECTIONS]

Fills SQLite and PostgreSQL, starts a job process on each (`flask jobs run`), asks over the API as the
app does, and follows the errand until it is done. Two drafts: one with other points and limits, and one
whose conditions and stores decide what is asked, so that every stored document must be read.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from api.app import create_app
from api.core.config import ROOT, Settings
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.bench import past
from tests.support.company import Company
from tests.support.real_parts import postgres

SECRET = "b" * 40
LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 300


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(
        f"{'database':<12}{'draft':<14}{'seconds':>9}{'of them CPU':>13}{'a second':>10}{'steps seen':>12}{'peak MB':>9}"
    )
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as name:
        folder = Path(name)
        bench("SQLite", f"sqlite:///{folder / 'rounds.sqlite3'}", folder, count)
        with postgres() as url:
            bench("PostgreSQL", url, folder, count)


def bench(database: str, url: str, folder: Path, count: int) -> None:
    storage = StorageSettings(url=str(folder))
    driver_url = url.replace("postgresql://", "postgresql+psycopg://")
    app = create_app(Settings(driver_url, storage, SECRET, "http://localhost:8000", folder, "ERROR", 0))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
    company = past.make(app, count)
    with jobs(url, folder) as process:
        rehearse(
            company, process, past.changed(past.content()), 1
        )  # The process is up and its caches are warm.
        for name, draft in (("points", past.changed(past.content())), ("conditions", past.asking())):
            before = cpu_seconds(process.pid)
            seconds, steps, inspections = rehearse(company, process, draft, count)
            cpu = cpu_seconds(process.pid) - before
            assert inspections == count, inspections
            rate, peak = count / seconds, peak_mb(process.pid)
            figures = f"{seconds:>9.1f}{cpu:>13.1f}{rate:>10,.0f}{steps:>12}{peak:>9}"
            print(f"{database:<12}{name:<14}{figures}", flush=True)


@contextmanager
def jobs(url: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    env = os.environ | {
        "ROUNDS_DATABASE_URL": url,
        "ROUNDS_STORAGE_URL": str(folder),
        "ROUNDS_SECRET_KEY": SECRET,
        "ROUNDS_LOG_LEVEL": "ERROR",
    }
    command = [Path(sys.executable).with_name("flask"), "--app", "wsgi", "jobs", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def rehearse(
    company: Company, process: "subprocess.Popen[bytes]", draft: dict[str, Any], last: int
) -> tuple[float, int, int]:
    """Seconds from asking to the result, how many steps of progress were seen, and the inspections."""
    path = f"/checklists/{company.checklist}"
    revision = company.admin.get(path)[1]["draft_revision"]
    status, kept = company.admin.call("PUT", f"{path}/draft", {"content": draft, "revision": revision})
    assert status == 200, kept
    began = time.monotonic()
    body = {"revision": kept["draft_revision"], "last": last}
    status, errand = company.admin.post(f"{path}/rehearsals", body)
    assert status == 202, errand
    steps: set[int] = set()
    while errand["state"] in ("waiting", "running"):
        assert process.poll() is None and time.monotonic() - began < PATIENCE_SECONDS, errand
        time.sleep(LOOK_SECONDS)
        errand = company.admin.get(f"/errands/{errand['id']}")[1]
        if errand["state"] == "running":
            steps.add(errand["done"])
    assert errand["state"] == "done", errand
    return time.monotonic() - began, len(steps), errand["result"]["inspections"]


def cpu_seconds(pid: int) -> float:
    """What the process itself has reckoned so far; other programs on the machine do not count."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> int:
    """The most memory that the process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
