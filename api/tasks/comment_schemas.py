"""Shapes of comments."""

from marshmallow import Schema, fields, validate

from api.core.shapes import Moment, PersonSchema
from api.photos.schemas import PhotoSchema

LONGEST = 2000
MOST_PHOTOS = 5
MOST_NAMED = 20


class CommentSchema(Schema):
    """What somebody said about a task; never changed afterwards."""

    id = fields.UUID(required=True)
    author = fields.Nested(PersonSchema, required=True)
    at = Moment(required=True)
    device_at = Moment(required=True, allow_none=True)
    text = fields.String(required=True)
    photos = fields.List(fields.String(), required=True)
    marks = fields.Dict(keys=fields.String(), values=fields.String())
    mentions = fields.List(fields.Nested(PersonSchema), required=True)


class CommentReceiptSchema(CommentSchema):
    """The comment as it is stored, with what the phone knows it by."""

    content_sha256 = fields.String(required=True)
    received_at = Moment(required=True)
    server_epoch = fields.String(required=True)


class CommentBodySchema(Schema):
    """A comment as a phone sends it: words, photos, or both. A marked photo rides with its original."""

    text = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=2 * MOST_PHOTOS)
    )
    mentions = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_NAMED))
    device_at = Moment(required=True)


class MentionableSchema(PersonSchema):
    """Somebody who may be named in a comment."""

    role = fields.String(required=True)


class MentionablePageSchema(Schema):
    """All of them."""

    items = fields.List(fields.Nested(MentionableSchema), required=True)
    next = fields.String(required=True, allow_none=True)
