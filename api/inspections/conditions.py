"""Is an item to be asked: does it apply to this store at this hour, and do earlier answers call for it?

An answer counts as it is judged. What is hidden, not answered, or set aside as "not applicable" has no
value, so a condition on values or numbers is not met by it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from api.inspections.kinds import is_number

Asked = Callable[[str], tuple[str, Any]]
"""From an item's key its judged result, and its value when there is one that counts."""


def applies(thing: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
    """True when every list of the item or section that is not empty is met by the store."""
    wanted: Mapping[str, Any] = thing.get("applies") or {}
    return not any(wanted.values()) or (
        _among(wanted.get("store_types"), [context.get("store_type")])
        and _among(wanted.get("tags"), context.get("tags") or ())
        and _among(wanted.get("regions"), context.get("region_codes") or ())
        and _among(wanted.get("dayparts"), [context.get("daypart")])
    )


def is_bounded(thing: Mapping[str, Any]) -> bool:
    """True when the item or section does not apply everywhere."""
    return any((thing.get("applies") or {}).values())


def _among(wanted: Any, found: Any) -> bool:
    return not wanted or any(one in wanted for one in found)


def is_met(condition: Mapping[str, Any], asked: Asked) -> bool:
    """True when the answers are as the condition wants them."""
    if "all" in condition:
        return all(is_met(part, asked) for part in condition["all"])
    if "any" in condition:
        return any(is_met(part, asked) for part in condition["any"])
    result, value = asked(condition["item"])
    if "result" in condition:
        return result in condition["result"]
    if "value" in condition:
        chosen = value if isinstance(value, list | tuple) else [value]
        return any(one in condition["value"] for one in chosen)
    return is_number(value) and _is_within(value, condition.get("least"), condition.get("most"))


def _is_within(value: Any, least: Any, most: Any) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
