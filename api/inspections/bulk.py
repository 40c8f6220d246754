"""Scoring very many reports by one checklist: the same rules as for one report, laid out once.

What is in force may differ from report to report. What applies to a store is found once for all stores
alike, and each selection of items that occurs is laid out once and kept. Nothing is rounded or decided here.
"""

from collections.abc import Iterator, Mapping, Sequence
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
        self._stores: dict[Any, _Alike] = {}

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
        here = self._alike(context)
        if here.scorer is not None:
            return here.scorer
        sign = here.sign(answers, on_date)
        found = here.known.get(sign)
        if found is None:
            found = self._scorer(in_force(here.content, None, answers, rounds, on_date))
            if sign is not None:
                _remember(here.known, sign, found)
        return found

    def _alike(self, context: Mapping[str, Any] | None) -> "_Alike":
        facts = None if context is None else facts_of(context)
        found = self._stores.get(facts)
        if found is None:
            found = _Alike(_applying(self._content, context))
            _remember(self._stores, facts, found)
        return found

    def _scorer(self, content: Mapping[str, Any]) -> Scorer:
        """The items in force say which sections are, so their keys are enough to know a selection by."""
        keys = tuple(item["key"] for section in content["sections"] for item in section["items"])
        scorer = self._known.get(keys)
        if scorer is None:
            scorer = Scorer(content)
            _remember(self._known, keys, scorer)
        return scorer


class _Alike:
    """What applies to stores that are alike; and when conditions alone decide about the rest, which
    answers they look at: the same answers to those have called for the same items before."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.scorer = None if _varies(content) else Scorer(content)
        self.known: dict[Any, Scorer] = {}
        things = list(_things(content))
        self._in_rounds = any(thing.get("repeat") is not None for thing in things)
        self._asked = frozenset(key for thing in things for key in _asked_by(thing.get("show_if")))

    def sign(self, answers: Answers, on_date: date) -> Any:
        """By what the selection of items may be known again; None where rounds have their say."""
        if self._in_rounds:
            return None
        asked = self._asked
        looked_at = [
            (answer["item_key"], answer.get("result"), repr(answer.get("value")), not answer.get("photos"))
            for answer in answers
            if answer["item_key"] in asked
        ]
        return on_date, *sorted(looked_at, key=lambda one: one[0])


def _remember(known: dict[Any, Any], key: Any, what: Any) -> None:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = what


def _things(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for section in content["sections"]:
        yield section
        yield from section["items"]


def _asked_by(condition: Mapping[str, Any] | None) -> Iterator[str]:
    """The items that a condition looks at."""
    if condition is None:
        return
    if "item" in condition:
        yield condition["item"]
    for part in condition.get("all", ()) or condition.get("any", ()):
        yield from _asked_by(part)


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
    return any(
        thing.get("repeat") is not None
        or thing.get("show_if") is not None
        or any((thing.get("applies") or {}).values())
        for thing in _things(content)
    )
