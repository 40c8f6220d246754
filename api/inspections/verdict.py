"""From the sums to the score: bonus, redline, section floors, the one rounding, band and outcome.

The number is rounded half-up to a tenth once, at the very end, and the band and the pass line look at
the rounded number, because that is what the store sees. A failed redline item fails the report; failed
key items and sections under their floor hold the band or the number down; the lowest cap wins.
Domain rules 4.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from api.inspections.kinds import exact
from api.inspections.tally import POINT, Tally, ticks

_HUNDRED = Fraction(100)


def exactly(number: Any) -> Fraction:
    """A JSON number as the fraction that reads the same."""
    return Fraction(exact(number))


def tenths(value: Fraction) -> int:
    """Whole tenths, rounded half-up; values are never negative."""
    above, below = value.numerator, value.denominator
    return (20 * above + below) // (2 * below)


class Rules:
    """How a checklist scores, with its numbers made exact."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        given = content["scoring"]
        self.mode: str = given["mode"]
        self.pass_line = exactly(given["pass_line"])
        self.names: list[str] = [name for name, _ in given["bands"]]
        self.least = [exactly(least) * 10 for _, least in given["bands"]]
        self.redline_policy: str = given["redline_policy"]
        self.redline_cap = exactly(given["redline_cap"])
        self.cap = self.names.index(given["key_cap"]) if given["key_cap"] in self.names else 0
        self.key_unrated: int = given["key_unrated"]
        self.bonus_cap = exactly(given["bonus_cap"])
        self.floor_caps = given.get("floor_effect", "band") == "cap"
        self.floor_cap = exactly(given.get("floor_cap", 79))
        sections = content["sections"]
        self.weights = [ticks(section.get("weight") or 0) for section in sections]
        floors = [section.get("floor") for section in sections]
        self.floors = [(place, ticks(floor)) for place, floor in enumerate(floors) if floor is not None]


class Verdict(NamedTuple):
    """The score in tenths, and the exact number after each step that led to it.

    `places` of bands count from the best: `own` by the number alone, `held` after the caps. `under`
    names the places of sections under their floors.
    """

    raw: Fraction
    with_bonus: Fraction
    after_redline: Fraction
    under: tuple[int, ...]
    after_floors: Fraction
    score: int
    own: int
    held: int
    band: str | None
    outcome: str


def verdict(rules: Rules, tally: Tally) -> Verdict | None:
    """The verdict on these sums; None when nothing was scored."""
    raw = _raw(rules, tally)
    if raw is None:
        return None
    with_bonus = _with_bonus(rules, tally, raw)
    after_redline = _after_redline(rules, with_bonus) if tally.redline else with_bonus
    under = tuple(place for place, floor in rules.floors if _is_under(tally.sections[place], floor))
    after_floors = min(after_redline, rules.floor_cap) if under and rules.floor_caps else after_redline
    score = tenths(after_floors)
    own = next((place for place, least in enumerate(rules.least) if score >= least), len(rules.names) - 1)
    held = len(rules.names) - 1 if tally.redline else own
    if tally.key or (under and not rules.floor_caps):
        held = max(held, rules.cap)
    unrated = bool(tally.key) and len(tally.key) >= rules.key_unrated
    passed = not tally.redline and not unrated and score >= rules.pass_line * 10
    return Verdict(
        raw,
        with_bonus,
        after_redline,
        under,
        after_floors,
        score,
        own,
        held,
        None if unrated else rules.names[held],
        "pass" if passed else "fail",
    )


def _raw(rules: Rules, tally: Tally) -> Fraction | None:
    """The exact number before bonus and caps, or None when nothing was scored."""
    if not tally.max:
        return None
    if rules.mode == "section_weighted":
        return _weighted(rules, tally)
    if rules.mode == "deduct":
        return max(Fraction(0), 100 - Fraction(tally.max - tally.earned, POINT))
    return Fraction(tally.earned * 100, tally.max)


def _weighted(rules: Rules, tally: Tally) -> Fraction | None:
    above, below, weights = 0, 1, 0
    for weight, (earned, possible) in zip(rules.weights, tally.sections, strict=True):
        if weight and possible:
            above, below = above * possible + weight * earned * below, below * possible
            weights += weight
    return Fraction(above * 100, below * weights) if weights else None


def _with_bonus(rules: Rules, tally: Tally, raw: Fraction) -> Fraction:
    if not tally.bonus:
        return raw
    return min(_HUNDRED, raw + min(Fraction(tally.bonus, POINT), rules.bonus_cap))


def _after_redline(rules: Rules, value: Fraction) -> Fraction:
    if rules.redline_policy == "cap":
        return min(value, rules.redline_cap)
    return Fraction(0) if rules.redline_policy == "zero" else value


def _is_under(sums: tuple[int, int], floor: int) -> bool:
    earned, possible = sums
    return possible > 0 and earned * 100 * POINT < floor * possible
