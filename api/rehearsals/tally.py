"""Adding up what a rehearsal changes: all inspections together, and store by store.

Means and rates are rounded half-up to a tenth. What moved up or down was scored before and after; a
report that gains or loses its score altogether shows in `not_scored` and in the bands alone. A store's
difference is taken between the two rounded means, because those are the numbers that are seen.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from api.inspections.scoring import plain
from api.rehearsals.types import Standing

MOST_STORES = 200


def half_up(sum_: int, count: int) -> int | None:
    """The mean of whole numbers that are not negative, rounded half-up; None of nothing."""
    return (2 * sum_ + count) // (2 * count) if count else None


def _shown(tenths: int | None) -> int | float | None:
    return None if tenths is None else plain(Decimal(tenths) / 10)


class Side:
    """One way of scoring: sums over inspections."""

    def __init__(self) -> None:
        self.tenths = self.scored = self.passed = 0
        self.places: Counter[str] = Counter()

    def add(self, verdict: Standing) -> None:
        """One inspection more."""
        self.places[verdict.place] += 1
        if verdict.tenths is not None:
            self.tenths += verdict.tenths
            self.scored += 1
            self.passed += verdict.outcome == "pass"

    @property
    def mean(self) -> int | None:
        """In tenths."""
        return half_up(self.tenths, self.scored)

    def shown(self, bands: Sequence[str]) -> dict[str, Any]:
        """With these bands, also those nobody is in."""
        return {
            "mean": _shown(self.mean),
            "pass_rate": _shown(half_up(1000 * self.passed, self.scored)),
            "bands": {band: self.places[band] for band in bands if band != "not_scored"},
            "not_scored": self.places["not_scored"],
        }


class Tally:
    """Everything that is counted while the inspections go by."""

    def __init__(self) -> None:
        self.count = 0
        self._before, self._after = Side(), Side()
        self._moves: Counter[str] = Counter()
        self._bands: Counter[tuple[str, str]] = Counter()
        self._stores: dict[uuid.UUID, tuple[Side, Side]] = {}

    def add(self, store_id: uuid.UUID, before: Standing, after: Standing) -> None:
        """One inspection more."""
        self.count += 1
        self._before.add(before)
        self._after.add(after)
        store = self._stores.get(store_id)
        if store is None:
            store = self._stores[store_id] = (Side(), Side())
        store[0].add(before)
        store[1].add(after)
        self._moves[_move(before.tenths, after.tenths)] += 1
        self._moves[f"{before.outcome}_to_{after.outcome}"] += 1
        self._bands[before.place, after.place] += 1

    def shown(self, bands: Sequence[str]) -> dict[str, Any]:
        """All but the stores; `bands` are those of the draft."""
        order = self._order(bands)
        moves = sorted(self._bands.items(), key=lambda pair: [order.index(name) for name in pair[0]])
        return {
            "inspections": self.count,
            "before": self._before.shown([b for b in order if b in bands or self._before.places[b]]),
            "after": self._after.shown([b for b in order if b in bands or self._after.places[b]]),
            "up": self._moves["up"],
            "down": self._moves["down"],
            "same": self._moves["same"],
            "pass_to_fail": self._moves["pass_to_fail"],
            "fail_to_pass": self._moves["fail_to_pass"],
            "bands": [{"from": a, "to": b, "count": count} for (a, b), count in moves],
        }

    def _order(self, bands: Sequence[str]) -> list[str]:
        seen = {place for pair in self._bands for place in pair} - {"unrated", "not_scored"}
        return [*bands, *sorted(seen - set(bands)), "unrated", "not_scored"]

    def most_changed(self) -> list[dict[str, Any]]:
        """The stores with the greatest difference, at most 200, without their names."""
        lines = [_store(store_id, *sides) for store_id, sides in self._stores.items()]
        lines.sort(key=lambda line: (line["delta"] is None, -abs(line["delta"] or 0), -line["inspections"]))
        return lines[:MOST_STORES]


def _move(before: int | None, after: int | None) -> str:
    if before == after:
        return "same"
    if before is None or after is None:
        return "not_compared"
    return "up" if after > before else "down"


def _store(store_id: uuid.UUID, before: Side, after: Side) -> dict[str, Any]:
    was, is_ = before.mean, after.mean
    return {
        "store_id": store_id,
        "inspections": sum(before.places.values()),
        "before": _shown(was),
        "after": _shown(is_),
        "delta": None if was is None or is_ is None else plain(Decimal(is_ - was) / 10),
    }


def unmapped(
    new: Mapping[str, int],
    losses: Mapping[tuple[str, str], int],
    texts: Mapping[str, Mapping[str, str]],
) -> list[dict[str, Any]]:
    """What cannot be taken over, by inspections, most first: new items, and answers lost by item and reason."""
    counted = {(key, "new"): count for key, count in new.items()} | dict(losses)
    return [
        {"item_key": key, "text": dict(texts[key]), "why": why, "count": count}
        for (key, why), count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
