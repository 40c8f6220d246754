"""Scoring very many reports by one checklist: the same rules as for one report, laid out once.

What is in force may differ from report to report. What applies to a store is found once for all stores
alike, and each selection of items that occurs is laid out once and kept. Nothing is rounded or decided here.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api.inspections.conditions import applies
from api.inspections.inforce import facts_of, in_force
from api.inspections.scoring import Answers, Scorer

Outcome = tuple[int | None, str | None, str]
_REMEMBERED = 200


class Replay:
    """Scores stored answers by one checklist, which may hold conditions, bounds and repeated sections."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content
        self._whole = None if _varies(content) else Scorer(content)
        self._known: dict[tuple[str, ...], Scorer] = {}
        self._applying: dict[Any, tuple[Mapping[str, Any], Scorer | None]] = {}

    def outcome(
        self,
        answers: Answers,
        on_date: date,
        context: Mapping[str, Any] | None = None,
        rounds: Mapping[str, Sequence[str]] | None = None,
    ) -> Outcome:
        """Score in tenths, band and outcome, exactly as `score` gives them for what is in force.

        Of an answer count `item_key`, `result`, `value` and whether there are `photos`. Without a context
        it is not asked where an item applies.
        """
        scorer = self._whole or self._scorer_for(answers, on_date, context, rounds or {})
        found = scorer.verdict(scorer.sheet.marks(answers, on_date))
        return (None, None, "not_scored") if found is None else (found.score, found.band, found.outcome)

    def _scorer_for(
        self,
        answers: Answers,
        on_date: date,
        context: Mapping[str, Any] | None,
        rounds: Mapping[str, Sequence[str]],
    ) -> Scorer:
        content, scorer = self._applying_in(context)
        return scorer or self._scorer(in_force(content, None, answers, rounds, on_date))

    def _applying_in(self, context: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], Scorer | None]:
        """What applies to such a store, and its scorer when answers and rounds change nothing more."""
        alike = None if context is None else facts_of(context)
        found = self._applying.get(alike)
        if found is None:
            if len(self._applying) >= _REMEMBERED:
                self._applying.clear()
            content = _applying(self._content, context)
            found = self._applying[alike] = (content, None if _varies(content) else Scorer(content))
        return found

    def _scorer(self, content: Mapping[str, Any]) -> Scorer:
        """The items in force say which sections are, so their keys are enough to know a selection by."""
        keys = tuple(item["key"] for section in content["sections"] for item in section["items"])
        scorer = self._known.get(keys)
        if scorer is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            scorer = self._known[keys] = Scorer(content)
        return scorer


def _applying(content: Mapping[str, Any], context: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The checklist with what applies here, and no bounds any more; sections left empty are left out."""
    sections = [
        {
            **section,
            "applies": {},
            "items": [
                {**item, "applies": {}}
                for item in section["items"]
                if context is None or applies(item, context)
            ],
        }
        for section in content["sections"]
        if context is None or applies(section, context)
    ]
    return {**content, "sections": [section for section in sections if section["items"]]}


def _varies(content: Mapping[str, Any]) -> bool:
    """True when not every report answers the same items."""
    things = [thing for section in content["sections"] for thing in (section, *section["items"])]
    return any(
        thing.get("repeat") is not None
        or thing.get("show_if") is not None
        or any((thing.get("applies") or {}).values())
        for thing in things
    )
