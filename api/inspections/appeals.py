"""May this be appealed now, who decides it, and what may a decision change?

The people of a store may object to one item that lost points, or to a whole report, within 48 hours of its
arrival: once for each, with the reason, and for an item with a photo. Decided is by somebody other than the
inspector and other than who asked: a manager over the store, or a supervisor to whom it was given. A self-check
is the store's own word, so nothing is appealed there. Domain rules 7; the phone's twin is
pwa/src/domain/appeals.ts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.accounts.types import HQ_ADMIN, REGIONAL_MANAGER, SUPERVISOR

WITHIN = timedelta(hours=48)
WHOLE = ""
ACTIONS = ("uphold", "reject", "reassign")
STATE_AFTER = {"uphold": "upheld", "reject": "rejected", "reassign": "pending"}
COUNTS_AS = ("pass", "na")
SLOT = "appeal"
_MANAGERS = (HQ_ADMIN, REGIONAL_MANAGER)
_NEEDS_NOTE = ("uphold", "reject")


@dataclass(frozen=True)
class ReportFacts:
    """What is decided on. `lost`: keys of the items that lost points; `appealed`: those appealed, "" the whole."""

    status: str
    kind: str
    inspector_id: str
    received_at: datetime
    lost: Collection[str] = field(default_factory=frozenset)
    appealed: Collection[str] = field(default_factory=frozenset)


def until(received_at: datetime) -> datetime:
    """Until when a report that arrived then may be appealed."""
    return received_at + WITHIN


def refusal(
    report: ReportFacts, item_key: str, asker_id: str, *, is_store_member: bool, at: datetime
) -> str | None:
    """Why this may not be appealed by somebody at that moment; None when it may."""
    if not is_store_member:
        return "not_allowed"
    if report.inspector_id == asker_id:
        return "own_report"
    if report.kind == "self":
        return "self_check"
    if report.status == "voided":
        return "voided"
    if item_key in report.appealed:
        return "already"
    if not report.lost or (item_key != WHOLE and item_key not in report.lost):
        return "nothing_lost"
    return "too_late" if at > until(report.received_at) else None


def missing(item_key: str, reason: str, photos: int) -> str | None:
    """What an appeal still lacks: a reason, and for a single item a photo."""
    if len(reason.strip()) < 2:
        return "reason_required"
    return "photo_required" if item_key != WHOLE and photos < 1 else None


@dataclass(frozen=True)
class AppealFacts:
    """An appeal as a decider sees it; people by id."""

    state: str
    inspector_id: str
    asked_by_id: str | None
    decider_id: str | None


def decision_refusal(appeal: AppealFacts, actor_id: str, role: str) -> str | None:
    """Why somebody over the store may not decide this; None when they may. Permission comes before the state."""
    if actor_id == appeal.inspector_id:
        return "own_report"
    if actor_id == appeal.asked_by_id:
        return "own_appeal"
    given = role == SUPERVISOR and actor_id == appeal.decider_id
    if role not in _MANAGERS and not given:
        return "not_allowed"
    return None if appeal.state == "pending" else "decided"


def note_is_missing(action: str, note: str) -> bool:
    """True when a decision needs words and has none: both sides are told why."""
    return action in _NEEDS_NOTE and len(note.strip()) < 2


def change_faults(
    item_key: str, changes: Mapping[str, str], lost: Collection[str], may_be_na: Collection[str]
) -> dict[str, str]:
    """What is wrong with the changes of an upheld appeal, by item key ("" for the changes as a whole).

    An item's appeal changes that item alone; a whole report's names at least one that lost points.
    """
    if not changes:
        return {"": "changes_required"}
    found = {}
    for key, counts_as in changes.items():
        if key not in lost or (item_key != WHOLE and key != item_key):
            found[key] = "not_appealed"
        elif counts_as == "na" and key not in may_be_na:
            found[key] = "na_not_allowed"
    return found
