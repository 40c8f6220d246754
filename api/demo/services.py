"""A small company to try the product on: six regions, eight stores, a month of visits, and plans for more.

Everything goes through the same deeds as real data, so the demo is as true as the product.
"""

import hashlib
import json
import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts import passwords
from api.accounts import queries as account_queries
from api.accounts import services as accounts
from api.accounts.models import User
from api.accounts.types import Actor
from api.checklists import queries as checklist_queries
from api.checklists import services as checklists
from api.checklists.library import from_library
from api.core.config import ROOT
from api.core.ids import new_id
from api.core.shapes import load_strictly, moment_text
from api.core.transaction import in_transaction
from api.demo import places, plans, reports
from api.demo.pictures import Camera
from api.inspections import submission
from api.inspections.schemas import InspectionDocumentSchema
from api.stores import queries as stores_queries
from api.stores import services as stores
from api.stores.models import Region, Store
from api.tasks import queries as task_queries
from api.tasks import services as tasks
from api.tasks.schemas import StepBodySchema
from storage.blobs import Blobs

LIBRARY = ROOT / "data" / "sop" / "checklists_zh_en.json"
WEEKS = 4
CAMPAIGN_DONE = ("HZ002", "SZ002")
LOCAL = ZoneInfo("Asia/Shanghai")


def seed(blobs: Blobs, now: datetime) -> bool:
    """Fills an empty database; False and nothing changed when somebody is in it already."""
    if account_queries.any_user():
        return False
    hashed = passwords.hashed(places.PASSWORD)
    in_transaction(_set_up, hashed, now - timedelta(days=40))
    camera = Camera(blobs)
    dice = random.Random(2026)
    for week in range(WEEKS, 0, -1):
        for place, store in enumerate(_all_stores()):
            started = _local(now, -7 * week + place % 3, 9 + 2 * (place // 3))
            _past_visit(store, place, started, dice, camera, week)
    _campaign(now, dice, camera)
    plans.recurring(_actor(_person("admin")), now)
    return True


def _set_up(password_hash: str, at: datetime) -> None:
    regions: dict[str, Region] = {}
    for code, parent, zh, en in places.REGIONS:
        parent_id = regions[parent].id if parent else None
        regions[code] = stores.add_region(
            code=code, name={"zh": zh, "en": en}, parent_id=parent_id, actor=None, now=at
        )
    supervisors = {}
    added = {}
    for username, name, role, locale, region_codes, _ in places.PEOPLE:
        supervisors[username] = accounts.add_user(
            username=username,
            name=name,
            role=role,
            locale=locale,
            password_hash=password_hash,
            region_ids=[regions[code].id for code in region_codes],
            actor=None,
            now=at,
        )
    for row in places.STORES:
        fields = places.store_fields(row) | {
            "region_id": regions[row[1]].id,
            "supervisor_id": supervisors[places.SUPERVISOR_OF[row[1]]].id,
            "city": regions[row[1]].name_zh,
        }
        added[row[0]] = stores.add_store(fields, actor=None, now=at)
    for username, _, _, _, _, store_codes in places.PEOPLE:
        if store_codes:
            accounts.set_scope(supervisors[username], [], [added[code].id for code in store_codes])
    checklists.adopt(from_library(json.loads(LIBRARY.read_text(encoding="utf-8"))), actor=None, now=at)


def _person(username: str) -> User:
    user = account_queries.user_named(username)
    assert user is not None
    return user


def _actor(user: User) -> Actor:
    scopes = account_queries.scopes_of(user.id)
    return Actor(
        id=user.id,
        name=user.name,
        role=user.role,
        region_ids=frozenset(s.region_id for s in scopes if s.region_id),
        store_ids=frozenset(s.store_id for s in scopes if s.store_id),
    )


def _all_stores() -> list[Store]:
    return list(stores_queries.stores_coded([row[0] for row in places.STORES]).values())


def _local(now: datetime, days: int, hour: int) -> datetime:
    local = now.astimezone(LOCAL) + timedelta(days=days)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def _past_visit(
    store: Store, place: int, started: datetime, dice: random.Random, camera: Camera, week: int
) -> None:
    care = 0.97 - 0.05 * (place % 4) + 0.02 * (WEEKS - week)
    code = places.CHECKLIST_OF[store.type]
    inspection_id, finished = _report(store, code, None, started, care, dice, camera)
    if week > 1:
        _mend(inspection_id, _supervisor_of(store), finished, dice, camera)


def _supervisor_of(store: Store) -> Actor:
    row = next(r for r in places.STORES if r[0] == store.code)
    return _actor(_person(places.SUPERVISOR_OF[row[1]]))


def _report(
    store: Store,
    checklist_code: str,
    visit_id: Any,
    started: datetime,
    care: float,
    dice: random.Random,
    camera: Camera,
) -> tuple[Any, datetime]:
    """Hands a report in as its supervisor would; gives its id and when it arrived."""
    checklist = checklist_queries.checklist_coded(checklist_code)
    assert checklist is not None and checklist.published_version is not None
    version = checklist_queries.version(checklist.id, checklist.published_version)
    assert version is not None
    supervisor = _supervisor_of(store)
    body = reports.document(
        version.content,
        visit_id=visit_id,
        store=store,
        checklist_id=checklist.id,
        version=version.number,
        started_at=started,
        care=care,
        take=camera.of(supervisor, started),
        dice=dice,
    )
    text = json.dumps(body, ensure_ascii=False)
    loaded = load_strictly(InspectionDocumentSchema, body)
    finished = loaded["submitted_at"] + timedelta(minutes=2)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    done = in_transaction(submission.submit, supervisor, new_id(), loaded, text, sha256, finished)
    return done.inspection.id, finished


def _campaign(now: datetime, dice: random.Random, camera: Camera) -> None:
    """Begun some days ago; two of its stores have done it."""
    begun = _local(now, -4, 9)
    found = {visit.store_id: visit.id for visit in plans.campaign(_actor(_person("admin")), begun)}
    done = [store for store in _all_stores() if store.id in found and store.code in CAMPAIGN_DONE]
    for place, store in enumerate(done):
        started = _local(now, place - 2, 14)
        _report(store, plans.CAMPAIGN_CHECKLIST, found[store.id], started, 0.95 - place / 10, dice, camera)


def _mend(inspection_id: Any, supervisor: Actor, at: datetime, dice: random.Random, camera: Camera) -> None:
    """Most of what was found in earlier weeks was put right and looked at."""
    for task_id in task_queries.ids_of_inspection(inspection_id):
        task = task_queries.task_for(supervisor, task_id)
        if task is None or task.assignee_id is None or dice.random() < 0.2:
            continue
        fixer = account_queries.user(task.assignee_id)
        assert fixer is not None
        mended = at + timedelta(hours=dice.randint(3, 60))
        photo = reports.photo(camera.of(_actor(fixer), mended)("good"), mended)
        _step(_actor(fixer), task_id, "submit", "已整改", [photo], mended)
        if dice.random() < 0.9:
            _step(supervisor, task_id, "approve", "", [], mended + timedelta(hours=4))


def _step(actor: Actor, task_id: Any, action: str, note: str, shown: list[Any], at: datetime) -> None:
    task = task_queries.task_for(actor, task_id)
    assert task is not None
    given = _given(action, task.version, note, shown, at)
    sha256 = hashlib.sha256(repr(given).encode()).hexdigest()
    in_transaction(tasks.take_step, actor, task_id, new_id(), given, sha256, at)


def _given(action: str, version: int, note: str, shown: list[Any], at: datetime) -> dict[str, Any]:
    """A step as a phone would send it."""
    body = {"action": action, "version": version, "note": note, "photos": shown, "device_at": moment_text(at)}
    given: dict[str, Any] = load_strictly(StepBodySchema, body)
    return given
