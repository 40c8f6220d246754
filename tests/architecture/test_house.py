"""Rules of the house that a machine can check."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.core.config import ROOT, Settings
from storage.blobs import StorageSettings

LONGEST = 400


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (p for p in (ROOT / folder).rglob("*.py") if "migrations" not in p.parts)


def offenders(pattern: str, files: Iterator[Path], *, but: tuple[str, ...] = ()) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        if str(path.relative_to(ROOT)) not in but
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


@pytest.mark.parametrize(
    ("pattern", "only_in"),
    [
        (r"\.commit\(", ("api/core/transaction.py",)),
        (r"os\.environ|Env\(", ("api/core/config.py",)),
        (r"datetime\.now\(|utcnow\(|time\.time\(|date\.today\(", ("api/core/clock.py",)),
    ],
)
def test_one_place_commits_reads_the_environment_and_the_clock(
    pattern: str, only_in: tuple[str, ...]
) -> None:
    assert offenders(pattern, python_files("api"), but=only_in) == []
    for path in only_in:
        assert re.search(pattern, (ROOT / path).read_text(encoding="utf-8")), path


def test_routes_hold_no_selects() -> None:
    routes = (p for p in python_files("api") if p.name.endswith("routes.py"))
    assert offenders(r"select\(|db\.session", routes) == []


def test_files_stay_short() -> None:
    apps = (p for kind in ("ts", "vue", "css") for p in (ROOT / "pwa" / "src").rglob(f"*.{kind}"))
    files = [*python_files("api", "storage", "tests", "scripts"), *apps]
    assert len(files) > 100
    too_long = [
        str(p.relative_to(ROOT)) for p in files if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST
    ]
    assert too_long == []


def test_every_route_says_who_may_come_in(tmp_path: Path) -> None:
    settings = Settings(
        "sqlite://", StorageSettings(url=str(tmp_path)), "k" * 40, "http://localhost", tmp_path, "ERROR", 0
    )
    app = create_app(settings)
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    library = {"api-docs.openapi_json"}
    silent = [
        name for name, view in views.items() if not hasattr(view, "__rounds_access__") and name not in library
    ]
    assert silent == []
    public = {name for name, view in views.items() if getattr(view, "__rounds_access__", None) == "public"}
    assert public == {
        "auth.login",
        "auth.refresh",
        "health.livez",
        "health.readyz",
        "health.metrics",
        "docs.page",
        "docs.start",
        "pwa.app_file",
    }


def committed() -> list[Path]:
    names = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
        .stdout.decode()
        .split("\0")
    )
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_registry_and_no_path_of_one_machine_is_written_down() -> None:
    hosts = re.compile(
        r"pypi\.org|files\.pythonhosted|registry\.npmjs|npmmirror|/wor[k]/|/tmp/round[s]", re.IGNORECASE
    )
    this = Path(__file__)
    found = []
    for path in committed():
        if path == this or path.suffix in (".png", ".jpg", ".ico", ".woff2"):
            continue
        if hosts.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_nothing_is_left_for_later() -> None:
    words = re.compile(
        r"\b(TODO|FIXME|XXX)\b|mark\.skip|mark\.xfail|\b(it|test|describe)\.(skip|only|todo)\b"
    )
    found = [
        str(path.relative_to(ROOT))
        for path in committed()
        if path.suffix in (".py", ".ts", ".vue", ".sh")
        and path != Path(__file__)
        and words.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
