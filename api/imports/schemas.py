"""Shapes of imports."""

from marshmallow import Schema, fields, validate

from api.checklists.schemas import CODE, EditionField
from api.core.shapes import text


class StoreImportQuery(Schema):
    """How to take stores over."""

    dry_run = fields.Boolean(load_default=False)
    timezone = text(60, load_default="Asia/Shanghai")
    region = text(64, load_default="")


class ChecklistImportQuery(Schema):
    """How to take checklists over; code and names are for CSV."""

    dry_run = fields.Boolean(load_default=False)
    as_ = fields.String(load_default="version", data_key="as", validate=validate.OneOf(["draft", "version"]))
    code = fields.String(load_default="FORM", validate=CODE)
    name_zh = text(200, load_default="")
    name_en = text(200, load_default="")


class StoreImportSchema(Schema):
    """What came of it."""

    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    regions_created = fields.Integer(required=True)
    dry_run = fields.Boolean(required=True)


class ComplaintImportQuery(Schema):
    """How to take complaints over."""

    dry_run = fields.Boolean(load_default=False)


class ComplaintImportSchema(Schema):
    """What came of it."""

    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    dry_run = fields.Boolean(required=True)


class ExportQuery(Schema):
    """Which file, and of what; without a version the newest, else the draft."""

    format = fields.String(load_default="xlsx", validate=validate.OneOf(["xlsx", "json"]))
    version = EditionField(load_default=None)


class ChecklistImportSchema(Schema):
    """What came of it: `codes` of all, and of those that are new, changed, or here already."""

    checklists = fields.Integer(required=True)
    published = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    codes = fields.List(fields.String(), required=True)
    new_codes = fields.List(fields.String(), required=True)
    changed_codes = fields.List(fields.String(), required=True)
    unchanged_codes = fields.List(fields.String(), required=True)
    ids = fields.List(fields.UUID(), required=True)
    dry_run = fields.Boolean(required=True, validate=validate.OneOf([True, False]))
