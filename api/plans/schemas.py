"""Shapes of visits."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.core.shapes import BilingualSchema, Moment, PageQuery, PersonSchema, text
from api.plans.lifecycle import ACTIONS

KINDS = ("routine", "self", "cross", "special", "unannounced", "mystery", "recheck", "remote")
STATES = ("scheduled", "in_progress", "submitted", "missed", "excused", "cancelled")
MAX_AT_ONCE = 500


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
    plan_id = fields.UUID(required=True, allow_none=True)
    plan_name = fields.Nested(BilingualSchema, required=True, allow_none=True)
    owner = fields.Nested(PersonSchema, required=True, allow_none=True)
    early_at = Moment(required=True)
    started_at = Moment(required=True, allow_none=True)
    finished_at = Moment(required=True, allow_none=True)
    rescheduled_from = fields.UUID(required=True, allow_none=True)
    rescheduled_to = fields.UUID(required=True, allow_none=True)
    source_inspection_id = fields.UUID(required=True, allow_none=True)
    settled_at = Moment(required=True, allow_none=True)
    reason = fields.String(required=True)
    late = fields.Boolean(required=True)
    overdue = fields.Boolean(required=True)
    upcoming = fields.Boolean(required=True)


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


class _StepSchema(Schema):
    """What is to be done; the times and the person are for moving and giving to another."""

    action = fields.String(required=True, validate=validate.OneOf(ACTIONS))
    reason = text(1000, load_default="")
    opens_at = Moment()
    due_at = Moment()
    assignee_id = fields.UUID()
    device_at = Moment()


class VisitStepSchema(_StepSchema):
    """One step on one visit, with the version it was decided on; a phone that begins need not know it."""

    version = fields.Integer()

    @validates_schema
    def _on_a_version(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("action") != "start" and "version" not in data:
            raise ValidationError("Missing data for required field.", "version")


class OnVersionField(fields.Field[dict[str, Any]]):
    """A visit's id, or its id with the version it was decided on."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {"id": value}
        if set(given) - {"id", "version"}:
            raise ValidationError("An id, or an id with a version.")
        version = fields.Integer(load_default=None, allow_none=True, strict=True)
        return {
            "id": fields.UUID(required=True).deserialize(given.get("id")),
            "version": version.deserialize(given.get("version")),
        }


class VisitStepsSchema(_StepSchema):
    """The same step on many visits."""

    ids = fields.List(
        OnVersionField(required=True, metadata={"oneOf": [{"type": "string"}, {"type": "object"}]}),
        required=True,
        validate=validate.Length(min=1, max=MAX_AT_ONCE),
    )

    @validates_schema
    def _each_once(self, data: dict[str, Any], **_: Any) -> None:
        ids = [one["id"] for one in data.get("ids", ())]
        if len(set(ids)) != len(ids):
            raise ValidationError("The same visit twice.", "ids")


class VisitStepAnswerSchema(Schema):
    """What came of it for one visit: the visit as it is now, or what stood in the way."""

    id = fields.UUID(required=True)
    done = fields.Boolean(required=True)
    visit = fields.Nested(VisitSchema, required=True, allow_none=True)
    problem = fields.Dict(required=True, allow_none=True)


class VisitStepsAnswerSchema(Schema):
    """The answers in the order asked."""

    items = fields.List(fields.Nested(VisitStepAnswerSchema), required=True)


class VisitQuery(PageQuery):
    """Which visits; `state` may be given several times. `from` and `to` mean those that may be done in between.

    `unsettled` are the missed ones that nobody has excused or moved, `unassigned` the open ones that nobody has.
    """

    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    store_id = fields.UUID(load_default=None)
    assignee_id = fields.UUID(load_default=None)
    due_from = Moment(load_default=None)
    due_to = Moment(load_default=None)
    from_ = Moment(load_default=None, data_key="from")
    to = Moment(load_default=None)
    plan_id = fields.UUID(load_default=None)
    region_id = fields.UUID(load_default=None)
    search = fields.String(load_default=None, validate=validate.Length(max=100))
    unsettled = fields.Boolean(load_default=False)
    unassigned = fields.Boolean(load_default=False)
