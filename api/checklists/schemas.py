"""Shapes of checklists. What a checklist holds is checked by content.py, which names every fault."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.core.shapes import BilingualSchema, Moment, Number, PersonSchema, text

CODE = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
MAX_NUMBER = 1_000_000


class NameSchema(Schema):
    """A name in Chinese and English; one of them may be empty."""

    zh = text(200, required=True)
    en = text(200, required=True)

    @validates_schema
    def _not_nothing(self, data: dict[str, str], **_: object) -> None:
        if not data["zh"].strip() and not data["en"].strip():
            raise ValidationError("The name is missing in both languages.", "zh")


class EditionField(fields.Field[Any]):
    """The number of a version, or the word draft."""

    default_error_messages = {"invalid": "The number of a version, or draft."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | str:
        if value == "draft":
            return "draft"
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 7:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_NUMBER:
            raise self.make_error("invalid")
        return value


class ChecklistSchema(Schema):
    """A checklist in a list."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    kind = fields.String(required=True)
    published_version = fields.Integer(required=True, allow_none=True)
    draft_revision = fields.Integer(required=True)
    has_draft = fields.Boolean(required=True)
    retired_at = Moment(required=True, allow_none=True)


class FaultSchema(Schema):
    """One thing that is wrong with a draft; the pointer begins at the content."""

    pointer = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class PublicationSchema(Schema):
    """When a version was published, and by whom."""

    number = fields.Integer(required=True)
    published_at = Moment(required=True)
    published_by = fields.Nested(PersonSchema, required=True, allow_none=True)


class ChecklistWithDraftSchema(ChecklistSchema):
    """A checklist with its draft, what is wrong with it, and the versions, newest first."""

    draft = fields.Dict(required=True, allow_none=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)
    versions = fields.List(fields.Nested(PublicationSchema), required=True)


class CopySchema(Schema):
    """Code and name of a copy."""

    code = fields.String(required=True, validate=CODE)
    name = fields.Nested(NameSchema, required=True)


class NewChecklistSchema(CopySchema):
    """A checklist to begin."""

    kind = fields.String(load_default="visit", validate=validate.Length(max=40))
    content = fields.Dict(load_default=None, allow_none=True)


class DraftSchema(Schema):
    """A draft to keep, with the revision it was made from."""

    content = fields.Dict(required=True)
    name = fields.Nested(NameSchema)
    kind = fields.String(validate=validate.Length(max=40))
    revision = fields.Integer(required=True)


class RevisionSchema(Schema):
    """The revision that is to be published, retired, restored or thrown away."""

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


class DifferencesQuery(Schema):
    """Which two to compare."""

    from_ = EditionField(required=True, data_key="from")
    to = EditionField(required=True)


class FieldChangeSchema(Schema):
    """One field, before and after."""

    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class _ChangeSchema(Schema):
    key = fields.String(required=True)
    change = fields.String(required=True, validate=validate.OneOf(["added", "removed", "changed", "moved"]))
    fields_ = fields.List(
        fields.Nested(FieldChangeSchema), required=True, data_key="fields", attribute="fields"
    )


class SectionChangeSchema(_ChangeSchema):
    """A section that is new, gone, or not what or where it was."""

    name = fields.Nested(BilingualSchema, required=True)


class ItemChangeSchema(_ChangeSchema):
    """An item that is new, gone, or not what or where it was."""

    section_key = fields.String(required=True)
    text = fields.Nested(BilingualSchema, required=True)


class DifferencesSchema(Schema):
    """What changed from one text to the other; `counts` over sections and items."""

    from_ = fields.Raw(required=True, data_key="from", attribute="from")
    to = fields.Raw(required=True)
    scoring = fields.List(fields.Nested(FieldChangeSchema), required=True)
    sections = fields.List(fields.Nested(SectionChangeSchema), required=True)
    items = fields.List(fields.Nested(ItemChangeSchema), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class LibraryEntrySchema(Schema):
    """A ready checklist that can be adopted; `adopted_id` when it was."""

    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    kind = fields.String(required=True)
    sections = fields.Integer(required=True)
    items = fields.Integer(required=True)
    points = Number(required=True)
    adopted_id = fields.UUID(required=True, allow_none=True)


class LibraryPageSchema(Schema):
    """The whole library."""

    items = fields.List(fields.Nested(LibraryEntrySchema), required=True)
    next = fields.String(allow_none=True)


class LibraryChecklistSchema(LibraryEntrySchema):
    """A ready checklist with all it holds."""

    content = fields.Dict(required=True)
