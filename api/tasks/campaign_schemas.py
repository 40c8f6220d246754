"""Shapes of campaigns."""

from marshmallow import Schema, fields, validate

from api.core.shapes import BilingualSchema, Moment, PageQuery, PersonSchema, text
from api.photos.schemas import SHA256
from api.stores.selection_schemas import SelectionSchema
from api.tasks.by_hand_schemas import FLAGS, TitleSchema, WordsSchema
from api.tasks.schemas import STATES

MAX_PHOTOS = 10
OVERDUE = "overdue"


class NewCampaignSchema(Schema):
    """What is to be put right, in which stores, until when; the id may be made by the caller."""

    id = fields.UUID(load_default=None, allow_none=True)
    title = fields.Nested(TitleSchema, required=True)
    guide = fields.Nested(WordsSchema, load_default=None, allow_none=True)
    flag = fields.String(load_default="general", validate=validate.OneOf(FLAGS))
    needs_photo = fields.Boolean(load_default=True)
    photos = fields.List(
        fields.String(validate=SHA256), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )
    selection = fields.Nested(SelectionSchema, required=True)
    due_at = Moment(required=True)


class CampaignPreviewSchema(Schema):
    """Which stores are asked about."""

    selection = fields.Nested(SelectionSchema, required=True)


class CancelSchema(Schema):
    """Why it is called off."""

    reason = text(1000, required=True)


class PlaceSchema(Schema):
    """A region by name."""

    id = fields.UUID(required=True)
    name = fields.Nested(BilingualSchema, required=True)


class PlaceCountSchema(Schema):
    """How many of the stores lie in a region."""

    region = fields.Nested(PlaceSchema, required=True)
    count = fields.Integer(required=True)


class CampaignScopeSchema(Schema):
    """How large it is: 50 stores in East, 3 of which have nobody to do it."""

    total = fields.Integer(required=True)
    by_region = fields.List(fields.Nested(PlaceCountSchema), required=True)
    without_assignee = fields.Integer(required=True)


_Counts = Schema.from_dict(
    {state: fields.Integer(required=True) for state in STATES}, name="StateCountsSchema"
)


class CampaignSchema(Schema):
    """A campaign and how far it is, in the stores that one may see."""

    id = fields.UUID(required=True)
    title = fields.Nested(BilingualSchema, required=True)
    guide = fields.Nested(BilingualSchema, required=True, allow_none=True)
    flag = fields.String(required=True, validate=validate.OneOf(FLAGS))
    needs_photo = fields.Boolean(required=True)
    photos = fields.List(fields.String(), required=True)
    selection = fields.Nested(SelectionSchema, required=True)
    due_at = Moment(required=True)
    created_by = fields.Nested(PersonSchema, required=True)
    created_at = Moment(required=True)
    cancelled_at = Moment(required=True, allow_none=True)
    may_cancel = fields.Boolean(required=True)
    total = fields.Integer(required=True)
    counts = fields.Nested(_Counts, required=True)
    overdue = fields.Integer(required=True)


class CampaignRegionSchema(Schema):
    """How far it is in one region."""

    region = fields.Nested(PlaceSchema, required=True)
    total = fields.Integer(required=True)
    counts = fields.Nested(_Counts, required=True)
    overdue = fields.Integer(required=True)


class CampaignStoreSchema(Schema):
    """How far it is in one store."""

    task_id = fields.UUID(required=True)
    store_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    region = fields.Nested(PlaceSchema, required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATES))
    overdue = fields.Boolean(required=True)
    due_at = Moment(required=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)


class CampaignBoardSchema(CampaignSchema):
    """The campaign, its regions, and a page of its stores by code."""

    regions = fields.List(fields.Nested(CampaignRegionSchema), required=True)
    items = fields.List(fields.Nested(CampaignStoreSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class CampaignBoardQuery(PageQuery):
    """Which stores of it: `state` may be given several times and may be overdue."""

    state = fields.List(fields.String(validate=validate.OneOf((*STATES, OVERDUE))), load_default=list)
    region_id = fields.UUID(load_default=None)
    search = fields.String(load_default=None, validate=validate.Length(max=200))
