"""The score of a report and why it is what it is.

Points earned are set against points possible. "Not applicable" and "could not be checked" leave both
sides. The number is rounded half-up to a tenth once, at the very end, and the band and the pass line
look at the rounded number, because that is what the store sees. A failed redline item fails the
report; failed key items hold the band down. Every step is kept in a trace. Domain rules 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from api.inspections.judgement import Judgement, exact, judge

_RANKED_SHARE = Fraction(60, 100)
Judged = tuple[Mapping[str, Any], Judgement]


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
    coverage: dict[str, int]
    sections: list[SectionScore]
    trace: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """With plain JSON numbers."""
        return {
            "earned": plain(self.earned),
            "max": plain(self.max),
            "raw": plain(self.raw),
            "score": plain(self.score),
            "band": self.band,
            "outcome": self.outcome,
            "ranked": self.ranked,
            "redline_failed": self.redline_failed,
            "key_failed": self.key_failed,
            "findings": self.findings,
            "coverage": self.coverage,
            "sections": [
                {"key": s.key, "earned": plain(s.earned), "max": plain(s.max), "rate": plain(s.rate)}
                for s in self.sections
            ],
            "trace": self.trace,
        }


def plain(number: Decimal | None) -> int | float | None:
    """A decimal as the JSON number that reads the same."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def tenth(value: Fraction) -> Decimal:
    """Rounded half-up to 0.1; values are never negative."""
    return Decimal((value * 10 + Fraction(1, 2)).__floor__()) / 10


def score(content: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], on_date: date) -> Score:
    """The score of these answers; unanswered items count like "not applicable", as in a preview."""
    rules = content["scoring"]
    given = {answer["item_key"]: answer for answer in answers}
    judged = [
        (section, [(item, judge(item, given.get(item["key"]), on_date)) for item in section["items"]])
        for section in content["sections"]
    ]
    everything = [pair for _, pairs in judged for pair in pairs]
    sections = [_section(section, pairs) for section, pairs in judged]
    earned, possible = _points(everything)
    trace: list[dict[str, Any]] = []
    raw = _raw(rules, judged, everything, trace)
    final = None if raw is None else _with_bonus(rules, everything, raw, trace)
    redline, key = _failed(everything, "redline"), _failed(everything, "key")
    final = _after_redline(rules, redline, final, trace)
    shown = None if final is None else tenth(final)
    band, outcome = _band(rules, content, sections, shown, redline, key, trace)
    return Score(
        earned=earned,
        max=possible,
        raw=None if raw is None else tenth(raw),
        score=shown,
        band=band,
        outcome=outcome,
        ranked=shown is not None and _is_ranked(everything, possible),
        redline_failed=redline,
        key_failed=key,
        findings=[item["key"] for item, judgement in everything if judgement.finding],
        coverage=_coverage(everything),
        sections=sections,
        trace=trace,
    )


def _scored(pairs: Sequence[Judged], *, bonus: bool) -> list[tuple[Decimal, Decimal]]:
    return [
        (judgement.earned, judgement.max)
        for item, judgement in pairs
        if judgement.earned is not None and judgement.max is not None and bool(item.get("bonus")) == bonus
    ]


def _points(pairs: Sequence[Judged]) -> tuple[Decimal, Decimal]:
    points = _scored(pairs, bonus=False)
    return sum((e for e, _ in points), Decimal(0)), sum((m for _, m in points), Decimal(0))


def _section(section: Mapping[str, Any], pairs: Sequence[Judged]) -> SectionScore:
    earned, possible = _points(pairs)
    rate = tenth(Fraction(earned) * 100 / Fraction(possible)) if possible else None
    return SectionScore(section["key"], earned, possible, rate)


def _raw(
    rules: Mapping[str, Any],
    judged: Sequence[tuple[Mapping[str, Any], Sequence[Judged]]],
    everything: Sequence[Judged],
    trace: list[dict[str, Any]],
) -> Fraction | None:
    """The exact number before bonus and caps, or None when nothing was scored."""
    earned, possible = _points(everything)
    mode = rules["mode"]
    value: Fraction | None
    if not possible:
        value = None
    elif mode == "section_weighted":
        value = _weighted(judged)
    elif mode == "deduct":
        value = max(Fraction(0), 100 - Fraction(possible - earned))
    else:
        value = Fraction(earned) * 100 / Fraction(possible)
    trace.append(
        {
            "step": "raw",
            "mode": mode,
            "earned": plain(earned),
            "max": plain(possible),
            "value": None if value is None else plain(tenth(value)),
        }
    )
    return value


def _weighted(judged: Sequence[tuple[Mapping[str, Any], Sequence[Judged]]]) -> Fraction | None:
    total = weights = Fraction(0)
    for section, pairs in judged:
        earned, possible = _points(pairs)
        if possible and section.get("weight") is not None:
            weight = Fraction(exact(section["weight"]))
            total += weight * Fraction(earned) * 100 / Fraction(possible)
            weights += weight
    return total / weights if weights else None


def _with_bonus(
    rules: Mapping[str, Any], pairs: Sequence[Judged], raw: Fraction, trace: list[dict[str, Any]]
) -> Fraction:
    earned = sum((e for e, _ in _scored(pairs, bonus=True)), Decimal(0))
    if not earned:
        return raw
    added = min(earned, exact(rules["bonus_cap"]))
    value = min(Fraction(100), raw + Fraction(added))
    trace.append(
        {"step": "bonus", "earned": plain(earned), "added": plain(added), "value": plain(tenth(value))}
    )
    return value


def _failed(pairs: Sequence[Judged], flag: str) -> list[str]:
    return [item["key"] for item, judgement in pairs if item["flag"] == flag and judgement.finding]


def _after_redline(
    rules: Mapping[str, Any], failed: list[str], value: Fraction | None, trace: list[dict[str, Any]]
) -> Fraction | None:
    if not failed or value is None:
        return value
    policy = rules["redline_policy"]
    if policy == "cap":
        value = min(value, Fraction(exact(rules["redline_cap"])))
    elif policy == "zero":
        value = Fraction(0)
    trace.append({"step": "redline", "items": failed, "policy": policy, "value": plain(tenth(value))})
    return value


def _band(
    rules: Mapping[str, Any],
    content: Mapping[str, Any],
    sections: Sequence[SectionScore],
    shown: Decimal | None,
    redline: list[str],
    key: list[str],
    trace: list[dict[str, Any]],
) -> tuple[str | None, str]:
    """Band and outcome; the lowest cap wins."""
    if shown is None:
        return None, "not_scored"
    names = [name for name, _ in rules["bands"]]
    place = next((i for i, (_, least) in enumerate(rules["bands"]) if shown >= exact(least)), len(names) - 1)
    cap = names.index(rules["key_cap"]) if rules["key_cap"] in names else 0
    if redline:
        place = len(names) - 1
    unrated = len(key) >= rules["key_unrated"]
    if key:
        effect: dict[str, Any] = {"effect": "unrated"} if unrated else {"effect": "cap", "cap": names[cap]}
        trace.append({"step": "key", "items": key} | effect)
        place = max(place, cap)
    for section, result in zip(content["sections"], sections, strict=True):
        floor = section.get("floor")
        if floor is not None and result.rate is not None and _under(result, exact(floor)):
            trace.append(
                {
                    "step": "section_floor",
                    "section": result.key,
                    "rate": plain(result.rate),
                    "floor": plain(exact(floor)),
                    "cap": names[cap],
                }
            )
            place = max(place, cap)
    band = None if unrated else names[place]
    failed = bool(redline) or unrated or shown < exact(rules["pass_line"])
    outcome = "fail" if failed else "pass"
    trace.append({"step": "band", "score": plain(shown), "band": band, "outcome": outcome})
    return band, outcome


def _under(section: SectionScore, floor: Decimal) -> bool:
    return section.earned * 100 < floor * section.max


def _is_ranked(pairs: Sequence[Judged], applicable: Decimal) -> bool:
    total = sum((exact(item["points"]) for item, _ in pairs if not item.get("bonus")), Decimal(0))
    return Fraction(applicable) >= _RANKED_SHARE * Fraction(total)


def _coverage(pairs: Sequence[Judged]) -> dict[str, int]:
    results = [judgement.result for _, judgement in pairs]
    aside = {name: results.count(name) for name in ("na", "cannot_check", "unanswered")}
    return {"total": len(results), "scored": len(results) - sum(aside.values())} | aside
