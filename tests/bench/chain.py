"""A chain of thousands of stores in several time zones, with supervisors over them."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from api.accounts.models import User, UserScope
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.stores import services as stores
from api.stores.models import Region, Store
from api.stores.store_csv import as_fields, from_store_csv
from tests.support.company import HASH, Company

STORES = 12_367
STORES_OF_ONE = 40
ZONES = (
    "Asia/Shanghai",
    "America/Chicago",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
)
REGIONS = 24


def make(app: Flask, csv: Path | None) -> tuple[Company, int]:
    """A company whose stores are those of a table, or made up; gives it and the number of its stores."""
    company = Company(app)
    with app.app_context():
        fields = _from_table(csv) if csv else _made_up()
        return company, in_transaction(_fill, company, fields)


def _from_table(csv: Path) -> list[dict[str, Any]]:
    rows = from_store_csv(csv.read_text(encoding="utf-8-sig"), timezone="America/Chicago")
    return [as_fields(row) | {"code": row.code} for row in rows if row.status == "open"]


def _made_up() -> list[dict[str, Any]]:
    return [
        {
            "code": f"B{number:05}",
            "name_zh": f"第{number}店",
            "name_en": f"Store {number}",
            "type": ("convenience", "tea", "bakery")[number % 3],
            "level": "ABC"[number % 3],
            "timezone": ZONES[number % len(ZONES)],
        }
        for number in range(STORES)
    ]


def _fill(company: Company, fields: list[dict[str, Any]]) -> int:
    now = datetime.now(UTC) - timedelta(days=40)
    name = {"zh": "区", "en": "Area"}
    top = stores.add_region(code=f"T-{company.mark}", name=name, parent_id=None, actor=None, now=now)
    regions: list[Region] = [
        stores.add_region(code=f"R{n}-{company.mark}", name=name, parent_id=top.id, actor=None, now=now)
        for n in range(REGIONS)
    ]
    db.session.flush()
    rows: list[dict[str, Any]] = []
    for number, start in enumerate(range(0, len(fields), STORES_OF_ONE)):
        region = regions[number % REGIONS]
        supervisor = _supervisor(company, number, region.id, now)
        hers = {"region_id": region.id, "supervisor_id": supervisor}
        rows += [_row(one | hers, now) for one in fields[start : start + STORES_OF_ONE]]
    db.session.flush()
    for start in range(0, len(rows), 1000):
        db.session.execute(sa.insert(Store), rows[start : start + 1000])
    return len(rows)


def _row(given: dict[str, Any], now: datetime) -> dict[str, Any]:
    made = stores.new_store(given, now)
    return {column.key: getattr(made, column.key) for column in Store.__table__.columns} | {
        "closed_dates": [],
        "opening_hours": None,
    }


def _supervisor(company: Company, number: int, region_id: uuid.UUID, now: datetime) -> uuid.UUID:
    user = User(
        id=new_id(),
        username=f"s{number}-{company.mark}",
        name=f"S{number}",
        role="supervisor",
        locale="zh",
        password_hash=HASH,
        is_active=True,
        created_at=now,
        updated_at=now,
    )
    db.session.add(user)
    db.session.flush()
    db.session.add(UserScope(id=new_id(), user_id=user.id, region_id=region_id, store_id=None))
    return user.id
