"""Stores from a table.

Columns: `code` and `name_zh` or `name_en`; or, as cities publish their licence lists, `license` and
`name`. Optional are type (`facility_type`), level (`risk`), tags with ; between them, region, address,
city, latitude, longitude, coord_sys, timezone, geofence_m, status, opening_hours (`mo-fr 09:00-22:00; sa,su
10:00-20:00`) and closed_dates (`2026-02-17; 2026-02-18`). A store without a region hangs on a region named
like its city, or on UNASSIGNED. Without tags, hours or closed days in its row a store keeps those that it has.
Licence lists spell names in capitals; they are kept as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import available_timezones

from api.core.tables import MAX_FAULTS, BadTable, RowError, read_csv
from api.stores import opening
from api.stores.tags import MAX_TAG, MAX_TAGS, tags_in

_REQUIRED: tuple[str, ...] = ()
_OPTIONAL = (
    "code",
    "license",
    "name",
    "name_zh",
    "name_en",
    "legal_name",
    "type",
    "facility_type",
    "level",
    "risk",
    "tags",
    "region",
    "address",
    "city",
    "zip",
    "latitude",
    "longitude",
    "coord_sys",
    "timezone",
    "geofence_m",
    "status",
    "opening_hours",
    "closed_dates",
)
UNASSIGNED = "UNASSIGNED"
_ZONES = available_timezones()
_WIDTHS = {"code": 64, "name_zh": 200, "name_en": 200, "type": 60, "level": 20, "address": 400, "city": 120}


@dataclass(frozen=True)
class StoreRow:
    """A store as a table has it. `region` is the code of the region it hangs on."""

    line: int
    code: str
    name_zh: str
    name_en: str
    type: str
    level: str
    region: str
    address: str
    city: str
    latitude: float | None
    longitude: float | None
    coord_sys: str
    timezone: str
    geofence_m: int
    status: str
    tags: tuple[str, ...] = ()
    opening_hours: opening.Hours | None = None
    closed_dates: tuple[str, ...] = ()


def from_store_csv(text: str, *, timezone: str = "Asia/Shanghai", region: str = "") -> list[StoreRow]:
    """The stores of a table; `timezone` and `region` hold for rows that name none.

    Raises BadTable naming every bad row by line, column and reason.
    """
    faults: list[RowError] = []
    rows: list[StoreRow] = []
    seen: dict[str, int] = {}
    for line, cells in read_csv(text, _REQUIRED, _OPTIONAL):
        row, wrong = _store(line, cells, timezone, region)
        if row.code in seen:
            wrong.append(
                RowError(line, "code", "twice", f"{row.code} stands in line {seen[row.code]} already.")
            )
        seen.setdefault(row.code, line)
        faults += wrong
        rows.append(row)
    if not rows and not faults:
        faults.append(RowError(1, "", "empty", "There is no store in this file."))
    if faults:
        raise BadTable(faults[:MAX_FAULTS])
    return rows


def _store(
    line: int, cells: Mapping[str, str], timezone: str, region: str
) -> tuple[StoreRow, list[RowError]]:
    row = StoreRow(
        line=line,
        code=cells["code"] or cells["license"],
        name_zh=cells["name_zh"],
        name_en=cells["name_en"] or cells["name"],
        type=cells["type"] or cells["facility_type"],
        level=cells["level"] or cells["risk"],
        region=cells["region"] or region or cells["city"].upper() or UNASSIGNED,
        address=cells["address"],
        city=cells["city"],
        latitude=None,
        longitude=None,
        coord_sys=cells["coord_sys"] or "WGS-84",
        timezone=cells["timezone"] or timezone,
        geofence_m=200,
        status=(cells["status"] or "open").lower(),
        tags=tuple(tags_in(cells["tags"])),
    )
    faults = _text_faults(row)
    point, wrong = _point(line, cells)
    fence, wrong_fence = _fence(line, cells["geofence_m"])
    row = replace(row, latitude=point[0], longitude=point[1], geofence_m=fence)
    row, wrong_times = _times(row, cells)
    return row, faults + wrong + wrong_fence + wrong_times


def _text_faults(row: StoreRow) -> list[RowError]:
    def fault(column: str, code: str, message: str) -> RowError:
        return RowError(row.line, column, code, message)

    found = []
    if not row.code:
        found.append(fault("code", "required", "The store has no code."))
    elif not all(c.isalnum() or c in "._/-" for c in row.code) or not row.code[0].isalnum():
        found.append(fault("code", "invalid", f"{row.code!r} is no code: letters, digits and . _ / - only."))
    if not row.name_zh and not row.name_en:
        found.append(fault("name", "required", "The store has no name."))
    if len(row.region) > 64:
        found.append(fault("region", "too_long", "The region's code is longer than 64 characters."))
    for name, width in _WIDTHS.items():
        if len(getattr(row, name)) > width:
            found.append(fault(name, "too_long", f"Longer than {width} characters."))
    if len(row.tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in row.tags):
        found.append(fault("tags", "too_long", f"At most {MAX_TAGS} tags of {MAX_TAG} characters."))
    for name, choices in (("coord_sys", ("WGS-84", "GCJ-02")), ("status", ("open", "suspended", "closed"))):
        if getattr(row, name) not in choices:
            found.append(fault(name, "invalid", f"{getattr(row, name)!r} is none of {', '.join(choices)}."))
    if row.timezone not in _ZONES:
        found.append(fault("timezone", "invalid", f"{row.timezone!r} is not the name of a time zone."))
    return found


def _point(line: int, cells: Mapping[str, str]) -> tuple[tuple[float | None, float | None], list[RowError]]:
    values: list[float | None] = []
    faults: list[RowError] = []
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value, fault = _degree(line, name, cells[name], limit)
        values.append(value)
        faults += fault
    if not faults and (values[0] is None) != (values[1] is None):
        faults.append(RowError(line, "latitude", "half_point", "Only one of the two coordinates is given."))
    return (values[0], values[1]), faults


def _degree(line: int, name: str, text: str, limit: int) -> tuple[float | None, list[RowError]]:
    if not text:
        return None, []
    try:
        value = float(text)
    except ValueError:
        return None, [RowError(line, name, "not_a_number", f"{text!r} is not a number.")]
    if not -limit <= value <= limit:
        return None, [RowError(line, name, "out_of_range", f"{text} is not between -{limit} and {limit}.")]
    return value, []


def _fence(line: int, text: str) -> tuple[int, list[RowError]]:
    if not text:
        return 200, []
    if not text.isdecimal() or not 50 <= int(text) <= 5000:
        return 200, [RowError(line, "geofence_m", "invalid", "A whole number of metres from 50 to 5000.")]
    return int(text), []


def _times(row: StoreRow, cells: Mapping[str, str]) -> tuple[StoreRow, list[RowError]]:
    faults = []
    try:
        row = replace(row, opening_hours=opening.hours_in(cells["opening_hours"]) or None)
    except opening.BadHours as bad:
        faults.append(RowError(row.line, "opening_hours", "invalid", str(bad)))
    try:
        row = replace(row, closed_dates=tuple(opening.dates_in(cells["closed_dates"])))
    except opening.BadHours as bad:
        faults.append(RowError(row.line, "closed_dates", "invalid", str(bad)))
    return row, faults


def as_fields(row: StoreRow) -> dict[str, Any]:
    """The row's fields that a store keeps, by the store's own names."""
    names = (
        "name_zh",
        "name_en",
        "type",
        "level",
        "address",
        "city",
        "latitude",
        "longitude",
        "coord_sys",
        "timezone",
        "geofence_m",
        "status",
    )
    found: dict[str, Any] = {name: getattr(row, name) for name in names}
    more = {
        "tags": list(row.tags),
        "opening_hours": row.opening_hours,
        "closed_dates": list(row.closed_dates),
    }
    return found | {name: value for name, value in more.items() if value}
