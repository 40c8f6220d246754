"""Campaigns over HTTP."""

import uuid
from typing import Any

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.errors import NotFound
from api.core.shapes import Blueprint, PageQuery, page_of
from api.core.transaction import in_transaction
from api.tasks import campaign_queries as queries
from api.tasks import campaign_shown, campaigns
from api.tasks.campaign_schemas import (
    CampaignBoardQuery,
    CampaignBoardSchema,
    CampaignPreviewSchema,
    CampaignSchema,
    CampaignScopeSchema,
    CancelSchema,
    NewCampaignSchema,
)
from api.tasks.models import TaskCampaign

blp = Blueprint(
    "task-campaigns", __name__, url_prefix="/api/v1/task-campaigns", description="One task for many stores"
)


@blp.route("")
@signed_in("campaigns.read")
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(CampaignSchema))
def campaign_list(query: dict[str, Any]) -> dict[str, Any]:
    """The campaigns in one's stores, newest first, with how far they are there."""
    rows, following = queries.campaign_page(current_actor(), **query)
    return {"items": campaign_shown.campaigns_shown(current_actor(), rows, now()), "next": following}


@blp.route("", methods=["POST"])
@signed_in("campaigns.write")
@blp.arguments(NewCampaignSchema)
@blp.response(201, CampaignSchema)
def start(given: dict[str, Any]) -> dict[str, Any]:
    """Opens a task in every open store that is meant."""
    return _shown(in_transaction(campaigns.start, current_actor(), given, now()))


@blp.route("/preview", methods=["POST"])
@signed_in("campaigns.write")
@blp.arguments(CampaignPreviewSchema)
@blp.response(200, CampaignScopeSchema)
def preview(given: dict[str, Any]) -> dict[str, Any]:
    """How many stores are meant, where they lie, and how many of them have nobody to do it."""
    return campaign_shown.preview(current_actor(), given["selection"], now())


@blp.route("/<uuid:campaign_id>")
@signed_in("campaigns.read")
@blp.response(200, CampaignSchema)
def campaign(campaign_id: uuid.UUID) -> dict[str, Any]:
    """One campaign."""
    return _shown(_seen(campaign_id))


@blp.route("/<uuid:campaign_id>/board")
@signed_in("campaigns.read")
@blp.arguments(CampaignBoardQuery, location="query")
@blp.response(200, CampaignBoardSchema)
def board(query: dict[str, Any], campaign_id: uuid.UUID) -> dict[str, Any]:
    """How far it is: by state, by region, and store by store."""
    return campaign_shown.board(current_actor(), _seen(campaign_id), query, now())


@blp.route("/<uuid:campaign_id>/cancel", methods=["POST"])
@signed_in("campaigns.write")
@blp.arguments(CancelSchema)
@blp.response(200, CampaignSchema)
def cancel(given: dict[str, Any], campaign_id: uuid.UUID) -> dict[str, Any]:
    """Calls it off; the tasks that nobody has ended are cancelled with this reason."""
    return _shown(in_transaction(campaigns.cancel, current_actor(), campaign_id, given["reason"], now()))


def _seen(campaign_id: uuid.UUID) -> TaskCampaign:
    found = queries.campaign_for(current_actor(), campaign_id)
    if found is None:
        raise NotFound()
    return found


def _shown(campaign: TaskCampaign) -> dict[str, Any]:
    return campaign_shown.campaigns_shown(current_actor(), [campaign], now())[0]
