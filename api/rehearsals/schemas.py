"""Shapes of rehearsals."""

from marshmallow import Schema, fields, validate

MOST_INSPECTIONS = 20_000


class NewRehearsalSchema(Schema):
    """Which revision of the draft, over how many inspections."""

    revision = fields.Integer(required=True)
    last = fields.Integer(load_default=500, validate=validate.Range(1, MOST_INSPECTIONS))
