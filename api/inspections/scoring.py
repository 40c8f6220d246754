"""The score of a report and why it is what it is.

Points earned are set against points possible. "Not applicable", "could not be checked" and unanswered
items leave both sides. `tally` adds up, `verdict` decides, `trace` tells the steps; here they meet. A
`Scorer` keeps one checklist in force laid out for many reports; `score` is the same for one. Domain rules 4.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from api.inspections.tally import Mark, Sheet, Tally, points
from api.inspections.trace import plain, rate_of, steps
from api.inspections.verdict import Rules, Verdict, tenths, verdict

__all__ = ["Answers", "Score", "Scorer", "SectionScore", "plain", "score"]
_RANKED_PERCENT = 60
Answers = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class SectionScore:
    """Points of one section; `rate` in percent to a tenth, None when nothing in it was scored."""

    key: str
    earned: Decimal
    max: Decimal
    rate: Decimal | None


@dataclass(frozen=True)
class Score:
    """The result. Numbers are exact decimals; `score` and `raw` are 0 to 100 with one decimal."""

    earned: Decimal
    max: Decimal
    raw: Decimal | None
    score: Decimal | None
    band: str | None
    outcome: str
    ranked: bool
    redline_failed: list[str]
    key_failed: list[str]
    findings: list[str]
    repeats: list[str]
    coverage: dict[str, int]
    sections: list[SectionScore]
    trace: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """With plain JSON numbers."""
        sections = [
            {"key": s.key, "earned": plain(s.earned), "max": plain(s.max), "rate": plain(s.rate)}
            for s in self.sections
        ]
        numbers = {name: plain(getattr(self, name)) for name in ("earned", "max", "raw", "score")}
        return {**self.__dict__, **numbers, "sections": sections}


class Scorer:
    """One checklist in force, ready to score any number of reports."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.sheet = Sheet(content)
        self.rules = Rules(content)

    def score(self, answers: Answers, on_date: date, earlier: Collection[str] = ()) -> Score:
        """The score with everything that explains it; `earlier` as in `score`."""
        return self.score_of(self.sheet.marks(answers, on_date), earlier)

    def verdict(self, marks: Sequence[Mark]) -> Verdict | None:
        """The verdict alone; None when nothing was scored."""
        return verdict(self.rules, self.sheet.tally(marks))

    def score_of(self, marks: Sequence[Mark], earlier: Collection[str] = ()) -> Score:
        """The score of answers that were marked already."""
        tally = self.sheet.tally(marks)
        found = verdict(self.rules, tally)
        repeats = [key for key in tally.findings if key in earlier]
        return Score(
            earned=points(tally.earned),
            max=points(tally.max),
            raw=None if found is None else _tenth(tenths(found.raw)),
            score=None if found is None else _tenth(found.score),
            band=None if found is None else found.band,
            outcome="not_scored" if found is None else found.outcome,
            ranked=found is not None and tally.max * 100 >= self.sheet.full * _RANKED_PERCENT,
            redline_failed=list(tally.redline),
            key_failed=list(tally.key),
            findings=list(tally.findings),
            repeats=repeats,
            coverage=_coverage(marks),
            sections=self._sections(tally),
            trace=steps(self.content, self.rules, tally, found, repeats),
        )

    def _sections(self, tally: Tally) -> list[SectionScore]:
        return [
            SectionScore(section["key"], points(sums[0]), points(sums[1]), _tenth(rate_of(sums)))
            for (section, _, _), sums in zip(self.sheet.sections, tally.sections, strict=True)
        ]


def score(
    content: Mapping[str, Any], answers: Answers, on_date: date, earlier: Collection[str] = ()
) -> Score:
    """The score of these answers to the checklist in force.

    Unanswered items count like "not applicable", as in a preview. `earlier` holds the keys of items that
    failed in one of the last two visits within 90 days; those that fail again are the `repeats`.
    """
    return Scorer(content).score(answers, on_date, earlier)


def _tenth(amount: int | None) -> Any:
    return None if amount is None else Decimal(amount) / 10


def _coverage(marks: Sequence[Mark]) -> dict[str, int]:
    results = [mark.result for mark in marks]
    aside = {name: results.count(name) for name in ("na", "cannot_check", "unanswered")}
    return {"total": len(results), "scored": len(results) - sum(aside.values())} | aside
