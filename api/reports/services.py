"""Reports: reading everything, writing nothing."""

import csv
import io
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from api.accounts.types import Actor
from api.reports import queries
from api.reports.periods import Sums, mean, pass_rate, period_of, total

PERIODS = ("day", "week", "month")


def scores(
    actor: Actor,
    *,
    from_: date,
    to: date,
    group_by: str,
    region_id: uuid.UUID | None,
    store_id: uuid.UUID | None,
    checklist_id: uuid.UUID | None,
) -> dict[str, Any]:
    """Mean scores by store, region, checklist, supervisor or period (domain rules 8)."""
    sums = queries.score_sums(
        actor,
        from_=from_,
        to=to,
        group_by=group_by,
        region_id=region_id,
        store_id=store_id,
        checklist_id=checklist_id,
    )
    if group_by in PERIODS:
        sums = _by_period(sums, group_by)
    names = queries.labels(group_by, list(sums))
    items = [_line(key, names.get(key, {"zh": "", "en": ""}), part) for key, part in sums.items()]
    return {
        "items": _ordered(items, group_by),
        "next": None,
        "overall": _figures(total(sums.values())),
        "from": from_,
        "to": to,
    }


def _by_period(sums: Mapping[date, Sums], size: str) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    for day, part in sums.items():
        name = period_of(day, size)
        found[name] = found.get(name, Sums()).plus(part)
    return found


def _figures(sums: Sums) -> dict[str, Any]:
    return {
        "mean": mean(sums),
        "inspections": sums.inspections,
        "pass_rate": pass_rate(sums),
        "findings": sums.findings,
    }


def _line(key: Any, label: Mapping[str, str], sums: Sums) -> dict[str, Any]:
    lowest = None if sums.lowest is None else Decimal(sums.lowest) / 10
    return {"key": str(key), "label": dict(label), "lowest": lowest} | _figures(sums)


def _ordered(items: list[dict[str, Any]], group_by: str) -> list[dict[str, Any]]:
    """Periods in time; everything else with the lowest mean first, because that is where to act."""
    if group_by in PERIODS:
        return sorted(items, key=lambda line: line["key"])
    return sorted(items, key=lambda line: (line["mean"] is None, line["mean"] or 0, line["key"]))


def as_csv(items: Sequence[Mapping[str, Any]]) -> str:
    """The lines for a spreadsheet: UTF-8 with a mark, and no text that it would run as a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["key", "name_zh", "name_en", "mean", "inspections", "pass_rate", "findings", "lowest"])
    for line in items:
        names = [harmless(line["key"]), harmless(line["label"]["zh"]), harmless(line["label"]["en"])]
        figures = [line[name] for name in ("mean", "inspections", "pass_rate", "findings", "lowest")]
        writer.writerow(names + ["" if figure is None else str(figure) for figure in figures])
    return out.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
