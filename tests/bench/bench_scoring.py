"""How quickly inspections are scored: 10,000 of 45 answers, in one process.

Run it as `.venv/bin/python -m tests.bench.bench_scoring`; it prints the median of several runs, and first
proves that what it measures gives exactly what `score` gives.
"""

import platform
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from api.checklists.content import with_defaults
from api.inspections.bulk import Replay
from api.inspections.explaining import explain
from api.inspections.scoring import Scorer, score
from tests.support.checklist_items import KINDS, a_text
from tests.support.checklists import DAY, an_answer

REPORTS, SECTIONS, ITEMS, RUNS = 10_000, 9, 5, 5
OWN: dict[str, dict[str, Any]] = {
    "numeric": {"min": 0, "max": 8, "warn_max": 6, "unit": "℃"},
    "single": {
        "choices": [{"key": k, "name": a_text(k), "percent": p} for k, p in (("a", 100), ("b", 33.333))]
    },
    "multiple": {
        "base": 100,
        "choices": [{"key": k, "name": a_text(k), "percent": -30} for k in "abc"],
    },
    "barcode": {"codes": ["A-1", "A-2"]},
}


def a_checklist_of_45(mode: str) -> dict[str, Any]:
    """All kinds, a redline and two key items, floors, weights; no two sections alike."""
    sections = []
    for s in range(SECTIONS):
        items = []
        for i in range(ITEMS):
            kind = KINDS[(s * ITEMS + i) % len(KINDS)]
            flag = {0: "redline", 7: "key", 23: "key"}.get(s * ITEMS + i, "general")
            item = {"key": f"{s}-{i}", "text": a_text("item"), "kind": kind, "points": [2, 3.5, 10][i % 3]}
            items.append({**item, "flag": flag, "weight": [1, 1, 1.5][s % 3], **OWN.get(kind, {})})
        name, floor = a_text("section"), [None, 60][s % 2]
        sections.append({"key": f"s{s}", "name": name, "weight": 5 + s, "floor": floor, "items": items})
    return with_defaults({"scoring": {"mode": mode}, "sections": sections})


def reports(content: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """As many reports, with the answers as they lie in the database."""
    dice = random.Random(7)
    items = [item for section in content["sections"] for item in section["items"]]
    return [[_stored(an_answer(dice, item)) for item in items] for _ in range(REPORTS)]


def _stored(answer: dict[str, Any]) -> dict[str, Any]:
    kept = {name: answer[name] for name in ("item_key", "result", "value")}
    return kept | {"photos": bool(answer["photos"])}


def medians(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of the processor: the middle ones of several runs."""
    clock, processor = [], []
    for _ in range(RUNS):
        start, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return statistics.median(clock), statistics.median(processor)


def main() -> None:
    """Prints one line for each way of scoring."""
    print(f"Python {platform.python_version()}, {REPORTS} reports of {SECTIONS * ITEMS} answers, {RUNS} runs")
    for mode in ("additive", "section_weighted", "deduct"):
        content = a_checklist_of_45(mode)
        given = reports(content)
        prove(content, given)
        one = given[:1000]
        ways: list[tuple[str, int, Callable[[], object]]] = [
            ("replayed (score, band, outcome)", REPORTS, lambda c=content, g=given: replay(c, g)),
            ("one Scorer, with trace", REPORTS, lambda c=content, g=given: in_one(c, g)),
            ("score(), each by itself", len(one), lambda c=content, g=one: [score(c, a, DAY) for a in g]),
            ("explain(), each by itself", len(one), lambda c=content, g=one: [explain(c, a, DAY) for a in g]),
        ]
        for name, count, work in ways:
            clock, used = medians(work)
            rate = f"{count / clock:9,.0f} a second, {count / used:9,.0f} a second of the processor"
            print(f"{mode:17} {name:32} {clock:7.3f} s {rate}")


def replay(content: dict[str, Any], given: list[list[dict[str, Any]]]) -> list[object]:
    """The way of a rehearsal, with laying out the checklist."""
    scored = Replay(content)
    return [scored.outcome(answers, DAY) for answers in given]


def in_one(content: dict[str, Any], given: list[list[dict[str, Any]]]) -> list[object]:
    """Whole scores with their traces."""
    scorer = Scorer(content)
    return [scorer.score(answers, DAY) for answers in given]


def prove(content: dict[str, Any], given: list[list[dict[str, Any]]]) -> None:
    """Every one of them is exactly what `score` gives."""
    replayed, whole = replay(content, given), in_one(content, given)
    for answers, short, long in zip(given, replayed, whole, strict=True):
        alone = score(content, answers, DAY)
        tenths = None if alone.score is None else int(alone.score * 10)
        assert long == alone
        assert short == (tenths, alone.band, alone.outcome)


if __name__ == "__main__":
    main()
