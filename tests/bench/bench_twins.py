"""How long it takes to look a photo up among a million earlier ones, and a report of thirty photos.

Usage: .venv/bin/python -m tests.bench.bench_twins [PHOTOS]

Fills PostgreSQL and SQLite with photos of a year: 1,000 stores and 100 people, and one person more who took
every 51st photo alone. Looked up is with the very queries of a submission; nothing is warmed up but
by the first look. The clock shows what else runs on the machine; the seconds of the processor do not.
"""

import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade

from api.app import create_app
from api.core.config import Settings
from api.core.db import db, writing
from api.photos import twin_queries
from api.photos.models import Evidence
from api.photos.twins import Looks, looks_of
from api.web.schema_state import MIGRATIONS
from storage.blobs import StorageSettings
from tests.support.real_parts import postgres

STORES, PEOPLE, DAYS, LOOKS = 1_000, 100, 365, 40
BUSY = uuid.UUID(int=0)
COLUMNS = (
    "id, sha256, store_id, inspection_id, item_key, slot, photo_id, bytes, width, height, taken_at, source,"
    " person_id, listed_at, looked_at, dhash, phash, core_dhash, core_phash"
)
POSTGRESQL = """
INSERT INTO evidence ({columns})
SELECT gen_random_uuid(), md5(n::text) || md5((-n)::text), lpad(to_hex(mod(n, {stores}) + 1), 32, '0')::uuid,
 gen_random_uuid(), 'item', 'answer', gen_random_uuid(), 1, 1, 1, t, 'camera',
 lpad(to_hex(CASE WHEN mod(n, 51) = 0 THEN 0 ELSE mod(n, {people}) + 1 END), 32, '0')::uuid, t, t,
 {bits}, {bits}, {bits}, {bits}
FROM (SELECT n, now() - random() * interval '{days} days' AS t FROM generate_series(1, {count}) AS n) AS made
"""
SQLITE = """
INSERT INTO evidence ({columns})
WITH RECURSIVE made(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM made WHERE n < {count}),
 dated(n, t) AS (
  SELECT n, strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || abs(random() % ({days} * 86400)) || ' seconds') || '000'
  FROM made)
SELECT lower(hex(randomblob(16))), lower(hex(randomblob(32))), printf('%032x', n % {stores} + 1),
 lower(hex(randomblob(16))), 'item', 'answer', lower(hex(randomblob(16))), 1, 1, 1, t, 'camera',
 printf('%032x', CASE WHEN n % 51 = 0 THEN 0 ELSE n % {people} + 1 END), t, t,
 {bits}, {bits}, {bits}, {bits}
FROM dated
"""
BITS = {
    "postgresql": "(('x' || substr(md5(random()::text || n), 1, 16))::bit(64)::bigint)",
    "sqlite": "random()",
}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(
        f"{'database':<12}{'looked up':<36}{'among':>8}{'CPU ms':>9}{'fastest ms':>12}{'median ms':>11}{'95 % ms':>9}"
    )
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as name, postgres() as url:
        bench("PostgreSQL", url.replace("postgresql://", "postgresql+psycopg://"), Path(name), count)
        bench("SQLite", f"sqlite:///{Path(name) / 'rounds.sqlite3'}", Path(name), count)


def bench(database: str, url: str, folder: Path, count: int) -> None:
    storage = StorageSettings(url=str(folder))
    app = create_app(Settings(url, storage, "b" * 40, "http://localhost", folder, "ERROR", 0))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        fill(count)
        dice = random.Random(3)
        for who, person in (("a person", None), ("the busiest person", BUSY)):
            for photos, words in ((1, "one photo"), (30, "thirty photos")):
                before = cpu_seconds()
                told, among = timed(dice, person, photos)
                cpu = (cpu_seconds() - before) * 1000 / len(told)
                median, slow = statistics.median(told), sorted(told)[int(len(told) * 0.95)]
                figures = f"{among:>8}{cpu:>9.1f}{min(told):>12.1f}{median:>11.1f}{slow:>9.1f}"
                print(f"{database:<12}{words + ', ' + who:<36}{figures}", flush=True)
        db.session.remove()
        db.engine.dispose()


def fill(count: int) -> None:
    dialect = db.engine.dialect.name
    text = (POSTGRESQL if dialect == "postgresql" else SQLITE).format(
        columns=COLUMNS, stores=STORES, people=PEOPLE, days=DAYS, count=count, bits=BITS[dialect]
    )
    token = writing.set(True)
    with db.engine.connect() as connection:
        if dialect == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.exec_driver_sql("SET statement_timeout = 0")
        else:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql(text)
        connection.commit()
    writing.reset(token)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE evidence" if dialect == "postgresql" else "ANALYZE")


def timed(dice: random.Random, person: uuid.UUID | None, photos: int) -> tuple[list[float], int]:
    """Milliseconds of each look; how many photos it was among; each planted twin must be found."""
    told = []
    now = datetime.now(UTC)
    for turn in range(LOOKS + 1):
        store_id = uuid.UUID(int=dice.randint(1, STORES))
        person_id = person or uuid.UUID(int=dice.randint(1, PEOPLE))
        planted = db.session.execute(
            sa.select(Evidence)
            .where(Evidence.person_id == person_id, Evidence.listed_at > now - timedelta(days=170))
            .limit(1)
        ).scalar_one()
        old = looks_of(planted)
        assert old is not None
        twin = Looks(old.dhash ^ 0b1011, old.phash ^ 0b1, old.core_dhash ^ 0b1, old.core_phash)
        others = {Looks(*(dice.getrandbits(63) for _ in range(4))) for _ in range(photos - 1)}
        db.session.rollback()
        begun = time.perf_counter()
        found = twin_queries.look_alikes(
            {twin, *others}, store_id=store_id, person_id=person_id, but=None, now=now
        )
        if turn:
            told.append((time.perf_counter() - begun) * 1000)
        assert planted.id in {row.id for row in found}
    return told, counted(lambda: sa.or_(Evidence.store_id == store_id, Evidence.person_id == person_id), now)


def cpu_seconds() -> float:
    """What this process and its database connection have reckoned; other programs do not count."""
    mine = time.process_time()
    if db.engine.dialect.name != "postgresql":
        return mine
    pid = db.session.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return mine + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def counted(mine: Callable[[], sa.ColumnElement[bool]], now: datetime) -> int:
    query = sa.select(sa.func.count()).where(mine(), Evidence.listed_at > now - twin_queries.WITHIN)
    return db.session.execute(query).scalar_one()


if __name__ == "__main__":
    main()
