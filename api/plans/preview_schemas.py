"""Shapes of previews."""

from marshmallow import Schema, fields, validate

from api.core.shapes import Moment, PersonSchema
from api.plans.plan_schemas import Day, EffectiveFrom, NamedSchema, ShopSchema, TermsSchema


class PreviewAskedSchema(Schema):
    """A plan that may be saved; with `plan_id` an edit of that plan."""

    checklist_id = fields.UUID(required=True)
    terms = fields.Nested(TermsSchema, required=True)
    plan_id = fields.UUID(load_default=None, allow_none=True)
    effective_from = EffectiveFrom(load_default="next")
    search = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=600))


class RegionCountSchema(Schema):
    """How many of the stores lie in a region."""

    region = fields.Nested(NamedSchema, required=True)
    count = fields.Integer(required=True)


class ScopeSchema(Schema):
    """How large it is: 50 stores in East, 3 without a supervisor."""

    total = fields.Integer(required=True)
    by_region = fields.List(fields.Nested(RegionCountSchema), required=True)
    without_assignee = fields.Integer(required=True)
    closed_today = fields.Integer(required=True)


class SpanSchema(Schema):
    """The days that the figures are about."""

    first = Day(required=True)
    last = Day(required=True)


class OccurrenceSchema(Schema):
    """A visit to come; `local` is the opening on the store's clock with its offset."""

    local = fields.String(required=True)
    opens_at = Moment(required=True)
    due_at = Moment(required=True)
    clock_change = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(["skipped", "repeated"])
    )
    note = fields.String(required=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)


class SampleSchema(Schema):
    """A store with its next visits."""

    store = fields.Nested(ShopSchema, required=True)
    timezone = fields.String(required=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)
    occurrences = fields.List(fields.Nested(OccurrenceSchema), required=True)


class SkippedSchema(Schema):
    """A day of the rule without visits."""

    date = Day(required=True)
    why = fields.String(
        required=True, validate=validate.OneOf(["closed_weekday", "closed_date", "store_closed"])
    )
    stores = fields.Integer(required=True)


class ClockChangeSchema(Schema):
    """A day on which the clock jumps past an opening, or shows it twice."""

    date = Day(required=True)
    change = fields.String(required=True, validate=validate.OneOf(["skipped", "repeated"]))
    timezone = fields.String(required=True)
    stores = fields.Integer(required=True)


class WeekSchema(Schema):
    """Visits of one ISO week."""

    week = fields.String(required=True)
    visits = fields.Integer(required=True)


class LoadSchema(Schema):
    """What comes to one person, or to nobody."""

    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)
    weeks = fields.List(fields.Nested(WeekSchema), required=True)


class CollisionSchema(Schema):
    """A store to which other plans send somebody on the same day."""

    store = fields.Nested(ShopSchema, required=True)
    date = Day(required=True)
    plans = fields.List(fields.Nested(NamedSchema), required=True)


class CollisionsSchema(Schema):
    """The first collisions, and how many there are."""

    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(CollisionSchema), required=True)


class PlanEditSchema(Schema):
    """What an edit does to the visits from its day on; `changed` are kept ones with other people or times."""

    effective_from = Day(required=True)
    kept = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    called_off = fields.Integer(required=True)
    added = fields.Integer(required=True)


class PreviewSchema(Schema):
    """What a plan would do."""

    stores = fields.Nested(ScopeSchema, required=True)
    span = fields.Nested(SpanSchema, required=True)
    visits_ahead = fields.Integer(required=True)
    sample = fields.List(fields.Nested(SampleSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    skipped = fields.List(fields.Nested(SkippedSchema), required=True)
    clock_changes = fields.List(fields.Nested(ClockChangeSchema), required=True)
    load = fields.List(fields.Nested(LoadSchema), required=True)  # type: ignore[assignment]
    load_of = fields.Integer(required=True)
    collisions = fields.Nested(CollisionsSchema, required=True)
    change = fields.Nested(PlanEditSchema, required=True, allow_none=True)
