"""What phones send once more: under the right name, and to a server that may have forgotten it."""

import hashlib
import json
import uuid
from typing import Any

from api.core.ids import derived_id, new_id
from tests.support.company import Company, digest_header


def test_what_one_person_did_is_refused_under_the_sign_in_of_another(company: Company) -> None:
    raw = json.dumps(company.document()).encode()
    headers = {"Content-Type": "application/json"} | digest_header(raw)
    path = f"/inspections/{new_id()}"
    other = str(company.people["stranger"].id)
    status, problem = company.supervisor.call("PUT", path, raw, **headers, **{"Rounds-User": other})
    assert (status, problem["type"]) == (401, "/problems/unauthorized")
    assert company.supervisor.get(path)[0] == 404
    own = str(company.people["supervisor"].id)
    assert company.supervisor.call("PUT", path, raw, **headers, **{"Rounds-User": own})[0] == 201


def test_steps_on_tasks_can_be_asked_for(company: Company) -> None:
    task, step = company.task(), str(new_id())
    body = {"action": "start", "version": task["version"], "device_at": task["created_at"]}
    raw = json.dumps(body).encode()
    path = f"/tasks/{task['id']}/transitions/{step}"
    asked = [{"id": step, "sha256": hashlib.sha256(raw).hexdigest()}, {"id": step, "sha256": "0" * 64}]

    def states() -> list[Any]:
        answer = company.keeper.post("/sync/have", {"items": asked})[1]
        return [line["state"] for line in answer["items"]]

    assert states() == ["missing", "missing"]
    assert company.keeper.put_signed(path, body)[0] == 200
    assert states() == ["same", "different"]


def test_the_task_of_a_finding_has_the_same_id_whenever_its_report_is_stored(company: Company) -> None:
    report, receipt = company.submit()
    found = company.supervisor.get(f"/inspections/{report}")[1]
    keys = [answer["item_key"] for answer in found["answers"] if answer["finding"]]
    expected = [str(derived_id(uuid.UUID(report), key, number)) for number, key in enumerate(keys)]
    assert receipt["task_ids"] == expected
    assert len(set(expected)) == len(expected) == 1


def test_ids_of_parts_sort_by_their_number_and_differ_by_name() -> None:
    parent = new_id()
    made = [derived_id(parent, f"item-{number}", number) for number in range(50)]
    assert made == sorted(made)
    assert len(set(made)) == 50
    assert {(one.version, one.variant) for one in made} == {(7, made[0].variant)}
    assert derived_id(parent, "a", 0) == derived_id(parent, "a", 0) != derived_id(parent, "b", 0)
    assert made[0].int >> 80 == parent.int >> 80
