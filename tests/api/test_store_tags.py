"""Tags of stores: by hand, from a table, and on phones; and the regions that phones know."""

from datetime import UTC, datetime

import pytest

from api.core.transaction import in_transaction
from api.stores import services as stores
from tests.api.test_rooms import _import, mirror
from tests.support.company import Company


def test_tags_are_given_changed_and_mirrored(company: Company) -> None:
    body = {
        "code": f"T-{company.mark}",
        "name": {"zh": "店", "en": "Shop"},
        "region_id": str(company.east),
        "tags": [" 24h", "drive-in", "24h", ""],
    }
    status, store = company.admin.post("/stores", body)
    assert (status, store["tags"]) == (201, ["24h", "drive-in"])
    path = f"/stores/{store['id']}"
    _, cursor = mirror(company.supervisor)
    status, changed = company.admin.call("PATCH", path, {"version": 1, "tags": ["外卖"]})
    assert (status, changed["tags"]) == (200, ["外卖"])
    assert mirror(company.supervisor, cursor)[0]["store"][store["id"]]["tags"] == ["外卖"]
    assert company.admin.call("PATCH", path, {"version": 2, "tags": ["外卖"]})[1]["version"] == 2
    assert company.admin.call("PATCH", path, {"version": 2, "level": "A"})[1]["tags"] == ["外卖"]
    assert company.admin.get(f"/stores/{company.store}")[1]["tags"] == []
    assert company.manager.call("PATCH", path, {"version": 3, "tags": []})[0] == 403


@pytest.mark.parametrize("tags", ["24h", ["x" * 41], [7], [None], [str(n) for n in range(31)]])
def test_tags_of_a_wrong_shape(company: Company, tags: object) -> None:
    version = company.admin.get(f"/stores/{company.store}")[1]["version"]
    change = {"version": version, "tags": tags}
    assert company.admin.call("PATCH", f"/stores/{company.store}", change)[0] == 422


def test_tags_come_from_a_table_and_are_kept_where_it_says_nothing(company: Company) -> None:
    mark = company.mark
    table = f"code,name,city,tags\n{mark}-a,A,X{mark},24h; drive-in ；外卖\n{mark}-b,B,X{mark},\n"
    assert _import(company.admin, "/imports/stores", table)[1]["created"] == 2
    found = {s["code"]: s for s in company.admin.get(f"/stores?search={mark}-")[1]["items"]}
    assert found[f"{mark}-a"]["tags"] == ["24h", "drive-in", "外卖"]
    assert found[f"{mark}-b"]["tags"] == []
    assert _import(company.admin, "/imports/stores", table)[1]["unchanged"] == 2
    without = f"code,name,city\n{mark}-a,A,X{mark}\n"
    assert _import(company.admin, "/imports/stores", without)[1]["unchanged"] == 1
    other = table.replace("24h; ", "")
    assert _import(company.admin, "/imports/stores", other)[1]["changed"] == 1
    long = table.replace("24h", "x" * 41)
    status, problem = _import(company.admin, "/imports/stores", long)
    assert (status, [(r["line"], r["column"]) for r in problem["rows"]]) == (422, [(2, "tags")])


def test_phones_know_the_regions_above_their_own(company: Company) -> None:
    with company.app.app_context():
        below = in_transaction(
            stores.add_region,
            code=f"B-{company.mark}",
            name={"zh": "区", "en": "Area"},
            parent_id=company.east,
            actor=None,
            now=datetime.now(UTC),
        )
    version = company.admin.get(f"/stores/{company.store}")[1]["version"]
    change = {"version": version, "region_id": str(below.id)}
    assert company.admin.call("PATCH", f"/stores/{company.store}", change)[0] == 200
    held = mirror(company.keeper)[0]
    assert set(held["region"]) == {str(below.id), str(company.east)}
    seen = {r["id"] for r in company.keeper.get("/regions")[1]["items"]}
    assert seen == {str(below.id)}
