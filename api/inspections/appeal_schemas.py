"""Shapes of appeals and of revised scores."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.core.shapes import BilingualSchema, Moment, Number, PageQuery, PersonSchema, text
from api.inspections.appeals import ACTIONS, COUNTS_AS
from api.photos.schemas import PhotoSchema

STATES = ("pending", "upheld", "rejected")
MAX_PHOTOS = 20
MAX_CHANGES = 1000
_KEY = validate.Length(max=64)


class AppealSchema(Schema):
    """An appeal; `item_key` "" is the whole report. `content_sha256` is null where a sign-off opened it."""

    id = fields.UUID(required=True)
    inspection_id = fields.UUID(required=True)
    store_id = fields.UUID(required=True)
    item_key = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    reason = fields.String(required=True)
    photos = fields.List(fields.Nested(PhotoSchema), required=True)
    asked_by = fields.Nested(PersonSchema, required=True, allow_none=True)
    asked_at = Moment(required=True)
    device_at = Moment(required=True, allow_none=True)
    decider = fields.Nested(PersonSchema, required=True, allow_none=True)
    decided_by = fields.Nested(PersonSchema, required=True, allow_none=True)
    decided_at = Moment(required=True, allow_none=True)
    decision_note = fields.String(required=True)
    received_at = Moment(required=True)
    content_sha256 = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class AppealListedSchema(AppealSchema):
    """An appeal in a list, with the report and the item that it is about."""

    store_name = fields.Nested(BilingualSchema, required=True)
    checklist_name = fields.Nested(BilingualSchema, required=True)
    item_text = fields.Nested(BilingualSchema, required=True, allow_none=True)
    inspector = fields.Nested(PersonSchema, required=True)
    score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)


class NewAppealSchema(Schema):
    """An appeal from a phone."""

    item_key = fields.String(required=True, validate=_KEY)
    reason = text(2000, required=True)
    photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )
    device_at = Moment(required=True)


def _changes(**kwargs: object) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(validate=_KEY),
        values=fields.String(validate=validate.OneOf(COUNTS_AS)),
        validate=validate.Length(max=MAX_CHANGES),
        **kwargs,  # type: ignore[arg-type]
    )


class AppealStepSchema(Schema):
    """A deed on an appeal, with the version it was decided on.

    `changes` belongs to uphold: what each named item counts as now. For the appeal of one item it may be left out.
    """

    action = fields.String(required=True, validate=validate.OneOf(ACTIONS))
    version = fields.Integer(required=True)
    note = text(2000, load_default="")
    decider_id = fields.UUID(load_default=None, allow_none=True)
    changes = _changes(load_default=None, allow_none=True)

    @validates_schema
    def _fits(self, data: dict[str, object], **_: object) -> None:
        if data["changes"] is not None and data["action"] != "uphold":
            raise ValidationError("Only an upheld appeal changes something.", "changes")
        if data["decider_id"] is not None and data["action"] != "reassign":
            raise ValidationError("Only who passes an appeal on names somebody.", "decider_id")


class ChangesSchema(Schema):
    """What an upheld appeal would change."""

    changes = _changes(required=True)


class OutcomeSchema(Schema):
    """What the report would come to."""

    score = Number(required=True, allow_none=True)
    raw_score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)
    findings = fields.Integer(required=True)


class DecidersSchema(Schema):
    """To whom an appeal may be given, the nearest first."""

    items = fields.List(fields.Nested(PersonSchema), required=True)


class RevisionSchema(Schema):
    """A score that stood; `changes` says which items count otherwise than they were answered, from the first on."""

    number = fields.Integer(required=True)
    at = Moment(required=True)
    appeal_id = fields.UUID(required=True, allow_none=True)
    actor = fields.Nested(PersonSchema, required=True, allow_none=True)
    score = Number(required=True, allow_none=True)
    raw_score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)
    ranked = fields.Boolean(required=True)
    findings = fields.Integer(required=True)
    score_facts = fields.Dict(required=True)
    changes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class RevisionsSchema(Schema):
    """All scores that a report had, the first one first."""

    items = fields.List(fields.Nested(RevisionSchema), required=True)


class AppealsQuery(PageQuery):
    """Which appeals; `state` may be given several times."""

    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    store_id = fields.UUID(load_default=None)
    inspection_id = fields.UUID(load_default=None)
    decider_id = fields.UUID(load_default=None)
