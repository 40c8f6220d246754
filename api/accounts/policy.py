"""Which role may do what.

A permission is an action; whether the thing lies within one's stores is asked elsewhere
(stores.queries.visible_stores). A store's people look and mend, supervisors inspect and review,
regional managers plan and excuse, head office sets everything up.
"""

from api.accounts.types import (
    HQ_ADMIN,
    REGIONAL_MANAGER,
    ROLES,
    STORE_MANAGER,
    STORE_ROLES,
    STORE_STAFF,
    SUPERVISOR,
    Actor,
)
from api.core.errors import Forbidden

_EVERYBODY = frozenset(ROLES)
_HQ = frozenset({HQ_ADMIN})
_MANAGERS = frozenset({HQ_ADMIN, REGIONAL_MANAGER})
_FIELD = frozenset({HQ_ADMIN, REGIONAL_MANAGER, SUPERVISOR})
_STORE = frozenset(STORE_ROLES)
_HEADS = frozenset({HQ_ADMIN, REGIONAL_MANAGER, SUPERVISOR, STORE_MANAGER})

ACTIONS: dict[str, frozenset[str]] = {
    "regions.read": _EVERYBODY,
    "regions.write": _HQ,
    "stores.read": _EVERYBODY,
    "stores.write": _HQ,
    "stores.code": _MANAGERS,
    "users.read": _HEADS,
    "users.write": _HQ,
    "imports.write": _HQ,
    "checklists.read": _EVERYBODY,
    "checklists.write": _HQ,
    "photos.write": _EVERYBODY,
    "plans.read": _HEADS,
    "plans.write": _MANAGERS,
    "visits.read": _EVERYBODY,
    "visits.write": _FIELD,
    "visits.excuse": _MANAGERS,
    "absences.write": _FIELD,
    "inspections.submit": _EVERYBODY,
    "inspections.read": _EVERYBODY,
    "inspections.review": _FIELD,
    "inspections.void": _MANAGERS,
    "inspections.sign_off": _STORE,
    "tasks.read": _EVERYBODY,
    "tasks.act": _EVERYBODY,
    "tasks.create": _HEADS | {STORE_STAFF},
    "reports.read": _HEADS,
    "sync": _EVERYBODY,
}


def may(role: str, action: str) -> bool:
    """True when the role has the action. Raises KeyError for an action nobody defined."""
    return role in ACTIONS[action]


def permissions_of(role: str) -> list[str]:
    """All actions of a role, sorted."""
    return sorted(action for action, roles in ACTIONS.items() if role in roles)


def require(actor: Actor, action: str) -> None:
    """Raises Forbidden unless the actor's role has the action."""
    if not may(actor.role, action):
        raise Forbidden()
