"""May this report be finished? Every item needs an answer, with its reason, words and photos where asked.

Unanswered is not "not applicable"; only an item that is not required may stay open. What is missing is
named item by item, so that the phone can jump there. Domain rules 3 and 6.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.inspections.judgement import SET_ASIDE, UNANSWERED, judge
from api.inspections.kinds import is_number, read_date, trimmed
from api.photos import marks

PHOTO_KINDS = ("photo", "signature")
_TEXT_KINDS = ("text", "barcode")


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
        if item.get("required", True):
            yield "unanswered"
    elif answer.get("result") in SET_ASIDE:
        if answer["result"] == "na" and not item["allow_na"]:
            yield "na_not_allowed"
        if not trimmed(answer.get("reason")):
            yield "reason_required"
    elif item.get("required", True) or not _left_open(item, answer):
        yield from _answered_gaps(item, answer, on_date)
    elif _photos(answer) > _photos_allowed(item):
        yield "too_many_photos"


def _left_open(item: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """True when nobody began to answer; photos and words alone are no answer."""
    if item["kind"] in PHOTO_KINDS:
        return not _photos(answer)
    if item["kind"] == "pass_fail":
        return answer.get("result") is None
    value = answer.get("value")
    empty = value is None or (isinstance(value, str) and not trimmed(value))
    return empty and answer.get("result") is None


def _answered_gaps(item: Mapping[str, Any], answer: Mapping[str, Any], on_date: date) -> Iterator[str]:
    judgement = judge(item, answer, on_date)
    photos = _photos(answer)
    if judgement == UNANSWERED and item["kind"] not in PHOTO_KINDS:
        yield "value_invalid" if _is_wrong(item, answer) else "unanswered"
    if _asked(item.get("note_rule", "none"), judgement.finding) and not trimmed(answer.get("note")):
        yield "note_required"
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
        return not is_number(value)
    if item["kind"] == "date":
        return read_date(value) is None
    return item["kind"] not in _TEXT_KINDS or not isinstance(value, str)


def _asked(rule: str, finding: bool) -> bool:
    return rule == "always" or (rule == "on_fail" and finding)


def _photos(answer: Mapping[str, Any]) -> int:
    return marks.count(answer.get("photos"))


def _photos_needed(item: Mapping[str, Any], finding: bool) -> int:
    if item["kind"] == "signature":
        return 1
    needed = item["kind"] == "photo" or _asked(item["photo"]["rule"], finding)
    return max(1, int(item["photo"]["min"])) if needed else 0


def _photos_allowed(item: Mapping[str, Any]) -> int:
    return 1 if item["kind"] == "signature" else int(item["photo"]["max"])
