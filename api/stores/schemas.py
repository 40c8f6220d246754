"""Shapes of regions, stores and people."""

from typing import Any
from zoneinfo import available_timezones

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from api.accounts.schemas import UserSchema
from api.accounts.types import LOCALES, ROLES
from api.core.shapes import BilingualSchema, PageQuery, text
from api.stores import opening
from api.stores.tags import MAX_TAG, MAX_TAGS

CODE = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")
_ZONES = available_timezones()


def _is_zone(name: str) -> None:
    if name not in _ZONES:
        raise ValidationError("Not the name of a time zone, such as Asia/Shanghai.")


class RegionSchema(Schema):
    """A region."""

    id = fields.UUID(required=True)
    parent_id = fields.UUID(required=True, allow_none=True)
    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)


class NewRegionSchema(Schema):
    """A region to add."""

    code = fields.String(required=True, validate=CODE)
    name = fields.Nested(BilingualSchema, required=True)
    parent_id = fields.UUID(load_default=None, allow_none=True)


class RegionPageSchema(Schema):
    """All visible regions, parents first."""

    items = fields.List(fields.Nested(RegionSchema), required=True)
    next = fields.String(allow_none=True)


class TagsField(fields.List[str]):
    """Short words, each once; blanks around them do not count."""

    def __init__(self, **kwargs: Any) -> None:
        inner = fields.String(validate=validate.Length(max=MAX_TAG))
        super().__init__(inner, validate=validate.Length(max=MAX_TAGS), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str | None]:
        given = [tag.strip() for tag in super()._deserialize(value, attr, data, **kwargs) if tag]
        return list(dict.fromkeys(tag for tag in given if tag))


class OpeningHoursField(fields.Field[dict[str, Any]]):
    """`{"mo": [["09:00", "22:00"]], ...}`; without any day they are not known."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError('Hours by day, such as {"mo": [["09:00", "22:00"]]}.')
        try:
            return opening.checked(value) or None
        except opening.BadHours as bad:
            raise ValidationError(str(bad)) from None


class ClosedDatesField(fields.List[Any]):
    """Days such as 2026-02-17, each once and in order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.Date(), validate=validate.Length(max=opening.MAX_CLOSED), **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        days = super()._deserialize(value, attr, data, **kwargs)
        return sorted({day.isoformat() for day in days if day is not None})


class _StoreBase(Schema):
    type = text(60)
    level = text(20)
    tags = TagsField()
    address = text(400)
    city = text(120)
    latitude = fields.Float(allow_none=True, validate=validate.Range(-90, 90))
    longitude = fields.Float(allow_none=True, validate=validate.Range(-180, 180))
    coord_sys = fields.String(validate=validate.OneOf(["WGS-84", "GCJ-02"]))
    timezone = fields.String(validate=_is_zone)
    geofence_m = fields.Integer(validate=validate.Range(50, 5000))
    status = fields.String(validate=validate.OneOf(["open", "suspended", "closed"]))
    supervisor_id = fields.UUID(allow_none=True)
    opening_hours = OpeningHoursField(
        allow_none=True, metadata={"type": "object", "example": {"mo": [["09:00", "22:00"]]}}
    )
    closed_dates = ClosedDatesField()


class StoreSchema(_StoreBase):
    """A store."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.Nested(BilingualSchema, required=True)
    region_id = fields.UUID(required=True)
    region_name = fields.Nested(BilingualSchema, required=True)
    version = fields.Integer(required=True)


class StoreCodeSchema(Schema):
    """The address that the QR picture on a store's wall holds."""

    url = fields.String(required=True)


class NewStoreSchema(_StoreBase):
    """A store to add."""

    code = fields.String(required=True, validate=CODE)
    name = fields.Nested(BilingualSchema, required=True)
    region_id = fields.UUID(required=True)

    @validates_schema
    def _whole_point(self, data: dict[str, object], **_: object) -> None:
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            raise ValidationError("Give both coordinates or none.", "latitude")


class StoreChangeSchema(_StoreBase):
    """What may be changed of a store, with the version it was decided on."""

    version = fields.Integer(required=True)
    name = fields.Nested(BilingualSchema)
    region_id = fields.UUID()


class StoreQuery(PageQuery):
    """Which stores."""

    region_id = fields.UUID(load_default=None)
    status = fields.String(load_default=None, validate=validate.OneOf(["open", "suspended", "closed"]))
    search = fields.String(load_default=None, validate=validate.Length(max=100))


class UserQuery(PageQuery):
    """Which people."""

    role = fields.String(load_default=None, validate=validate.OneOf(ROLES))


_PASSWORD = validate.Length(min=MIN_LENGTH, max=MAX_LENGTH)


class NewUserSchema(Schema):
    """Somebody to add."""

    username = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._@+-]{1,79}$"))
    name = fields.String(required=True, validate=validate.Length(min=1, max=120))
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    locale = fields.String(load_default="zh", validate=validate.OneOf(LOCALES))
    password = fields.String(required=True, validate=_PASSWORD, load_only=True)
    region_ids = fields.List(fields.UUID(), validate=validate.Length(max=200))
    store_ids = fields.List(fields.UUID(), validate=validate.Length(max=500))


class UserChangeSchema(Schema):
    """What may be changed of somebody."""

    name = fields.String(validate=validate.Length(min=1, max=120))
    role = fields.String(validate=validate.OneOf(ROLES))
    locale = fields.String(validate=validate.OneOf(LOCALES))
    is_active = fields.Boolean()
    password = fields.String(validate=_PASSWORD, load_only=True)
    region_ids = fields.List(fields.UUID(), validate=validate.Length(max=200))
    store_ids = fields.List(fields.UUID(), validate=validate.Length(max=500))


class NamedRegionSchema(Schema):
    """A region by name."""

    id = fields.UUID(required=True)
    name = fields.Nested(BilingualSchema, required=True)


class NamedStoreSchema(NamedRegionSchema):
    """A store by code and name."""

    code = fields.String(required=True)


class MeSchema(UserSchema):
    """Oneself: what one may see and do, and the life of the server's database."""

    regions = fields.List(fields.Nested(NamedRegionSchema), required=True)
    stores = fields.List(fields.Nested(NamedStoreSchema), required=True)
    permissions = fields.List(fields.String(), required=True)
    server_epoch = fields.String(required=True)
