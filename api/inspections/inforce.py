"""The checklist that counts in one store at one visit.

What does not apply to the store or the hour is left out; a repeated section becomes one section for
each thing that was walked; and what earlier answers do not call for is left out too. Judging, scoring
and explaining see only what remains. Answers to anything else do not count. docs/checklist-format.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from api.checklists.content_defaults import REPEAT
from api.checklists.keys import round_key
from api.inspections.conditions import Asked, applies, is_bounded, is_met
from api.inspections.dayparts import daypart
from api.inspections.judgement import SET_ASIDE, judge

_NO_VALUE = (*SET_ASIDE, "unanswered")
Thing = Mapping[str, Any]


def context_of(
    store_type: str, tags: Sequence[str], region_codes: Sequence[str], local_time: datetime | time
) -> dict[str, Any]:
    """What is known of a store at the beginning of a visit; regions from its own up to the root."""
    return {
        "store_type": store_type,
        "tags": sorted(set(tags)),
        "region_codes": list(region_codes),
        "daypart": daypart(local_time),
    }


def same_context(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True when both say the same of the store and the hour; the order of lists means nothing."""
    return facts_of(one) == facts_of(other)


def facts_of(context: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a context says, as something that can be looked up."""
    lists = (frozenset(context.get(name) or ()) for name in ("tags", "region_codes"))
    return context.get("store_type"), context.get("daypart"), *lists


def in_force(
    content: Mapping[str, Any],
    context: Mapping[str, Any] | None,
    answers: Sequence[Mapping[str, Any]],
    rounds: Mapping[str, Sequence[str]],
    on_date: date,
) -> Mapping[str, Any]:
    """The checklist with what is asked, and nothing else; without a context everything applies.

    What remains asks for nothing any more: it has neither repeats nor conditions of its own. A
    checklist without repeats, conditions and bounds is given back as it is.
    """
    if not any(_is_conditional(thing, context) for thing in _things(content)):
        return content
    walk = _Walk({answer["item_key"]: answer for answer in answers}, on_date)
    sections = [
        shown
        for section in content["sections"]
        if context is None or applies(section, context)
        for single, number in _rounds(section, rounds)
        if (shown := walk.section(single, number, context)) is not None
    ]
    return {**content, "sections": sections}


def _things(content: Mapping[str, Any]) -> Iterator[Thing]:
    for section in content["sections"]:
        yield section
        yield from section["items"]


def _is_conditional(thing: Thing, context: Mapping[str, Any] | None) -> bool:
    asks = thing.get("show_if") is not None or thing.get("repeat") is not None
    return asks or (context is not None and is_bounded(thing))


def _rounds(section: Thing, rounds: Mapping[str, Sequence[str]]) -> Iterator[tuple[Thing, int | None]]:
    """The section itself, or once for each round with the round's number."""
    if section.get("repeat") is None:
        yield section, None
        return
    repeat = {**REPEAT, **section["repeat"]}
    named = rounds.get(section["key"])
    walked = 1 if named is None else len(named)
    for number in range(1, min(max(walked, repeat["min"]), repeat["max"]) + 1):
        yield {**section, "key": round_key(section["key"], number), "repeat": None}, number


class _Walk:
    """From the first item to the last, remembering which were shown and so can be asked about."""

    def __init__(self, given: Mapping[str, Mapping[str, Any]], on_date: date) -> None:
        self._given = given
        self._on_date = on_date
        self._shown: dict[str, Thing] = {}

    def section(self, section: Thing, number: int | None, context: Mapping[str, Any] | None) -> Thing | None:
        """The section with the items that are asked; None when there are none."""
        asked = self._asking(section, number)
        if not _is_called_for(section, asked):
            return None
        items = []
        for item in section["items"]:
            if (context is None or applies(item, context)) and _is_called_for(item, asked):
                shown = _asked_in_round(item, number)
                self._shown[shown["key"]] = shown
                items.append(shown)
        return {**section, "items": items, "show_if": None} if items else None

    def _asking(self, section: Thing, number: int | None) -> Asked:
        """How conditions look back from here: within a repeated section at the same round."""
        own = frozenset() if number is None else frozenset(item["key"] for item in section["items"])

        def asked(key: str) -> tuple[str, Any]:
            return self._judged(round_key(key, number) if number is not None and key in own else key)

        return asked

    def _judged(self, key: str) -> tuple[str, Any]:
        item = self._shown.get(key)
        if item is None:
            return "unanswered", None
        answer = self._given.get(key)
        result = judge(item, answer, self._on_date).result
        return result, None if answer is None or result in _NO_VALUE else answer.get("value")


def _is_called_for(thing: Thing, asked: Asked) -> bool:
    condition = thing.get("show_if")
    return condition is None or is_met(condition, asked)


def _asked_in_round(item: Thing, number: int | None) -> Thing:
    if number is not None:
        return {**item, "key": round_key(item["key"], number), "show_if": None}
    return item if item.get("show_if") is None else {**item, "show_if": None}
