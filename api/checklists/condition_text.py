"""Conditions in words that fit into one cell, and back again.

    CVS-01-03 = fail|partial            judged so; also 不合格|部分得分
    fuel in gas|coal                    one of these was chosen
    temp >= 5      5 <= temp <= 8       a number or a count
    (a = fail and b >= 2) or c = na     joined; 且 and 或 are understood too
    all(a = fail)    any(a = fail)      a group of one

What `condition_text` writes, `parse_condition` reads as exactly the same condition.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.checklists.content_conditions import RESULTS
from api.checklists.keys import KEY
from api.checklists.plain_text import half_width, number_of, number_text

MAX_NESTED = 20
_JOINS = {"all": " and ", "any": " or "}
_RESULT_WORDS = {
    "不合格": "fail",
    "合格": "pass",
    "部分得分": "partial",
    "部分": "partial",
    "不适用": "na",
    "n/a": "na",
    "无法检查": "cannot_check",
    "未作答": "unanswered",
    "未答": "unanswered",
    **{word: word for word in RESULTS},
}
_JOIN_WORDS = {"and": "and", "or": "or", "且": "and", "并且": "and", "或": "or", "或者": "or"}
_IN_WORDS = ("in", "属于")
_GROUP_WORDS = {"all": "all", "any": "any", "全部": "all", "任一": "any"}
_LEAST, _MOST, _EQUAL = (">=", "不低于", "不小于"), ("<=", "不高于", "不大于"), ("=", "==", "是", "为")
_CHINESE = sorted(
    (
        word
        for word in (*_RESULT_WORDS, *_JOIN_WORDS, *_IN_WORDS, *_GROUP_WORDS, *_LEAST, *_MOST, *_EQUAL)
        if not word.isascii()
    ),
    key=len,
    reverse=True,
)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"]|"")*")'
    rf"|(?P<word>[nN]/[aA](?![A-Za-z0-9])|[-+]?[A-Za-z0-9][A-Za-z0-9._-]*|{'|'.join(_CHINESE)})"
    r"|(?P<sign>>=|<=|==|[=()|,><]))"
)


class ConditionError(ValueError):
    """The text is no condition; says what is wrong, in words."""


@dataclass(frozen=True)
class _Token:
    text: str
    quoted: bool = False

    @property
    def low(self) -> str:
        """For comparing with words of the language; what is quoted is never one."""
        return "" if self.quoted else self.text.lower()


def condition_text(condition: Mapping[str, Any]) -> str:
    """The condition in words. Raises ValueError when it is none."""
    try:
        return _written(condition)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a condition: {error!r}") from None


def _written(condition: Mapping[str, Any]) -> str:
    for group, join in _JOINS.items():
        if group in condition and len(condition) == 1:
            parts = condition[group]
            if len(parts) != 1:
                return join.join(_as_part(part) for part in parts) or f"{group}()"
            return f"{group}({_written(parts[0])})"
    return _asked(condition)


def _as_part(part: Mapping[str, Any]) -> str:
    inner = next((part[group] for group in _JOINS if group in part), ())
    return f"({_written(part)})" if len(inner) > 1 else _written(part)


def _asked(condition: Mapping[str, Any]) -> str:
    key = _name(condition["item"])
    wants = set(condition) - {"item"}
    if wants == {"result"}:
        return f"{key} = {'|'.join(_name(result) for result in condition['result'])}"
    if wants == {"value"}:
        return f"{key} in {'|'.join(_name(value) for value in condition['value'])}"
    if wants == {"least", "most"}:
        return f"{number_text(condition['least'])} <= {key} <= {number_text(condition['most'])}"
    if wants == {"least"}:
        return f"{key} >= {number_text(condition['least'])}"
    if wants == {"most"}:
        return f"{key} <= {number_text(condition['most'])}"
    raise ValueError("a condition asks for results, values, or least and most")


def _name(name: str) -> str:
    return name if KEY.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def parse_condition(text: str) -> dict[str, Any]:
    """The condition that a text says. Raises ConditionError."""
    reader = _Reader(_tokens(text))
    condition = reader.either(0)
    if reader.next is not None:
        raise ConditionError(f"“{reader.next.text}” is not expected there; parts are joined by and, or.")
    return condition


def _tokens(text: str) -> list[_Token]:
    plain, place = "", 0
    for quoted in _QUOTED.finditer(text):
        plain += half_width(text[place : quoted.start()]) + quoted.group()
        place = quoted.end()
    plain = (plain + half_width(text[place:])).rstrip()
    found: list[_Token] = []
    place = 0
    while place < len(plain):
        token = _TOKEN.match(plain, place)
        if token is None:
            raise ConditionError(f"“{plain[place : place + 20].strip()}” is not understood.")
        quoted_text = token.group("quoted")
        if quoted_text is not None:
            found.append(_Token(quoted_text[1:-1].replace('""', '"'), quoted=True))
        else:
            found.append(_Token(token.group("word") or token.group("sign")))
        place = token.end()
    return found


@dataclass
class _Reader:
    tokens: Sequence[_Token]
    place: int = 0

    @property
    def next(self) -> _Token | None:
        """What stands next, or None at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, wanted: str) -> _Token:
        """The next token; `wanted` says what was hoped for."""
        token = self.next
        if token is None:
            raise ConditionError(f"It ends too early; {wanted} is missing.")
        self.place += 1
        return token

    def sees(self, *words: str) -> bool:
        """True when one of these stands next."""
        return self.next is not None and self.next.low in words

    def either(self, level: int) -> dict[str, Any]:
        """Parts joined by or."""
        parts = [self.both(level)]
        while self.sees(*(word for word, join in _JOIN_WORDS.items() if join == "or")):
            self.place += 1
            parts.append(self.both(level))
        return parts[0] if len(parts) == 1 else {"any": parts}

    def both(self, level: int) -> dict[str, Any]:
        """Parts joined by and."""
        parts = [self.part(level)]
        while self.sees(*(word for word, join in _JOIN_WORDS.items() if join == "and")):
            self.place += 1
            parts.append(self.part(level))
        return parts[0] if len(parts) == 1 else {"all": parts}

    def part(self, level: int) -> dict[str, Any]:
        """A group in brackets, or one question."""
        if level > MAX_NESTED:
            raise ConditionError("There are too many brackets inside each other.")
        first = self.take("an item")
        if first.low == "(":
            return self.closed(level)
        if first.low in _GROUP_WORDS and self.sees("("):
            self.place += 1
            return {_GROUP_WORDS[first.low]: [] if self.empty() else [self.closed(level)]}
        return self.asked(first)

    def empty(self) -> bool:
        """True when the bracket closes at once."""
        if self.sees(")"):
            self.place += 1
            return True
        return False

    def closed(self, level: int) -> dict[str, Any]:
        """What stands in brackets, up to the closing one."""
        inner = self.either(level + 1)
        if self.take("a closing bracket").low != ")":
            raise ConditionError("A closing bracket is missing.")
        return inner

    def asked(self, first: _Token) -> dict[str, Any]:
        """One question about one item."""
        sign = self.take("=, in, >= or <=").low
        if sign in _EQUAL:
            return _equal(first.text, self.listed())
        if sign in _IN_WORDS:
            return {"item": first.text, "value": [token.text for token in self.listed()]}
        if sign not in (*_LEAST, *_MOST):
            raise ConditionError(
                f"After {first.text} comes =, in, >= or <=, not “{sign or 'a quoted text'}”."
            )
        second = self.take("a number")
        if self.sees(*_LEAST, *_MOST):
            third = self.take("<=").low
            bounds = (_number(first), _number(self.take("a number")))
            if (sign in _MOST) != (third in _MOST):
                raise ConditionError(f"{second.text} stands between two limits: least <= item <= most.")
            low, high = bounds if sign in _MOST else reversed(bounds)
            return {"item": second.text, "least": low, "most": high}
        return {"item": first.text, "least" if sign in _LEAST else "most": _number(second)}

    def listed(self) -> list[_Token]:
        """What is separated by | or commas."""
        found = [self.take("a word")]
        while self.sees("|", ","):
            self.place += 1
            found.append(self.take("a word"))
        wrong = next((t for t in found if not t.quoted and t.text in "=()|,><=="), None)
        if wrong is not None:
            raise ConditionError(f"A word is missing before “{wrong.text}”.")
        return found


def _equal(key: str, listed: Sequence[_Token]) -> dict[str, Any]:
    """Results where all are results, otherwise what was chosen."""
    results = [_RESULT_WORDS.get(token.low) or (token.text if token.quoted else None) for token in listed]
    known = [result for result in results if result in RESULTS]
    if len(known) == len(listed):
        return {"item": key, "result": known}
    return {"item": key, "value": [token.text for token in listed]}


def _number(token: _Token) -> int | float:
    number = None if token.quoted else number_of(token.text)
    if number is None:
        raise ConditionError(f"“{token.text}” is not a number.")
    return number
