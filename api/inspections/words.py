"""Templates of words in both languages, filled with names and numbers.

The templates lie in data/words/score.json, which the phone reads too, so that both say the same. A name
that is missing in one language is shown in the other.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from api.core.config import ROOT
from api.inspections.kinds import exact, trimmed

Words = Mapping[str, str]
LANGUAGES = ("zh", "en")
_FACT = re.compile(r"\{([a-z_]+)\}")
_THOUSANDTH = Decimal("0.001")
_NAMED = 5


@cache
def _templates() -> dict[str, Words]:
    templates: dict[str, Words] = json.loads(
        (ROOT / "data" / "words" / "score.json").read_text(encoding="utf-8")
    )
    return templates


def fill(key: str, facts: Mapping[str, str | Words] | None = None) -> dict[str, str]:
    """The template of this key in both languages; a fact is one text, or one for each language."""
    return {language: _filled(key, language, facts or {}) for language in LANGUAGES}


def _filled(key: str, language: str, facts: Mapping[str, str | Words]) -> str:
    def fact(found: re.Match[str]) -> str:
        told = facts[found[1]]
        return told if isinstance(told, str) else told[language]

    return _FACT.sub(fact, _templates()[key][language])


def joined(parts: Sequence[Words]) -> dict[str, str]:
    """Several pieces of words as one."""
    return {language: "".join(part[language] for part in parts) for language in LANGUAGES}


def figure(number: Any) -> str:
    """A number as one writes it: at most three decimals, rounded half-up, no zeros behind."""
    if number is None:
        return "–"
    text = format(exact(number).quantize(_THOUSANDTH, ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".")


def named(key: str, text: Mapping[str, Any] | None) -> dict[str, str]:
    """A name in quotes; of a thing walked several times with the number of its round."""
    zh, en = (trimmed((text or {}).get(language)) for language in LANGUAGES)
    bare, _, n = key.partition("#")
    name = {"zh": zh or en or bare, "en": en or zh or bare}
    return fill("name.round", {"name": name, "n": n}) if n else fill("name", {"name": name})


def listed(names: Sequence[Words]) -> dict[str, str]:
    """Names in a row; of many only the first few and how many there are."""
    shown = names[:_NAMED]
    join = fill("names.join")
    row = {language: join[language].join(name[language] for name in shown) for language in LANGUAGES}
    if len(names) == len(shown):
        return row
    more = len(names) - len(shown)
    return fill("names.more", {"names": row, "n": str(len(names)), "more": str(more)})
