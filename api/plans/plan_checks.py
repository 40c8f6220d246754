"""What must be right before a plan is stored: its terms, its checklist, the places and the people it names."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from api.accounts.types import Actor
from api.checklists import queries as checklist_queries
from api.core.errors import FieldError, Validation
from api.plans.terms import assignee_faults, faults_in
from api.stores import queries as store_queries

_MOST_NAMED = 100


def check(actor: Actor, checklist_id: uuid.UUID, terms: Mapping[str, Any]) -> None:
    """Raises Validation naming every fault of the terms and every reference that leads nowhere."""
    faults = [FieldError(f"/terms{f.pointer}", f.code, f.message) for f in faults_in(terms)]
    faults += _checklist_faults(checklist_id)
    faults += _place_faults(actor, terms["selection"])
    faults += _people_faults(actor, terms["assignee"], "/terms/assignee")
    if faults:
        raise Validation(errors=faults[:_MOST_NAMED])


def check_override(actor: Actor, given: Mapping[str, Any]) -> None:
    """The same for what is different in one store."""
    assignee = given.get("assignee")
    faults = []
    if given.get("times") and len(set(given["times"])) != len(given["times"]):
        faults.append(FieldError("/times", "twice", "The same time twice."))
    if assignee:
        faults += [
            FieldError(f"/assignee{f.pointer.removeprefix('/assignee')}", f.code, f.message)
            for f in assignee_faults(assignee)
        ]
        faults += _people_faults(actor, assignee, "/assignee")
    if faults:
        raise Validation(errors=faults)


def check_checklist(checklist_id: uuid.UUID) -> None:
    """Raises Validation unless visits may be planned by this checklist."""
    faults = _checklist_faults(checklist_id)
    if faults:
        raise Validation(errors=faults)


def _checklist_faults(checklist_id: uuid.UUID) -> list[FieldError]:
    """Held until the plan is stored, so that a checklist is not retired behind its back."""
    checklist = checklist_queries.checklist_held(checklist_id)
    if checklist is None:
        return [FieldError("/checklist_id", "unknown", "There is no such checklist.")]
    if checklist.published_version is None:
        return [FieldError("/checklist_id", "not_published", "This checklist is not published yet.")]
    if checklist.retired_at is not None:
        return [
            FieldError("/checklist_id", "retired", "This checklist is retired; nothing is planned by it.")
        ]
    return []


def _place_faults(actor: Actor, selection: Mapping[str, Any]) -> list[FieldError]:
    regions = {str(region.id) for region in store_queries.visible_regions(actor)}
    stores = (
        store_queries.visible_store_ids(actor) if selection["store_ids"] or selection["except_ids"] else ()
    )
    known = {"region_ids": regions, "store_ids": stores, "except_ids": stores}
    words = {"region_ids": "region", "store_ids": "store", "except_ids": "store"}
    return [
        FieldError(
            f"/terms/selection/{name}/{place}", "unknown", f"There is no such {words[name]} among yours."
        )
        for name, mine in known.items()
        for place, one in enumerate(selection[name])
        if str(one) not in mine
    ]


def _people_faults(actor: Actor, assignee: Mapping[str, Any], at: str) -> list[FieldError]:
    named: list[tuple[str, Any]] = []
    if assignee["rule"] == "person" and assignee.get("user_id"):
        named = [("user_id", assignee["user_id"])]
    if assignee["rule"] == "rotation":
        named = [(f"user_ids/{place}", one) for place, one in enumerate(assignee.get("user_ids") or ())]
    return [fault for name, one in named for fault in _person_faults(actor, one, f"{at}/{name}")]


def _person_faults(actor: Actor, user_id: Any, at: str) -> Sequence[FieldError]:
    person = store_queries.user_for(actor, uuid.UUID(str(user_id)))
    if person is None:
        return [FieldError(at, "unknown", "There is no such person among yours.")]
    return [] if person.is_active else [FieldError(at, "inactive", "This person is no longer active.")]
