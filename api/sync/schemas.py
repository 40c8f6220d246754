"""Shapes of the feed."""

from marshmallow import Schema, fields, validate

from api.core.shapes import Moment
from api.photos.schemas import SHA256
from api.sync.cursor import KINDS

_ID = validate.Regexp(r"^([0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\Z")


class ChangesQuery(Schema):
    """From where."""

    cursor = fields.String(load_default=None, validate=validate.Length(max=600))
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=200))


class ChangeSchema(Schema):
    """One row to put or to remove."""

    type = fields.String(required=True, validate=validate.OneOf(KINDS))
    id = fields.UUID(required=True)
    op = fields.String(required=True, validate=validate.OneOf(["put", "remove"]))
    data = fields.Raw(required=True, allow_none=True)


class ChangesSchema(Schema):
    """A page of the feed. With `reset` the phone begins again without a cursor."""

    items = fields.List(fields.Nested(ChangeSchema), required=True)
    next = fields.String(required=True)
    more = fields.Boolean(required=True)
    snapshot = fields.Boolean(required=True)
    reset = fields.Boolean(required=True)
    server_time = Moment(required=True)
    server_epoch = fields.String(required=True)


class AskedSchema(Schema):
    """One thing the phone once sent."""

    id = fields.String(required=True, validate=_ID)
    sha256 = fields.String(required=True, validate=SHA256)


class HaveQuestionSchema(Schema):
    """What the phone once sent."""

    items = fields.List(fields.Nested(AskedSchema), required=True, validate=validate.Length(max=500))


class HaveLineSchema(Schema):
    """What the server has of it."""

    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["same", "different", "missing"]))


class HaveSchema(Schema):
    """The answer, in the order of the question."""

    items = fields.List(fields.Nested(HaveLineSchema), required=True)
