"""Shapes of errands."""

from marshmallow import Schema, fields

from api.core.shapes import Moment


class ErrandSchema(Schema):
    """Long work: how far it is, and what came of it."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = fields.String(
        required=True, metadata={"enum": ["waiting", "running", "done", "failed", "cancelled"]}
    )
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, metadata={"description": "0 until it is known"})
    result = fields.Raw(required=True, allow_none=True, metadata={"description": "by kind, when done"})
    error = fields.String(
        required=True, metadata={"description": "the type of the problem, as in errors, when failed"}
    )
    created_at = Moment(required=True)
    finished_at = Moment(required=True, allow_none=True)
