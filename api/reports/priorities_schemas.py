"""Shapes of priorities."""

from marshmallow import Schema, ValidationError, fields, validate

from api.core.pagination import DEFAULT_LIMIT, MAX_LIMIT
from api.core.shapes import BilingualSchema

ME = "me"
PARTS = ("waiting", "never", "band", "redline", "repeats", "overdue", "complaints")


def _is_me_or_an_id(value: str) -> None:
    if value != ME:
        fields.UUID().deserialize(value)


class PrioritiesQuery(Schema):
    """Whose stores, or which; `assignee` is an id or `me`."""

    assignee = fields.String(load_default=None, validate=_is_me_or_an_id)
    store_id = fields.UUID(load_default=None)
    region_id = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT))


class FactField(fields.Field[int | str]):
    """The number behind a part, or the band."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> int | str:
        if isinstance(value, int | str):
            return value
        raise ValidationError("A number or a word.")


class PartSchema(Schema):
    """One reason, its points, and the fact behind it."""

    part = fields.String(required=True, validate=validate.OneOf(PARTS))
    points = fields.Integer(required=True)
    fact = FactField(required=True, metadata={"type": ["integer", "string"]})


class PriorityLineSchema(Schema):
    """A store with its points, the weightiest reason first."""

    store_id = fields.UUID(required=True)
    store_code = fields.String(required=True)
    store_name = fields.Nested(BilingualSchema, required=True)
    points = fields.Integer(required=True)
    urgency = fields.String(required=True, validate=validate.OneOf(["urgent", "soon", "routine"]))
    last_visit = fields.Date(required=True, allow_none=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)


class PrioritiesSchema(Schema):
    """The most urgent stores, highest first."""

    items = fields.List(fields.Nested(PriorityLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)
