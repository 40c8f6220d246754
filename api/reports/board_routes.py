"""The board of a plan over HTTP."""

import uuid
from typing import Any

from marshmallow import Schema, fields, validate

from api.accounts.auth import current_actor, signed_in
from api.core.clock import now
from api.core.shapes import Blueprint, Moment, Number, PageQuery, PersonSchema
from api.plans.plan_schemas import STATES as PLAN_STATES
from api.plans.plan_schemas import NamedSchema, ShopSchema
from api.plans.schemas import STATES
from api.reports.board import board

blp = Blueprint("boards", __name__, url_prefix="/api/v1/plans", description="Boards of plans")


class BoardQuery(PageQuery):
    """Which stores; `state` may be given several times."""

    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    search = fields.String(load_default=None, validate=validate.Length(max=200))


class BoardVisitSchema(Schema):
    """A visit of the running period, with what came of it."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    overdue = fields.Boolean(required=True)
    opens_at = Moment(required=True)
    due_at = Moment(required=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)
    inspection_id = fields.UUID(required=True, allow_none=True)
    score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    findings = fields.Integer(required=True, allow_none=True)


class BoardStoreSchema(Schema):
    """A store with its visits."""

    store = fields.Nested(ShopSchema, required=True)
    visits = fields.List(fields.Nested(BoardVisitSchema), required=True)


class BoardPlanSchema(NamedSchema):
    """Whose board it is."""

    state = fields.String(required=True, validate=validate.OneOf(PLAN_STATES))


class BoardSchema(Schema):
    """A page of stores; the counts are over all of them."""

    plan = fields.Nested(BoardPlanSchema, required=True)
    stores = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    items = fields.List(fields.Nested(BoardStoreSchema), required=True)
    next = fields.String(required=True, allow_none=True)


@blp.route("/<uuid:plan_id>/board")
@signed_in("plans.read")
@blp.arguments(BoardQuery, location="query")
@blp.response(200, BoardSchema)
def show(query: dict[str, Any], plan_id: uuid.UUID) -> dict[str, Any]:
    """Each store with its visits of the running period, their states and results."""
    return board(current_actor(), plan_id, query, now())
