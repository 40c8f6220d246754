"""Which text of a checklist is meant: one of its versions, or the draft."""

from collections.abc import Mapping
from typing import Any

from api.accounts import policy
from api.accounts.types import Actor
from api.checklists import queries
from api.checklists.content import faults_in
from api.checklists.content_defaults import with_defaults
from api.checklists.models import Checklist
from api.core.errors import FieldError, NotFound, Validation

DRAFT = "draft"
Edition = int | str


def content_of(actor: Actor, checklist: Checklist, edition: Edition) -> dict[str, Any]:
    """What a version or the draft holds, filled in as far as a draft with faults can be.

    Raises NotFound, and Forbidden for the draft of those who may not write it.
    """
    if edition != DRAFT:
        version = queries.version(checklist.id, int(edition))
        if version is None:
            raise NotFound("There is no such version.")
        return version.content
    policy.require(actor, "checklists.write")
    draft = checklist.draft_content
    if draft is None:
        raise NotFound("There is no draft.")
    return filled(draft)


def sound_content_of(actor: Actor, checklist: Checklist, edition: Edition) -> dict[str, Any]:
    """The same, but a draft with faults is refused: Validation whose pointers begin with /content."""
    content = content_of(actor, checklist, edition)
    if edition == DRAFT:
        refuse_faults(checklist.draft_content)
    return content


def refuse_faults(content: Any) -> None:
    """Raises Validation naming the first 200 faults of a content."""
    faults = faults_in(content)
    if faults:
        raise Validation(errors=[FieldError("/content" + f.pointer, f.code, f.message) for f in faults[:200]])


def filled(content: Mapping[str, Any]) -> dict[str, Any]:
    """A readable draft with its defaults; what is too wrong to be understood stays as it is."""
    sections = [
        _tried({"sections": [section | {"items": []}]}, section)
        | {"items": [_tried_item(item) for item in section["items"]]}
        for section in content["sections"]
    ]
    try:
        scoring = with_defaults({"scoring": content.get("scoring", {}), "sections": []})["scoring"]
    except (TypeError, ValueError):
        scoring = content["scoring"]
    return {"scoring": scoring, "sections": sections}


_NOT_UNDERSTOOD = (KeyError, TypeError, ValueError, AttributeError)


def _tried(content: Mapping[str, Any], otherwise: Mapping[str, Any]) -> dict[str, Any]:
    try:
        filled_in: dict[str, Any] = with_defaults(content)["sections"][0]
    except _NOT_UNDERSTOOD:
        return dict(otherwise)
    return filled_in


def _tried_item(item: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = with_defaults({"sections": [{"items": [item]}]})["sections"][0]["items"][0]
    except _NOT_UNDERSTOOD:
        return dict(item)
    return found
