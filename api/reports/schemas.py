"""Shapes of reports."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.core.shapes import BilingualSchema, Number

GROUPS = ("store", "region", "checklist", "supervisor", "day", "week", "month")
LONGEST_DAYS = 3700


class ScoresQuery(Schema):
    """Which period and what to group by."""

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    group_by = fields.String(load_default="store", validate=validate.OneOf(GROUPS))
    region_id = fields.UUID(load_default=None)
    store_id = fields.UUID(load_default=None)
    checklist_id = fields.UUID(load_default=None)
    format = fields.String(load_default="json", validate=validate.OneOf(["json", "csv"]))

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["to"] < data["from_"]:
            raise ValidationError("The end lies before the beginning.", "to")
        if (data["to"] - data["from_"]).days > LONGEST_DAYS:
            raise ValidationError("At most ten years at once.", "to")


class FiguresSchema(Schema):
    """Added up."""

    mean = Number(required=True, allow_none=True)
    inspections = fields.Integer(required=True)
    pass_rate = Number(required=True, allow_none=True, metadata={"description": "percent"})
    findings = fields.Integer(required=True)


class ScoreLineSchema(FiguresSchema):
    """One store, region, checklist, supervisor or period."""

    key = fields.String(required=True)
    label = fields.Nested(BilingualSchema, required=True)
    lowest = Number(required=True, allow_none=True)


ScoresSchema = Schema.from_dict(
    {
        "items": fields.List(fields.Nested(ScoreLineSchema), required=True),
        "next": fields.String(allow_none=True, required=True),
        "overall": fields.Nested(FiguresSchema, required=True),
        "from": fields.Date(required=True),
        "to": fields.Date(required=True),
    },
    name="ScoresSchema",
)
