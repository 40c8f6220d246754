"""May this report be finished? Every item needs an answer, with its reason and photos where asked.

Unanswered is not "not applicable". What is missing is named item by item, so that the phone can
jump there. Domain rules 3 and 6.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.inspections.judgement import SET_ASIDE, UNANSWERED, has_limits, is_number, judge, read_date

PHOTO_KINDS = ("photo", "signature")


@dataclass(frozen=True)
class Gap:
    """What is missing at one item."""

    item_key: str
    code: str


def complete(content: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], on_date: date) -> list[Gap]:
    """All gaps in the order of the checklist; none when the report may be submitted."""
    given = {answer["item_key"]: answer for answer in answers}
    return [
        Gap(item["key"], code)
        for section in content["sections"]
        for item in section["items"]
        for code in _gaps(item, given.get(item["key"]), on_date)
    ]


def _gaps(item: Mapping[str, Any], answer: Mapping[str, Any] | None, on_date: date) -> Iterator[str]:
    if answer is None:
        yield "unanswered"
    elif answer.get("result") in SET_ASIDE:
        if answer["result"] == "na" and not item["allow_na"]:
            yield "na_not_allowed"
        if not str(answer.get("reason") or "").strip():
            yield "reason_required"
    else:
        yield from _answered_gaps(item, answer, on_date)


def _answered_gaps(item: Mapping[str, Any], answer: Mapping[str, Any], on_date: date) -> Iterator[str]:
    judgement = judge(item, answer, on_date)
    photos = len(answer.get("photos") or ())
    if judgement == UNANSWERED and item["kind"] not in PHOTO_KINDS:
        yield "value_invalid" if _is_wrong(item, answer) else "unanswered"
    if photos < _photos_needed(item, judgement.finding):
        yield "photo_required"
    if photos > _photos_allowed(item):
        yield "too_many_photos"
    if answer.get("fixed_on_spot") and judgement.finding and not answer.get("fix_photos"):
        yield "fix_photo_required"


def _is_wrong(item: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """True when there is a value, but none that fits; false when there is simply nothing yet."""
    value = answer.get("value")
    if item["kind"] == "pass_fail" or value is None or value == "":
        return False
    if item["kind"] == "numeric":
        return not is_number(value) and (has_limits(item) or value is not None)
    if item["kind"] == "date":
        return read_date(value) is None
    return item["kind"] != "text" or not isinstance(value, str)


def _photos_needed(item: Mapping[str, Any], finding: bool) -> int:
    rule, least = item["photo"]["rule"], int(item["photo"]["min"])
    if item["kind"] == "signature":
        return 1
    if item["kind"] == "photo":
        return max(1, least)
    if rule == "always" or (rule == "on_fail" and finding):
        return max(1, least)
    return 0


def _photos_allowed(item: Mapping[str, Any]) -> int:
    return 1 if item["kind"] == "signature" else int(item["photo"]["max"])
