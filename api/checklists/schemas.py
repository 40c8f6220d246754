"""Shapes of checklists. What a checklist holds is checked by content.py, which names every fault."""

from marshmallow import Schema, fields, validate

from api.core.shapes import BilingualSchema, Moment

CODE = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")


class ChecklistSchema(Schema):
    """A checklist in a list."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    kind = fields.String(required=True)
    published_version = fields.Integer(required=True, allow_none=True)
    draft_revision = fields.Integer(required=True)


class ChecklistWithDraftSchema(ChecklistSchema):
    """A checklist with its draft."""

    draft = fields.Dict(required=True, allow_none=True)


class NewChecklistSchema(Schema):
    """A checklist to begin."""

    code = fields.String(required=True, validate=CODE)
    name = fields.Nested(BilingualSchema, required=True)
    kind = fields.String(load_default="visit", validate=validate.Length(max=40))
    content = fields.Dict(load_default=None, allow_none=True)


class DraftSchema(Schema):
    """A draft to keep, with the revision it was made from."""

    content = fields.Dict(required=True)
    name = fields.Nested(BilingualSchema)
    kind = fields.String(validate=validate.Length(max=40))
    revision = fields.Integer(required=True)


class PublishSchema(Schema):
    """The revision that is to be published."""

    revision = fields.Integer(required=True)


class VersionSchema(Schema):
    """A published version, for ever the same."""

    checklist_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    content = fields.Dict(required=True)
    content_sha256 = fields.String(required=True)
    published_at = Moment(required=True)
