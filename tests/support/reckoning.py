"""The score once more, reckoned the slow and plain way from domain rules 4, to compare with.

Fractions from the first step to the last and nothing remembered. It shares no line with the code that
it checks, knows no trace and no words, and reads an answer by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

Number = Fraction | None
ASIDE = {"na", "cannot_check", "unanswered"}


class Reckoned(NamedTuple):
    raw: Number
    score: Number
    band: str | None
    outcome: str
    ranked: bool
    findings: list[str]


def q(number: Any) -> Fraction:
    return Fraction(str(number))


def result_and_share(
    item: Mapping[str, Any], answer: Mapping[str, Any] | None, today: date
) -> tuple[str, Fraction]:
    """How an answer is judged and which part of the points it earns."""
    if answer is None:
        return "unanswered", q(0)
    if answer.get("result") in ("na", "cannot_check"):
        return answer["result"], q(0)
    share = _share(item, answer, answer.get("value"), today)
    if isinstance(share, str):
        return share, q(1 if share == "pass" else 0)
    if share is None:
        return "unanswered", q(0)
    share = min(max(share, q(0)), q(1))
    return "pass" if share == 1 else "fail" if share == 0 else "partial", share


def _share(item: Mapping[str, Any], answer: Mapping[str, Any], value: Any, today: date) -> Any:
    kind, given = item["kind"], answer.get("result")
    by_hand = given if given in ("pass", "fail") else None
    if kind == "pass_fail":
        return by_hand
    if kind in ("graded", "single"):
        percents = [q(c["percent"]) for c in item.get("choices") or item.get("grades") if c["key"] == value]
        return percents[0] / 100 if percents else None
    if kind == "multiple":
        percent = {c["key"]: q(c["percent"]) for c in item["choices"]}
        sound = isinstance(value, list) and all(isinstance(k, str) and k in percent for k in value)
        if not sound or len(value) != len(set(value)):
            return None
        return (q(item.get("base", 0)) + sum(percent[k] for k in value)) / 100
    if kind in ("numeric", "count"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return _count(item, q(value)) if kind == "count" else _measure(item, q(value), by_hand)
    if kind == "date":
        shape = isinstance(value, str) and [len(part) for part in value.split("-")] == [4, 2, 2]
        try:
            return "fail" if shape and date.fromisoformat(value) < today else "pass" if shape else None
        except ValueError:
            return None
    if kind in ("photo", "signature"):
        return "pass" if answer.get("photos") else None
    words = value.strip() if isinstance(value, str) else ""
    if kind == "barcode" and item.get("codes") and words:
        return "pass" if words in item["codes"] else "fail"
    return "pass" if words else None


def _count(item: Mapping[str, Any], n: Fraction) -> Any:
    if n < 0 or n.denominator != 1:
        return None
    points = q(item["points"])
    if n == 0 or points == 0:
        return "fail" if n else "pass"
    return 1 - n * q(item["step"]) / points


def _measure(item: Mapping[str, Any], value: Fraction, by_hand: str | None) -> Any:
    low, high = item.get("min"), item.get("max")
    if low is None and high is None:
        return by_hand
    return (
        "fail" if (low is not None and value < q(low)) or (high is not None and value > q(high)) else "pass"
    )


def reckon(content: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], today: date) -> Reckoned:
    """Raw and final score rounded to a tenth, band, outcome, ranked, findings."""
    rules = content["scoring"]
    by_key = {a["item_key"]: a for a in answers}
    rates: list[tuple[Any, Fraction, Fraction]] = []
    bonus = all_points = q(0)
    wrong: list[Mapping[str, Any]] = []
    for section in content["sections"]:
        earned = possible = q(0)
        for item in section["items"]:
            points = q(item["points"]) * q(item.get("weight", 1))
            result, share = result_and_share(item, by_key.get(item["key"]), today)
            if item.get("bonus"):
                bonus += 0 if result in ASIDE else share * points
                continue
            all_points += points
            if result in ASIDE:
                continue
            earned, possible = earned + share * points, possible + points
            if result == "fail" or (result == "partial" and share * 100 < q(item["pass_line"])):
                wrong.append(item)
        rates.append((section, earned, possible))
    findings = [item["key"] for item in wrong]
    raw = _raw(rules["mode"], rates)
    if raw is None:
        return Reckoned(None, None, None, "not_scored", False, findings)
    ranked = sum(possible for _, _, possible in rates) >= all_points * q("0.6")
    score, band, outcome = _final(rules, rates, raw, bonus, [item["flag"] for item in wrong])
    return Reckoned(_tenth(raw), score, band, outcome, ranked, findings)


def _tenth(value: Fraction) -> Fraction:
    return Fraction(floor(value * 10 + q("0.5")), 10)


def _raw(mode: str, rates: list[tuple[Any, Fraction, Fraction]]) -> Number:
    scored = [(section, e, m) for section, e, m in rates if m > 0]
    if not scored:
        return None
    if mode == "deduct":
        return max(q(0), 100 - sum(m - e for _, e, m in scored))
    if mode == "additive":
        return 100 * sum(e for _, e, _ in scored) / sum(m for _, _, m in scored)
    weights = sum(q(section["weight"] or 0) for section, _, _ in scored)
    total = sum(q(section["weight"] or 0) * 100 * e / m for section, e, m in scored)
    return total / weights if weights else None


def _final(
    rules: Mapping[str, Any], rates: list[Any], raw: Fraction, bonus: Fraction, wrong: list[str]
) -> tuple[Fraction, str | None, str]:
    value = min(q(100), raw + min(bonus, q(rules["bonus_cap"])))
    redline, keys = wrong.count("redline"), wrong.count("key")
    if redline and rules["redline_policy"] != "flag":
        value = min(value, q(rules["redline_cap"])) if rules["redline_policy"] == "cap" else q(0)
    low = any(s["floor"] is not None and m > 0 and 100 * e / m < q(s["floor"]) for s, e, m in rates)
    by_cap = rules.get("floor_effect", "band") == "cap"
    if low and by_cap:
        value = min(value, q(rules.get("floor_cap", 79)))
    score = _tenth(value)
    names = [name for name, _ in rules["bands"]]
    places = [min(place for place, (_, least) in enumerate(rules["bands"]) if score >= q(least))]
    if redline:
        places.append(len(names) - 1)
    if keys or (low and not by_cap):
        places.append(names.index(rules["key_cap"]))
    unrated = keys >= rules["key_unrated"]
    failed = redline or unrated or score < q(rules["pass_line"])
    return score, None if unrated else names[max(places)], "fail" if failed else "pass"
