"""Shapes of plans."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.accounts.types import ROLES
from api.core.shapes import BilingualSchema, Moment, PageQuery, PersonSchema, text
from api.plans.recurrence import WEEKDAYS
from api.plans.schemas import KINDS
from api.plans.terms import ASSIGNEE_RULES

STATES = ("active", "paused", "ended")
_DAY_MINUTES = 24 * 60
_YEARS = validate.Range(min=date(2000, 1, 1), max=date(2100, 12, 31))


class Day(fields.Date):
    """A day; one that is stored as text is shown as it is."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value if isinstance(value, str) else super()._serialize(value, attr, obj, **kwargs)


class EffectiveFrom(fields.Field[Any]):
    """`today`, `next`, or a day."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value in ("today", "next"):
            return value
        try:
            day = date.fromisoformat(value)
        except (ValueError, TypeError):
            raise ValidationError("today, next, or a day such as 2026-11-30.") from None
        return _YEARS(day)


def _day(**kwargs: Any) -> Day:
    return Day(validate=_YEARS, **kwargs)


def _ids(most: int) -> fields.List[Any]:
    return fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=most))


def _words(most: int, length: int) -> fields.List[Any]:
    inner = fields.String(validate=validate.Length(min=1, max=length))
    return fields.List(inner, load_default=list, validate=validate.Length(max=most))


def _times(**kwargs: Any) -> fields.List[Any]:
    inner = fields.String(validate=validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z"))
    return fields.List(inner, validate=validate.Length(min=1, max=24), **kwargs)


def _window(**kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(min=1, max=92 * _DAY_MINUTES), **kwargs)


class SelectionSchema(Schema):
    """Which stores; lists that are not empty must all be met."""

    region_ids = _ids(1000)
    types = _words(100, 60)
    tags = _words(100, 60)
    levels = _words(100, 20)
    store_ids = _ids(20_000)
    except_ids = _ids(20_000)


class AssigneeSchema(Schema):
    """Who inspects; `role`, `user_id` and `user_ids` as the rule wants them."""

    rule = fields.String(required=True, validate=validate.OneOf(ASSIGNEE_RULES))
    role = fields.String(validate=validate.OneOf(ROLES))
    user_id = fields.UUID()
    user_ids = fields.List(fields.UUID(), validate=validate.Length(max=200))


class ClosedSchema(Schema):
    """Days on which the plan rests."""

    weekdays = fields.List(
        fields.String(validate=validate.OneOf(list(WEEKDAYS))),
        load_default=list,
        validate=validate.Length(max=7),
    )
    dates = fields.List(_day(), load_default=list, validate=validate.Length(max=1000))


class TermsSchema(Schema):
    """What a plan asks for (docs/plans.md)."""

    selection = fields.Nested(SelectionSchema, required=True)
    assignee = fields.Nested(AssigneeSchema, required=True)
    rrule = fields.String(required=True, validate=validate.Length(min=1, max=500))
    starts_on = _day(required=True)
    times = _times(required=True)
    window_minutes = _window(required=True)
    late_minutes = fields.Integer(
        strict=True,
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=0, max=31 * _DAY_MINUTES),
    )
    early_minutes = fields.Integer(
        strict=True, load_default=0, validate=validate.Range(min=0, max=31 * _DAY_MINUTES)
    )
    closed = fields.Nested(ClosedSchema, load_default=lambda: {"weekdays": [], "dates": []})
    kind = fields.String(load_default="routine", validate=validate.OneOf(KINDS))
    note = text(1000, load_default="")


class PlanNameSchema(Schema):
    """A name; one of the languages may be empty."""

    zh = text(200, required=True)
    en = text(200, required=True)

    @validates_schema
    def _has_one(self, data: dict[str, Any], **_: Any) -> None:
        if not (data["zh"].strip() or data["en"].strip()):
            raise ValidationError("A plan needs a name.")


class NewPlanSchema(Schema):
    """A plan; the id may be made by the caller, so that a retry makes no second one."""

    id = fields.UUID(load_default=None, allow_none=True)
    name = fields.Nested(PlanNameSchema, required=True)
    checklist_id = fields.UUID(required=True)
    terms = fields.Nested(TermsSchema, required=True)
    allow_empty = fields.Boolean(load_default=False)


class PlanChangeSchema(Schema):
    """What changes, with the version it was decided on."""

    version = fields.Integer(required=True)
    effective_from = EffectiveFrom(load_default="next")
    name = fields.Nested(PlanNameSchema)
    checklist_id = fields.UUID()
    terms = fields.Nested(TermsSchema)
    allow_empty = fields.Boolean(load_default=False)


class PlanStepSchema(Schema):
    """Pause, resume or end, with the version it was decided on."""

    action = fields.String(required=True, validate=validate.OneOf(["pause", "resume", "end"]))
    version = fields.Integer(required=True)
    effective_from = EffectiveFrom(load_default="next")
    reason = text(1000, load_default="")


class DifferentSchema(Schema):
    """What is different in one store; what is left out is as the plan says."""

    excluded = fields.Boolean(load_default=False)
    times = _times(load_default=None, allow_none=True)
    assignee = fields.Nested(AssigneeSchema, load_default=None, allow_none=True)
    window_minutes = _window(load_default=None, allow_none=True)


class PlanQuery(PageQuery):
    """Which plans; `state` may be given several times."""

    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)


class NamedSchema(Schema):
    """Something with a name in both languages."""

    id = fields.UUID(required=True)
    name = fields.Nested(BilingualSchema, required=True)


class ShopSchema(NamedSchema):
    """A store, as far as a line of a list needs it."""

    code = fields.String(required=True)


class PlanRevisionSchema(Schema):
    """What a plan asks for from a day on; a stopped one asks for nothing."""

    number = fields.Integer(required=True)
    effective_from = Day(required=True)
    stopped = fields.Boolean(required=True)
    checklist = fields.Nested(NamedSchema, required=True)
    terms = fields.Nested(TermsSchema, required=True)
    created_by = fields.Nested(PersonSchema, required=True)
    created_at = Moment(required=True)


class SettledSchema(Schema):
    """For how many of its stores the visits are made as far ahead as they should be."""

    stores = fields.Integer(required=True)
    of = fields.Integer(required=True)


class PlanSchema(Schema):
    """A plan with what counts now, and what will count next."""

    id = fields.UUID(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    current = fields.Nested(PlanRevisionSchema, required=True)
    next = fields.Nested(PlanRevisionSchema, required=True, allow_none=True)
    stores = fields.Integer(required=True)
    visits_ahead = fields.Integer(required=True)
    settled = fields.Nested(SettledSchema, required=True)
    resting = fields.Boolean(required=True, metadata={"description": "Its checklist is retired."})
    may_change = fields.Boolean(required=True)
    created_by = fields.Nested(PersonSchema, required=True)
    created_at = Moment(required=True)
    updated_at = Moment(required=True)
    version = fields.Integer(required=True)


class OverrideSchema(DifferentSchema):
    """What is different in a store."""

    store = fields.Nested(ShopSchema, required=True)


class PlanDetailSchema(PlanSchema):
    """A plan with its whole history."""

    revisions = fields.List(fields.Nested(PlanRevisionSchema), required=True)
    overrides = fields.List(fields.Nested(OverrideSchema), required=True)
    scope_regions = fields.List(fields.Nested(NamedSchema), required=True, allow_none=True)
