"""Shapes of photos."""

from marshmallow import Schema, fields, validate

from api.core.shapes import Moment

SHA256 = validate.Regexp(r"^[0-9a-f]{64}\Z")


class PhotoSchema(Schema):
    """A photo as the phone describes it."""

    id = fields.UUID(required=True)
    sha256 = fields.String(required=True, validate=SHA256)
    bytes = fields.Integer(required=True, validate=validate.Range(1, 100_000_000))
    width = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    height = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    taken_at = Moment(required=True)
    source = fields.String(required=True, validate=validate.OneOf(["camera", "gallery"]))
    latitude = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-90, 90))
    longitude = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-180, 180))
    accuracy = fields.Float(load_default=None, allow_none=True, validate=validate.Range(0, 1e7))
    marks_of = fields.String(load_default=None, allow_none=True, validate=SHA256)


class PhotoReceiptSchema(Schema):
    """The phone may drop its copy after this."""

    sha256 = fields.String(required=True)
    bytes = fields.Integer(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    received_at = Moment(required=True)


class SizeQuery(Schema):
    """Which copy; `shown_by` is the report or task it is opened from, which decides the words on it."""

    size = fields.String(load_default="display", validate=validate.OneOf(["thumb", "display", "original"]))
    shown_by = fields.UUID(load_default=None)
