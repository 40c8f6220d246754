"""Shapes of what waits."""

from marshmallow import Schema, fields, validate

from api.core.shapes import BilingualSchema, Moment, PersonSchema
from api.reports.waiting import Counts

MOST = 500


class WaitingQuery(Schema):
    """Where; without a region in all visible stores."""

    region_id = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MOST))


CountsSchema = Schema.from_dict(
    {name: fields.Integer(required=True) for name in Counts._fields}, name="WaitingCountsSchema"
)


class WaitingRegionSchema(Schema):
    """A region by name."""

    id = fields.UUID(required=True)
    name = fields.Nested(BilingualSchema, required=True)


class RegionLineSchema(WaitingRegionSchema, CountsSchema):  # type: ignore[misc, valid-type]
    """What waits in a region and all below it."""


class StoreLineSchema(WaitingRegionSchema, CountsSchema):  # type: ignore[misc, valid-type]
    """What waits in a store."""

    code = fields.String(required=True)
    region_id = fields.UUID(required=True)


class PileSchema(PersonSchema):
    """What waits for a person, and since when the oldest of it waits."""

    role = fields.String(required=True)
    to_fix = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    fix_since = Moment(required=True, allow_none=True)
    to_review = fields.Integer(required=True)
    late_reviews = fields.Integer(required=True)
    review_since = Moment(required=True, allow_none=True)
    to_decide = fields.Integer(required=True)
    decide_since = Moment(required=True, allow_none=True)


class WaitingSchema(Schema):
    """What waits, and for whom; of stores and people the worst first, with how many there are in all."""

    at = Moment(required=True)
    region = fields.Nested(WaitingRegionSchema, required=True, allow_none=True)
    above = fields.List(fields.Nested(WaitingRegionSchema), required=True)
    totals = fields.Nested(CountsSchema, required=True)
    regions = fields.List(fields.Nested(RegionLineSchema), required=True)
    stores = fields.List(fields.Nested(StoreLineSchema), required=True)
    stores_total = fields.Integer(required=True)
    people = fields.List(fields.Nested(PileSchema), required=True)
    people_total = fields.Integer(required=True)
