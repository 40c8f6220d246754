"""The steps from raw score to band, as facts: what a store is shown when it asks why.

The order is fixed: raw, bonus, redline, key, section_floor, band, repeat; a step that changed nothing and
could not have changed anything is left out. Numbers are plain JSON numbers, scores to a tenth.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from api.inspections.tally import Tally, points
from api.inspections.verdict import Rules, Verdict, tenths

Step = dict[str, Any]


def plain(number: Decimal | None) -> int | float | None:
    """A decimal as the JSON number that reads the same."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def score_of(amount: int) -> int | float:
    """Tenths as a plain JSON number."""
    return amount // 10 if amount % 10 == 0 else amount / 10


def rate_of(sums: tuple[int, int]) -> int | None:
    """The rate of a section in tenths of a percent; None when nothing in it was scored."""
    earned, possible = sums
    return (2000 * earned + possible) // (2 * possible) if possible else None


def steps(
    content: Mapping[str, Any], rules: Rules, tally: Tally, found: Verdict | None, repeats: Sequence[str]
) -> list[Step]:
    """The trace of a verdict."""
    trace = [_raw(rules, tally, found)]
    if found is not None:
        trace.extend(_after_raw(content, rules, tally, found))
    if repeats:
        trace.append({"step": "repeat", "items": list(repeats)})
    return trace


def _raw(rules: Rules, tally: Tally, found: Verdict | None) -> Step:
    return {
        "step": "raw",
        "mode": rules.mode,
        "earned": plain(points(tally.earned)),
        "max": plain(points(tally.max)),
        "value": None if found is None else score_of(tenths(found.raw)),
    }


def _after_raw(content: Mapping[str, Any], rules: Rules, tally: Tally, found: Verdict) -> Iterator[Step]:
    given = content["scoring"]
    if tally.bonus:
        earned = points(tally.bonus)
        added = min(earned, Decimal(str(given["bonus_cap"])))
        value = score_of(tenths(found.with_bonus))
        yield {"step": "bonus", "earned": plain(earned), "added": plain(added), "value": value}
    if tally.redline:
        value = score_of(tenths(found.after_redline))
        yield {
            "step": "redline",
            "items": list(tally.redline),
            "policy": rules.redline_policy,
            "value": value,
        }
    if tally.key:
        unrated = found.band is None
        effect = {"effect": "unrated"} if unrated else {"effect": "cap", "cap": rules.names[rules.cap]}
        yield {"step": "key", "items": list(tally.key)} | effect
    for place in found.under:
        yield _floor(content["sections"][place], rules, tally.sections[place], found)
    yield {"step": "band", "score": score_of(found.score), "band": found.band, "outcome": found.outcome}


def _floor(section: Mapping[str, Any], rules: Rules, sums: tuple[int, int], found: Verdict) -> Step:
    rate = rate_of(sums)
    effect: Step = (
        {"value": score_of(tenths(found.after_floors))}
        if rules.floor_caps
        else {"cap": rules.names[rules.cap]}
    )
    return {
        "step": "section_floor",
        "section": section["key"],
        "rate": None if rate is None else score_of(rate),
        "floor": plain(Decimal(str(section["floor"]))),
    } | effect
