"""Runs all checks by groups and says what each came to. Usage: check.py [GROUP …]

A group that finds no test has failed: a check that cannot fail is none.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "test-results"
BIN = Path(sys.executable).parent


@dataclass
class Outcome:
    """What one group came to."""

    name: str
    passed: int
    failed: int
    seconds: float


def pytest(folder: str, *more: str) -> list[str]:
    return [str(BIN / "pytest"), "-q", "--no-header", "--tb=short", folder, *more]


LINTS: dict[str, tuple[list[str], str]] = {
    "ruff": ([str(BIN / "ruff"), "check", "-q", "."], "."),
    "ruff format": ([str(BIN / "ruff"), "format", "--check", "-q", "."], "."),
    "mypy": ([str(BIN / "mypy"), "--no-error-summary"], "."),
    "import-linter": ([str(BIN / "lint-imports"), "--no-cache"], "."),
    "eslint": (["npm", "run", "--silent", "lint"], "pwa"),
    "vue-tsc": (["npm", "run", "--silent", "typecheck"], "pwa"),
}
TESTS: dict[str, tuple[list[str], dict[str, str], str]] = {
    "unit": (pytest("tests/unit"), {}, "."),
    "architecture": (pytest("tests/architecture"), {}, "."),
    "pwa-unit": (
        ["npx", "--no-install", "vitest", "run", "--reporter=default", "--reporter=junit"],
        {},
        "pwa",
    ),
    "storage": (pytest("tests/storage", "-n", "2"), {}, "."),
    "api-sqlite": (pytest("tests/api", "-n", "2"), {"ROUNDS_TEST_DATABASE": "sqlite"}, "."),
    "api-postgresql": (pytest("tests/api", "-n", "2"), {"ROUNDS_TEST_DATABASE": "postgresql"}, "."),
    "migrations": (pytest("tests/migrations"), {}, "."),
    "reliability": (pytest("tests/reliability/test_exactly_once.py"), {}, "."),
    "e2e": (pytest("tests/e2e"), {}, "."),
}
# Long ones with bad networks and killed browsers; asked for by name: make test GROUP=drills
DRILLS: dict[str, tuple[list[str], dict[str, str], str]] = {
    "drills": (
        pytest("tests/reliability", "--ignore=tests/reliability/test_exactly_once.py"),
        {},
        ".",
    ),
}
GROUPS = ("lint", *TESTS)


def main() -> int:
    wanted = sys.argv[1:] or list(GROUPS)
    unknown = [name for name in wanted if name not in (*GROUPS, *DRILLS)]
    if unknown:
        print(f"There is no group {unknown[0]}; there are {', '.join((*GROUPS, *DRILLS))}.")
        return 2
    RESULTS.mkdir(exist_ok=True)
    outcomes = [lint() if name == "lint" else test(name) for name in wanted]
    return tell(outcomes)


def lint() -> Outcome:
    began, passed, failed = time.monotonic(), 0, 0
    for name, (command, folder) in LINTS.items():
        print(f"── {name}", flush=True)
        if subprocess.run(command, cwd=ROOT / folder, check=False).returncode:
            failed += 1
        else:
            passed += 1
    return Outcome("lint", passed, failed, time.monotonic() - began)


def test(name: str) -> Outcome:
    command, extra, folder = (TESTS | DRILLS)[name]
    print(f"── {name}", flush=True)
    began = time.monotonic()
    report = RESULTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    option = f"--outputFile.junit={report}" if "vitest" in command else f"--junitxml={report}"
    code = subprocess.run(
        [*command, option], cwd=ROOT / folder, env={**os.environ, **extra}, check=False
    ).returncode
    passed, failed = counted(report)
    if failed and name == "e2e":
        # A browser on a busy machine may miss a moment; what fails twice has failed.
        print(f"── {name}: {failed} failed and are tried once more", flush=True)
        code = subprocess.run(
            [*command, "--last-failed", option], cwd=ROOT / folder, env={**os.environ, **extra}, check=False
        ).returncode
        mended, failed = counted(report)
        passed += mended
    if code and not failed:
        failed = 1
    if not passed and not failed:
        print(f"{name} found no test")
        failed = 1
    return Outcome(name, passed, failed, time.monotonic() - began)


def counted(report: Path) -> tuple[int, int]:
    if not report.exists():
        return 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    tests = sum(int(s.get("tests", 0)) for s in suites)
    failed = sum(int(s.get("failures", 0)) + int(s.get("errors", 0)) for s in suites)
    skipped = sum(int(s.get("skipped", 0)) for s in suites)
    if skipped:
        print(f"{skipped} skipped tests count as failed")
    return tests - failed - skipped, failed + skipped


def tell(outcomes: list[Outcome]) -> int:
    print("\n" + f"{'group':<16}{'passed':>8}{'failed':>8}{'seconds':>9}")
    for o in outcomes:
        print(f"{o.name:<16}{o.passed:>8}{o.failed:>8}{o.seconds:>9.1f}")
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
