"""Shapes of tasks that people open."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.core.shapes import Moment, text
from api.photos.schemas import PhotoSchema
from api.tasks.schemas import MAX_PHOTOS, TaskSchema

FLAGS = ("general", "key", "redline")


class WordsSchema(Schema):
    """Words in Chinese or English; those of one language stand for both."""

    zh = text(2000, required=True)
    en = text(2000, required=True)


class TitleSchema(Schema):
    """A title in one language or both."""

    zh = text(300, required=True)
    en = text(300, required=True)

    @validates_schema
    def _has_one(self, data: dict[str, Any], **_: Any) -> None:
        if not (data["zh"].strip() or data["en"].strip()):
            raise ValidationError("A title is needed.")


class AskedSchema(Schema):
    """What whoever opens a task may say about it."""

    guide = fields.Nested(WordsSchema, load_default=None, allow_none=True)
    note = text(2000, load_default="")
    flag = fields.String(load_default="general", validate=validate.OneOf(FLAGS))
    needs_photo = fields.Boolean(load_default=True)
    due_at = Moment(load_default=None, allow_none=True)
    assignee_id = fields.UUID(load_default=None, allow_none=True)
    photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )


class NewTaskSchema(AskedSchema):
    """A task by hand."""

    store_id = fields.UUID(required=True)
    title = fields.Nested(TitleSchema, required=True)


class PhoneTaskSchema(NewTaskSchema):
    """A task by hand from a phone."""

    device_at = Moment(required=True)


class NewTaskReceiptSchema(TaskSchema):
    """The task, with what lets the phone drop its copy."""

    content_sha256 = fields.String(required=True)
    received_at = Moment(required=True)
