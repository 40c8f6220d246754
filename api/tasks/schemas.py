"""Shapes of tasks."""

from marshmallow import Schema, fields, validate

from api.core.shapes import BilingualSchema, Moment, PageQuery, PersonSchema, text
from api.photos.schemas import PhotoSchema

STATES = ("open", "in_progress", "submitted", "closed", "waived", "cancelled")
ACTIONS = ("start", "submit", "approve", "send_back", "transfer", "waive", "cancel", "reopen")
MAX_PHOTOS = 20


def _marks() -> fields.Dict:
    """The original of each marked photo, where there are some."""
    return fields.Dict(keys=fields.String(), values=fields.String())


class FindingSchema(Schema):
    """What was found."""

    result = fields.String(required=True)
    value = fields.Raw(required=True, allow_none=True)
    note = fields.String(required=True)
    photos = fields.List(fields.String(), required=True)
    marks = _marks()


class FixSchema(Schema):
    """What was done about it."""

    by = fields.Nested(PersonSchema, required=True)
    at = Moment(required=True)
    note = fields.String(required=True)
    photos = fields.List(fields.String(), required=True)
    marks = _marks()


StepSchema = Schema.from_dict(
    {
        "id": fields.UUID(required=True),
        "action": fields.String(required=True),
        "from": fields.String(required=True, allow_none=True),
        "to": fields.String(required=True),
        "actor": fields.Nested(PersonSchema, required=True, allow_none=True),
        "at": Moment(required=True),
        "device_at": Moment(required=True, allow_none=True),
        "note": fields.String(required=True),
        "photos": fields.List(fields.String(), required=True),
    },
    name="StepSchema",
)


class TaskSchema(Schema):
    """A rectification task with its history."""

    id = fields.UUID(required=True)
    inspection_id = fields.UUID(required=True, allow_none=True)
    item_key = fields.String(required=True, allow_none=True)
    checklist_id = fields.UUID(required=True, allow_none=True)
    checklist_version = fields.Integer(required=True, allow_none=True)
    store_id = fields.UUID(required=True)
    store_name = fields.Nested(BilingualSchema, required=True)
    title = fields.Nested(BilingualSchema, required=True)
    guide = fields.Nested(BilingualSchema, required=True, allow_none=True)
    flag = fields.String(required=True)
    severity = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATES))
    needs_photo = fields.Boolean(required=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)
    reviewer = fields.Nested(PersonSchema, required=True, allow_none=True)
    finding = fields.Nested(FindingSchema, required=True)
    fix = fields.Nested(FixSchema, required=True, allow_none=True)
    fixed_by_id = fields.UUID(required=True, allow_none=True)
    created_at = Moment(required=True)
    due_at = Moment(required=True)
    original_due_at = Moment(required=True)
    submitted_at = Moment(required=True, allow_none=True)
    closed_at = Moment(required=True, allow_none=True)
    reject_count = fields.Integer(required=True)
    reopen_count = fields.Integer(required=True)
    version = fields.Integer(required=True)
    history = fields.List(fields.Nested(StepSchema), required=True)


class NewTaskSchema(Schema):
    """A task by hand."""

    store_id = fields.UUID(required=True)
    title = fields.Nested(BilingualSchema, required=True)
    guide = fields.Nested(BilingualSchema, load_default=None, allow_none=True)
    flag = fields.String(load_default="general", validate=validate.OneOf(["general", "key", "redline"]))
    due_at = Moment(load_default=None, allow_none=True)
    assignee_id = fields.UUID(load_default=None, allow_none=True)
    photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )


class StepBodySchema(Schema):
    """One step, with the version of the task it was decided on."""

    action = fields.String(required=True, validate=validate.OneOf(ACTIONS))
    version = fields.Integer(required=True)
    note = text(2000, load_default="")
    photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )
    device_at = Moment(required=True)
    assignee_id = fields.UUID(load_default=None, allow_none=True)


class TaskQuery(PageQuery):
    """Which tasks; `status` may be given several times."""

    status = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    store_id = fields.UUID(load_default=None)
    inspection_id = fields.UUID(load_default=None)
    assignee_id = fields.UUID(load_default=None)
