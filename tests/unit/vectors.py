"""The truth tables that pytest and vitest read alike."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "vectors"


def table(name: str) -> list[dict[str, Any]]:
    """All cases of one table."""
    cases: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def named(cases: list[dict[str, Any]]) -> list[str]:
    """What to call each case in a test's name."""
    return [str(case.get("name", i)) for i, case in enumerate(cases)]
