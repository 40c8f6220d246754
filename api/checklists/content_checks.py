"""The small checks that all parts of a checklist share: each names what is wrong and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from api.checklists.keys import KEY, MAX_KEY

MAX_TEXT = 2000


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a JSON pointer to it, a stable code, and a sentence."""

    pointer: str
    code: str
    message: str


def unknown_fields(at: str, given: Mapping[Any, Any], known: set[str]) -> Iterator[Fault]:
    """Every field that is not known here."""
    for name in given:
        if name not in known:
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield Fault(f"{at}/{step}", "unknown_field", "This field is not known here.")


def key(at: str, value: Any, seen: set[str]) -> Iterator[Fault]:
    """A key that is well formed and not seen before; it is remembered as seen."""
    if not isinstance(value, str) or not KEY.fullmatch(value):
        words = f"A key begins with a letter or digit; then also . _ -; up to {MAX_KEY} characters."
        yield Fault(f"{at}/key", "invalid", words)
        return
    if value in seen:
        yield Fault(f"{at}/key", "twice", f"The key {value} is used twice.")
    seen.add(value)


def text(at: str, value: Any, *, may_be_empty: bool = False) -> Iterator[Fault]:
    """A text in Chinese and English, of which one may be empty."""
    if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
        yield Fault(at, "invalid", "A text is an object with zh and en.")
    elif not all(isinstance(words, str) for words in value.values()):
        yield Fault(at, "invalid", "Both languages of a text are words.")
    elif any(len(words) > MAX_TEXT for words in value.values()):
        yield Fault(at, "too_long", f"At most {MAX_TEXT} characters in each language.")
    elif not may_be_empty and not any(words.strip() for words in value.values()):
        yield Fault(at, "required", "The text is missing in both languages.")


def number(at: str, value: Any, low: Any, high: Any) -> Iterator[Fault]:
    """A number within these bounds."""
    if not fits(value, low, high):
        yield Fault(at, "invalid", f"A number from {low} to {high} with at most three decimals.")


def one_of(at: str, value: Any, choices: Sequence[str]) -> Iterator[Fault]:
    """One of these words."""
    if not isinstance(value, str) or value not in choices:
        yield Fault(at, "invalid", f"One of {', '.join(choices)}.")


def yes_or_no(at: str, value: Any) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield Fault(at, "invalid", "Yes or no.")


def words(at: str, value: Any, most: int, longest: int) -> Iterator[Fault]:
    """A list of short texts, none of them twice."""
    if not is_list(value, 0, most):
        yield Fault(at, "invalid", f"A list of at most {most}.")
        return
    seen: set[str] = set()
    for i, one in enumerate(value):
        if not isinstance(one, str) or not 0 < len(one) <= longest or one != one.strip():
            yield Fault(f"{at}/{i}", "invalid", f"A text of 1 to {longest} characters, no blanks around it.")
        elif one in seen:
            yield Fault(f"{at}/{i}", "twice", f'"{one}" stands here twice.')
        else:
            seen.add(one)


def order(at: str, low: Any, high: Any, message: str) -> Iterator[Fault]:
    """Two numbers of which the first is not above the second; what is no number is not compared."""
    if is_number(low) and is_number(high) and low > high:
        yield Fault(at, "order", message)


def fits(value: Any, low: Any, high: Any) -> bool:
    """True for a number within the bounds with at most three decimals."""
    if not is_number(value) or not low <= value <= high:
        return False
    exact = Decimal(str(value))
    return exact == round(exact, 3)


def is_number(value: Any) -> bool:
    """True for a JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_int(value: Any, low: int, high: int) -> bool:
    """True for a whole number within the bounds."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_list(value: Any, least: int, most: int) -> bool:
    """True for a list of this length."""
    return isinstance(value, list | tuple) and least <= len(value) <= most
