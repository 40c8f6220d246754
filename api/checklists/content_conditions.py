"""When something is asked at all: conditions on earlier answers, and where an item applies.

A condition may only look back, so conditions cannot go in circles. Inside a repeated section it
looks at the same round; into the rounds of another section nobody can look, because there would be
several answers and no saying which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.checklists import content_checks as check
from api.checklists.content_checks import Fault
from api.checklists.content_defaults import APPLIES, GRADES

RESULTS = ("pass", "fail", "partial", "na", "cannot_check", "unanswered")
DAYPARTS = ("morning", "midday", "afternoon", "evening", "night")
MAX_LEVELS, MAX_PARTS, MAX_APPLIES = 5, 20, 100
_GROUPS = ("all", "any")
_MEASURED = ("numeric", "count")
_LIMIT = 1_000_000


@dataclass
class Earlier:
    """What was passed on the walk from the first item to the last."""

    known: frozenset[str]
    """The keys of all items, wherever they stand."""
    passed: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    """In which repeated section an item stands."""

    def add(self, item: Any, section: int, *, repeated: bool) -> None:
        """Remembers an item as passed."""
        if not isinstance(item, Mapping) or not isinstance(item.get("key"), str):
            return
        self.passed.setdefault(item["key"], item)
        if repeated:
            self.rounds.setdefault(item["key"], section)


def applies_faults(at: str, applies: Any) -> Iterator[Fault]:
    """Where something applies: four lists, each of which may be empty or left out."""
    if not isinstance(applies, Mapping):
        yield Fault(at, "invalid", "Where it applies is an object with lists.")
        return
    yield from check.unknown_fields(at, applies, set(APPLIES))
    for name in APPLIES:
        yield from check.words(f"{at}/{name}", applies.get(name, []), MAX_APPLIES, 64)
    dayparts = applies.get("dayparts", [])
    for i, one in enumerate(dayparts if isinstance(dayparts, list | tuple) else ()):
        if isinstance(one, str) and one.strip() and one not in DAYPARTS:
            yield Fault(f"{at}/dayparts/{i}", "invalid", f"One of {', '.join(DAYPARTS)}.")


def condition_faults(
    at: str, condition: Any, earlier: Earlier, section: int, own_key: Any, level: int = 0
) -> Iterator[Fault]:
    """What is wrong with a condition of the item `own_key` (None: of the section itself)."""
    if not isinstance(condition, Mapping):
        yield Fault(at, "invalid", "A condition is an object.")
        return
    group = next((name for name in _GROUPS if name in condition), None)
    if group is None:
        yield from _asked(at, condition, earlier, section, own_key)
        return
    yield from check.unknown_fields(at, condition, {group})
    parts: Any = condition[group]
    if level >= MAX_LEVELS:
        yield Fault(at, "too_deep", f"Conditions are nested at most {MAX_LEVELS} levels deep.")
    elif not check.is_list(parts, 1, MAX_PARTS):
        yield Fault(f"{at}/{group}", "invalid", f"A list of 1 to {MAX_PARTS} conditions.")
    else:
        for i, part in enumerate(parts):
            yield from condition_faults(f"{at}/{group}/{i}", part, earlier, section, own_key, level + 1)


def _asked(
    at: str, condition: Mapping[str, Any], earlier: Earlier, section: int, own_key: Any
) -> Iterator[Fault]:
    wants = set(condition) - {"item"}
    if wants not in ({"result"}, {"value"}, {"least"}, {"most"}, {"least", "most"}):
        yield Fault(at, "invalid", "A condition names an item and either results, values, or least and most.")
        return
    refused = _refused(condition.get("item"), earlier, section, own_key)
    if refused is not None:
        yield Fault(f"{at}/item", *refused)
    item = None if refused else earlier.passed[condition["item"]]
    if "result" in wants:
        yield from _listed(f"{at}/result", condition["result"], RESULTS, "invalid")
    elif "value" in wants:
        yield from _values(at, condition["value"], item)
    else:
        yield from _bounds(at, condition, item)


def _refused(asked: Any, earlier: Earlier, section: int, own_key: Any) -> tuple[str, str] | None:
    """Why this item cannot be asked about, as code and words."""
    if not isinstance(asked, str):
        return "invalid", "A condition names an item by its key."
    if asked == own_key:
        return "self", "An item cannot depend on its own answer."
    if asked not in earlier.known:
        return "unknown_item", f"There is no item {asked}."
    if asked not in earlier.passed:
        return "not_earlier", f"The item {asked} is asked later; conditions look back only."
    if earlier.rounds.get(asked, section) != section:
        return "other_rounds", f"The item {asked} is asked in every round of another section."
    return None


def _values(at: str, values: Any, item: Mapping[str, Any] | None) -> Iterator[Fault]:
    keys = None if item is None else _choice_keys(item)
    if item is not None and keys is None:
        yield Fault(f"{at}/value", "wrong_kind", "Values are asked of graded items and of choices.")
    else:
        yield from _listed(f"{at}/value", values, keys, "unknown_choice")


def _choice_keys(item: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The keys that may be chosen, or None where nothing is chosen."""
    if item.get("kind") == "graded":
        choices = item.get("grades", GRADES)
    elif item.get("kind") in ("single", "multiple"):
        choices = item.get("choices")
    else:
        return None
    found = choices if isinstance(choices, list | tuple) else ()
    return tuple(choice.get("key") for choice in found if isinstance(choice, Mapping))


def _listed(at: str, values: Any, known: tuple[Any, ...] | None, code: str) -> Iterator[Fault]:
    if not check.is_list(values, 1, 30):
        yield Fault(at, "invalid", "A list of 1 to 30.")
        return
    yield from check.words(at, values, 30, 64)
    for i, value in enumerate(values):
        if isinstance(value, str) and value.strip() and known is not None and value not in known:
            yield Fault(f"{at}/{i}", code, f'"{value[:64]}" is none of what may be answered.')


def _bounds(at: str, condition: Mapping[str, Any], item: Mapping[str, Any] | None) -> Iterator[Fault]:
    if item is not None and item.get("kind") not in _MEASURED:
        yield Fault(f"{at}/item", "wrong_kind", "Least and most are asked of numbers and counts.")
    for name in ("least", "most"):
        if name in condition:
            yield from check.number(f"{at}/{name}", condition[name], -_LIMIT, _LIMIT)
    yield from check.order(
        f"{at}/least", condition.get("least"), condition.get("most"), "Least is above most."
    )
