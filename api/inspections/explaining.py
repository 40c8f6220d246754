"""A score that everybody can explain: its steps in words, what each item cost, and what mending restores.

An item is asked "what if you alone had been right?", and the report is scored again with just that
changed. Caps are kept in mind: behind a failed redline a general item costs nothing, and is told so.
Dearest items come first. The phone's twin is pwa/src/domain/explaining.ts.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from api.inspections.score_words import item_words, trace_words
from api.inspections.scoring import Answers, Scorer
from api.inspections.tally import Line, Mark, points
from api.inspections.trace import plain, score_of
from api.inspections.verdict import Verdict

_FLAGS = ("redline", "key", "general")


def explain(
    content: Mapping[str, Any], answers: Answers, on_date: date, earlier: Collection[str] = ()
) -> dict[str, Any]:
    """The explanation of a score, in the shape of type Explanation; arguments as in `score`.

    `words` has one sentence for each step of the trace. `items` are those that lost points or are
    findings; `all_closed` is what the report would have come to with every finding put right.
    """
    scorer = Scorer(content)
    marks = scorer.sheet.marks(answers, on_date)
    found = scorer.score_of(marks, earlier)
    shown = found.as_json()
    return {
        "score": shown,
        "words": trace_words(content, shown),
        "items": _costs(scorer, marks),
        "all_closed": _what_if(scorer.verdict(scorer.sheet.righted(marks, set(found.findings)))),
    }


def what_if(
    content: Mapping[str, Any], answers: Answers, on_date: date, closed: Collection[str]
) -> dict[str, Any]:
    """Score, band and outcome as if these items had been right; those set aside or unknown stay so."""
    scorer = Scorer(content)
    marks = scorer.sheet.righted(scorer.sheet.marks(answers, on_date), set(closed))
    return _what_if(scorer.verdict(marks))


def _what_if(found: Verdict | None) -> dict[str, Any]:
    if found is None:
        return {"score": None, "band": None, "outcome": "not_scored"}
    return {"score": score_of(found.score), "band": found.band, "outcome": found.outcome}


def _costs(scorer: Scorer, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    now = scorer.verdict(marks)
    costs = [
        (_place(cost, line, mark), shown)
        for line, mark in zip(scorer.sheet.lines, marks, strict=True)
        if mark.finding or mark.earned < mark.max
        for cost, shown in [_cost(scorer, marks, now, line, mark)]
    ]
    return [shown for _, shown in sorted(costs, key=lambda one: one[0])]


def _place(cost: int, line: Line, mark: Mark) -> tuple[int, int, int]:
    """Dearest first; then redline before key before general, then what lost more points."""
    return -cost, _FLAGS.index(line.flag), mark.earned - mark.max


def _cost(
    scorer: Scorer, marks: Sequence[Mark], now: Verdict | None, line: Line, mark: Mark
) -> tuple[int, dict[str, Any]]:
    then = scorer.verdict(scorer.sheet.righted(marks, {line.key}))
    cost = 0 if now is None or then is None else then.score - now.score
    lost, possible = plain(points(mark.max - mark.earned)), plain(points(mark.max))
    closed = _what_if(then)
    facts = {"lost": lost, "max": possible, "cost": score_of(cost)}
    facts |= {"score": closed["score"], "band": closed["band"]}
    follows = _follows(now, then)
    words = item_words(line.item, mark.result, facts, _effect(cost, follows, then), follows)
    section = scorer.sheet.sections[line.place][0]
    return cost, {
        "item_key": line.key,
        "section_key": section["key"],
        "flag": line.flag,
        "lost": lost,
        "cost": score_of(cost),
        "if_closed": closed,
        "words": words,
    }


def _follows(now: Verdict | None, then: Verdict | None) -> list[str]:
    """What else changes when an item is put right: the band, and whether the report passes."""
    if now is None or then is None:
        return []
    band = ["band"] if then.band is not None and then.band != now.band else []
    return band + (["pass"] if then.outcome == "pass" != now.outcome else [])


def _effect(cost: int, follows: Sequence[str], then: Verdict | None) -> str:
    if then is None:
        return "none"
    if cost:
        return "rise"
    if follows:
        return "stays"
    return "held" if then.after_floors < then.with_bonus else "small"
