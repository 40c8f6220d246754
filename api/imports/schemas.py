"""Shapes of imports."""

from marshmallow import Schema, fields, validate

from api.checklists.schemas import CODE
from api.core.shapes import text


class StoreImportQuery(Schema):
    """How to take stores over."""

    dry_run = fields.Boolean(load_default=False)
    timezone = text(60, load_default="Asia/Shanghai")
    region = text(64, load_default="")


class ChecklistImportQuery(Schema):
    """How to take checklists over; code and names are for CSV."""

    dry_run = fields.Boolean(load_default=False)
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


class ChecklistImportSchema(Schema):
    """What came of it."""

    checklists = fields.Integer(required=True)
    published = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    codes = fields.List(fields.String(), required=True)
    ids = fields.List(fields.UUID(), required=True)
    dry_run = fields.Boolean(required=True, validate=validate.OneOf([True, False]))
