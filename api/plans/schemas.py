"""Shapes of visits."""

from marshmallow import Schema, fields, validate

from api.core.shapes import BilingualSchema, Moment, PageQuery, PersonSchema, text

KINDS = ("routine", "self", "cross", "special", "unannounced", "mystery", "recheck", "remote")
STATES = ("scheduled", "in_progress", "submitted", "missed", "excused", "cancelled")


class VisitSchema(Schema):
    """A visit."""

    id = fields.UUID(required=True)
    store_id = fields.UUID(required=True)
    store_name = fields.Nested(BilingualSchema, required=True)
    checklist_id = fields.UUID(required=True)
    checklist_name = fields.Nested(BilingualSchema, required=True)
    checklist_version = fields.Integer(required=True, allow_none=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    opens_at = Moment(required=True)
    due_at = Moment(required=True)
    missed_at = Moment(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    inspection_id = fields.UUID(required=True, allow_none=True)
    note = fields.String(required=True)
    version = fields.Integer(required=True)
    created_at = Moment(required=True)


class NewVisitSchema(Schema):
    """A visit by hand; the id may be made by the caller, so that a retry makes no second one."""

    id = fields.UUID(load_default=None, allow_none=True)
    store_id = fields.UUID(required=True)
    checklist_id = fields.UUID(required=True)
    assignee_id = fields.UUID(required=True)
    kind = fields.String(load_default="routine", validate=validate.OneOf(KINDS))
    opens_at = Moment(required=True)
    due_at = Moment(required=True)
    note = text(1000, load_default="")


class VisitStepSchema(Schema):
    """Cancel or excuse, with the version it was decided on."""

    action = fields.String(required=True, validate=validate.OneOf(["cancel", "excuse"]))
    version = fields.Integer(required=True)
    reason = text(1000, load_default="")


class VisitQuery(PageQuery):
    """Which visits; `state` may be given several times."""

    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    store_id = fields.UUID(load_default=None)
    assignee_id = fields.UUID(load_default=None)
    due_from = Moment(load_default=None)
    due_to = Moment(load_default=None)
