"""Shapes of absences."""

from marshmallow import Schema, fields

from api.core.shapes import Moment, PageQuery, PersonSchema, text


class NewAbsenceSchema(Schema):
    """Who is away from when until when, and who stands in; the id may be made by the caller."""

    id = fields.UUID(load_default=None, allow_none=True)
    user_id = fields.UUID(required=True)
    deputy_id = fields.UUID(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    reason = text(1000, load_default="")


class AbsenceSchema(Schema):
    """An absence. `moved` is in the answer to making or cancelling one: how many visits changed hands."""

    id = fields.UUID(required=True)
    user = fields.Nested(PersonSchema, required=True)
    deputy = fields.Nested(PersonSchema, required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    reason = fields.String(required=True)
    created_by = fields.Nested(PersonSchema, required=True)
    created_at = Moment(required=True)
    cancelled_at = Moment(required=True, allow_none=True)
    moved = fields.Integer()


class AbsenceQuery(PageQuery):
    """Which absences; `from` leaves out those that are cancelled or ended before that day."""

    user_id = fields.UUID(load_default=None)
    from_ = fields.Date(load_default=None, data_key="from")
