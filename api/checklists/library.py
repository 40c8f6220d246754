"""The SOP library's own format, turned into checklists.

A graded item counts as a finding below 80 %, because "good" is good enough there. A measured item
keeps a limit only where its text names exactly one; where it names several (a chiller and a freezer),
the inspector gives the number and says whether it is right.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.checklists.drafts import ChecklistDraft
from api.core.tables import BadTable, RowError

_KINDS = {
    "PF": "pass_fail",
    "GR": "graded",
    "NUM": "numeric",
    "CNT": "count",
    "DATE": "date",
    "CAP": "photo",
    "SIGN": "signature",
}
_SCORING = {
    "mode": "mode",
    "pass_line": "pass_line",
    "bands": "bands",
    "veto_policy": "redline_policy",
    "veto_cap": "redline_cap",
    "key_fail_cap": "key_cap",
    "key_fail_unrated": "key_unrated",
}
_LIMIT = re.compile(r"(?:([≥≤])\s*|([−-]?\d+)\s*–\s*)([−-]?\d+)\s*°C")
_STEP = re.compile(r"-(\d+) per")


def from_library(document: Any) -> list[ChecklistDraft]:
    """The checklists of a library file. Raises BadTable naming the checklist that is not in the format."""
    if not isinstance(document, Sequence) or isinstance(document, str) or not document:
        raise BadTable([RowError(1, "", "invalid", "The file is not a list of checklists.")])
    drafts = []
    for place, one in enumerate(document, start=1):
        try:
            drafts.append(_checklist(one))
        except (KeyError, TypeError, AttributeError) as error:
            message = f"Checklist {place} is not in the library's format: {error}."
            raise BadTable([RowError(place, "", "invalid", message)]) from None
    return drafts


def _checklist(one: Mapping[str, Any]) -> ChecklistDraft:
    return ChecklistDraft(
        code=one["code"],
        name={"zh": one["name_zh"], "en": one["name_en"]},
        kind=one["kind"],
        content={
            "scoring": {_SCORING[name]: value for name, value in one["scoring"].items()},
            "sections": [
                {
                    "key": f"s{i}",
                    "name": {"zh": section["name_zh"], "en": section["name_en"]},
                    "items": [_item(item) for item in section["items"]],
                }
                for i, section in enumerate(one["sections"], start=1)
            ],
        },
    )


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = _KINDS[item["type"]]
    made: dict[str, Any] = {
        "key": item["code"],
        "text": {"zh": item["zh"], "en": item["en"]},
        "kind": kind,
        "points": item["max"],
        "flag": item["flag"],
        "photo": _photo(item["photo"]),
        "allow_na": item["allow_na"] or kind == "photo",
        "fix_hours": item["rectify_hours"],
    }
    if kind == "graded":
        made["pass_line"] = 80
    elif kind == "count":
        step = _STEP.search(item["note"])
        made["step"] = int(step.group(1)) if step else 1
    elif kind == "numeric":
        made |= _limits(item["en"])
    elif kind == "date":
        made["warn_days"] = 30
    return made


def _photo(rule: str) -> dict[str, Any]:
    return {"rule": rule, "min": 0 if rule == "none" else 1, "max": 5}


def _limits(text: str) -> dict[str, Any]:
    found = _LIMIT.findall(text)
    unit = "℃" if "°C" in text else ""
    if len(found) != 1 or text.count("°C") != 1 or "%" in text:
        return {"unit": unit, "min": None, "max": None}
    sign, low, high = found[0]
    if low:
        return {"unit": unit, "min": _whole(low), "max": _whole(high)}
    return {
        "unit": unit,
        "min": _whole(high) if sign == "≥" else None,
        "max": _whole(high) if sign == "≤" else None,
    }


def _whole(text: str) -> int:
    return int(text.replace("−", "-"))
