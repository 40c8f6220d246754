"""Adding up: what each answer is worth, and the sums of a report.

Points are counted in whole ticks, 10^11 to a point: three decimals of the points, three of a percent
(and its hundred), three of the item's weight. Sums of whole numbers are exact and quick. A checklist is
laid out once as a `Sheet`; what it judged once it does not judge again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from api.inspections.judgement import UNANSWERED, Judgement, judge
from api.inspections.kinds import exact

DECIMALS = 11
POINT: int = 10**DECIMALS
_REMEMBERED = 2000
Item = Mapping[str, Any]
Answer = Mapping[str, Any]


def ticks(number: Any) -> int:
    """A number of points as whole ticks."""
    return int(exact(number).scaleb(DECIMALS))


def points(amount: int) -> Decimal:
    """Ticks as points."""
    return Decimal(amount).scaleb(-DECIMALS)


class Mark(NamedTuple):
    """One judged item: what it adds to both sums, or to the bonus, in ticks and with its weight."""

    judgement: Judgement
    result: str
    finding: bool
    earned: int
    max: int
    bonus: int


class Line:
    """One item of a sheet, and the marks of the answers that it has seen."""

    __slots__ = ("by_date", "flag", "full", "item", "key", "place", "seen", "unanswered", "weight")

    def __init__(self, item: Item, place: int) -> None:
        self.item, self.place = item, place
        self.key: str = item["key"]
        self.flag: str = item["flag"]
        self.weight = exact(item.get("weight", 1))
        self.full = 0 if item.get("bonus") else int((exact(item["points"]) * self.weight).scaleb(DECIMALS))
        self.by_date = item["kind"] == "date"
        self.seen: dict[Any, Mark] = {}
        self.unanswered = Mark(UNANSWERED, UNANSWERED.result, False, 0, 0, 0)

    def mark(self, answer: Answer | None, on_date: date) -> Mark:
        """The mark of an answer; it hangs on nothing but result, value, photos or none, and the day."""
        if answer is None:
            return self.unanswered
        value: Any = answer.get("value")
        kind = value.__class__
        what = tuple(value) if kind is list else value
        sign = (answer.get("result"), what, kind, not answer.get("photos"), self.by_date and on_date)
        try:
            return self.seen[sign]
        except TypeError:  # A list in a list: no phone sends it.
            return self.weighed(judge(self.item, answer, on_date))
        except KeyError:
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            mark = self.seen[sign] = self.weighed(judge(self.item, answer, on_date))
            return mark

    def weighed(self, judgement: Judgement) -> Mark:
        """The mark of a judgement: both sides times the item's weight."""
        if judgement.earned is None or judgement.max is None:
            return Mark(judgement, judgement.result, False, 0, 0, 0)
        earned = int((judgement.earned * self.weight).scaleb(DECIMALS))
        if self.item.get("bonus"):
            return Mark(judgement, judgement.result, False, 0, 0, earned)
        return Mark(judgement, judgement.result, judgement.finding, earned, self.full, 0)

    def righted(self, mark: Mark) -> Mark:
        """The same item as if it were right; what was set aside stays so."""
        judged = mark.judgement
        return mark if judged.max is None else self.weighed(Judgement("pass", judged.max, judged.max))


class Tally(NamedTuple):
    """The sums of a report in ticks; `sections` holds earned and possible of each section."""

    earned: int
    max: int
    bonus: int
    sections: tuple[tuple[int, int], ...]
    findings: tuple[str, ...]
    redline: tuple[str, ...]
    key: tuple[str, ...]


class Sheet:
    """A checklist in force, laid out for adding up."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.lines: list[Line] = []
        self.sections: list[tuple[Mapping[str, Any], int, int]] = []
        for place, section in enumerate(content["sections"]):
            first = len(self.lines)
            self.lines.extend(Line(item, place) for item in section["items"])
            self.sections.append((section, first, len(self.lines)))
        self.full = sum(line.full for line in self.lines)

    def marks(self, answers: Iterable[Answer], on_date: date) -> list[Mark]:
        """The marks of all items, in the order of the checklist."""
        given = {answer["item_key"]: answer for answer in answers}.get
        return [line.mark(given(line.key), on_date) for line in self.lines]

    def righted(self, marks: Sequence[Mark], keys: Collection[str]) -> list[Mark]:
        """The same marks with these items put right."""
        return [
            line.righted(mark) if line.key in keys else mark
            for line, mark in zip(self.lines, marks, strict=True)
        ]

    def tally(self, marks: Sequence[Mark]) -> Tally:
        """The sums of these marks."""
        failed = [line for line, mark in zip(self.lines, marks, strict=True) if mark.finding]
        sections = tuple(_sums(marks[first:last]) for _, first, last in self.sections)
        return Tally(
            sum(earned for earned, _ in sections),
            sum(possible for _, possible in sections),
            sum(mark.bonus for mark in marks),
            sections,
            tuple(line.key for line in failed),
            tuple(line.key for line in failed if line.flag == "redline"),
            tuple(line.key for line in failed if line.flag == "key"),
        )


def _sums(marks: Sequence[Mark]) -> tuple[int, int]:
    earned = possible = 0
    for mark in marks:
        earned += mark.earned
        possible += mark.max
    return earned, possible
