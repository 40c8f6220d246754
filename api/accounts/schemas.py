"""Shapes of people and sign-ins."""

from marshmallow import Schema, fields, validate

from api.accounts.passwords import MAX_LENGTH
from api.accounts.types import LOCALES, ROLES
from api.core.shapes import Moment


class LoginSchema(Schema):
    """A sign-in."""

    username = fields.String(required=True, validate=validate.Length(min=1, max=80))
    password = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LENGTH), load_only=True)
    device_name = fields.String(load_default="", validate=validate.Length(max=120))
    transport = fields.String(load_default="bearer", validate=validate.OneOf(["cookie", "bearer"]))


class UserSchema(Schema):
    """A person as colleagues see them."""

    id = fields.UUID(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    locale = fields.String(required=True, validate=validate.OneOf(LOCALES))
    is_active = fields.Boolean(required=True)


class SignedInSchema(Schema):
    """The answer to a sign-in or refresh: tokens by bearer, the CSRF value by cookie."""

    user = fields.Nested(UserSchema, required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})
    csrf_token = fields.String()
    access_token = fields.String()
    refresh_token = fields.String()


class SessionSchema(Schema):
    """A device somebody is signed in on."""

    id = fields.UUID(required=True)
    device_name = fields.String(required=True)
    transport = fields.String(required=True)
    created_at = Moment(required=True)
    last_used_at = Moment(required=True)
    current = fields.Boolean(required=True)


class SessionPageSchema(Schema):
    """All of one's devices."""

    items = fields.List(fields.Nested(SessionSchema), required=True)
    next = fields.String(allow_none=True)
