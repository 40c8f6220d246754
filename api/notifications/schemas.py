"""Shapes of messages, of what people choose, and of browsers that are pushed to."""

import base64
import re
from typing import Any
from zoneinfo import available_timezones

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.core.shapes import BilingualSchema, Moment, PageQuery
from api.notifications.choices import CHANNELS, PACES
from api.notifications.kinds import GROUPS

_CLOCK = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z", error="A time of day, as in 08:00.")
_NO_BREAKS = validate.Regexp(r"^[^\s<>\"]+\Z", error="No spaces or brackets.")
_ZONES = re.compile(r"^[A-Za-z0-9_+\-/]{1,60}\Z")
_P256DH_BYTES, _AUTH_BYTES = 65, 16


class NotificationsQuery(PageQuery):
    """Which messages."""

    unread = fields.Boolean(load_default=False)


class MessageSchema(Schema):
    """Something one should know, in words, with the address in the app of what it is about."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    group = fields.String(required=True, validate=validate.OneOf(GROUPS))
    title = fields.Nested(BilingualSchema, required=True)
    body = fields.Nested(BilingualSchema, required=True)
    link = fields.String(required=True)
    urgent = fields.Boolean(required=True)
    flag = fields.String(required=True, allow_none=True)
    store_id = fields.UUID(required=True, allow_none=True)
    store_name = fields.Nested(BilingualSchema, required=True, allow_none=True)
    created_at = Moment(required=True)
    read_at = Moment(required=True, allow_none=True)


class MessagePageSchema(Schema):
    """A page of messages, and how many in all are not read."""

    items = fields.List(fields.Nested(MessageSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    unread = fields.Integer(required=True)


class MarkSchema(Schema):
    """Which messages are read (or, with `read: false`, are not): some by id, or all."""

    ids = fields.List(fields.UUID(), validate=validate.Length(min=1, max=500))
    all = fields.Boolean(load_default=False)
    read = fields.Boolean(load_default=True)

    @validates_schema
    def _one_way(self, data: dict[str, Any], **_: Any) -> None:
        if ("ids" in data) == data["all"]:
            raise ValidationError("Name some messages, or all.", "ids")


class MarkedSchema(Schema):
    """The messages that changed, and how many are not read now."""

    ids = fields.List(fields.UUID(), required=True)
    unread = fields.Integer(required=True)


class PacesSchema(Schema):
    """How a group of messages comes, by each way."""

    push = fields.String(required=True, validate=validate.OneOf(PACES))
    email = fields.String(required=True, validate=validate.OneOf(PACES))


class HoursSchema(Schema):
    """From when until when, on the wall's clock; the same twice: never."""

    class Meta:
        """`from` is a word of Python."""

        include = {"from": fields.String(required=True, validate=_CLOCK)}

    to = fields.String(required=True, validate=_CLOCK)


GroupsSchema = Schema.from_dict(
    {group: fields.Nested(PacesSchema, required=True) for group in GROUPS}, name="GroupPacesSchema"
)


def _zone(value: str) -> None:
    if not _ZONES.match(value) or value not in available_timezones():
        raise ValidationError("There is no such time zone.")


class ChoicesSchema(Schema):
    """What somebody wants. `quiet` null: as the company has it."""

    email = fields.Email(required=True, allow_none=True, validate=[validate.Length(max=254), _NO_BREAKS])
    groups = fields.Nested(GroupsSchema, required=True)
    quiet = fields.Nested(HoursSchema, required=True, allow_none=True)
    digest_at = fields.String(required=True, validate=_CLOCK)
    timezone = fields.String(required=True, validate=_zone)


class SettingsSchema(ChoicesSchema):
    """What holds, and what there is to choose from."""

    company_quiet = fields.Nested(HoursSchema, required=True, allow_none=True)
    mail_offered = fields.Boolean(required=True)
    browsers = fields.Integer(required=True)


def _key(length: int) -> Any:
    def check(value: str) -> None:
        try:
            raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        except ValueError:
            raw = b""
        if len(raw) != length or (length == _P256DH_BYTES and raw[0] != 4):
            raise ValidationError("This is no key.")

    return check


class KeysSchema(Schema):
    """The browser's keys, URL-safe base64."""

    p256dh = fields.String(required=True, validate=_key(_P256DH_BYTES))
    auth = fields.String(required=True, validate=_key(_AUTH_BYTES))


class SubscriptionSchema(Schema):
    """A browser's push subscription, as it gives it."""

    endpoint = fields.String(required=True, validate=[validate.Length(max=1000), _NO_BREAKS])
    keys = fields.Nested(KeysSchema, required=True)


class SubscribedSchema(Schema):
    """What is kept of it."""

    id = fields.UUID(required=True)
    endpoint = fields.String(required=True)
    created_at = Moment(required=True)


class PushKeySchema(Schema):
    """The key by which push services know this server, for `applicationServerKey`."""

    key = fields.String(required=True)


class TriedSchema(Schema):
    """To how many browsers and mailboxes the message goes."""

    browsers = fields.Integer(required=True)
    email = fields.Boolean(required=True)


assert set(PacesSchema().fields) == set(CHANNELS)
