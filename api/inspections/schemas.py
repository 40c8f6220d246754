"""Shapes of inspections. Whether the answers are complete is judged by completeness.py."""

import re
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.checklists.content_conditions import DAYPARTS
from api.checklists.schemas import EditionField
from api.core.shapes import BilingualSchema, Moment, Number, PageQuery, PersonSchema, text
from api.inspections import signoff
from api.inspections.lifecycle import ACTIONS
from api.photos.schemas import PhotoSchema
from api.stores.codes import CODE_PATTERN
from api.stores.tags import MAX_TAG, MAX_TAGS

MAX_ANSWERS = 1000
MAX_PHOTOS = 50
MAX_CHOSEN = 30
MAX_ROUNDS = 99
MAX_FIXES = 60
_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SECTION_KEY = validate.Regexp(rf"^{_PLAIN_KEY.pattern}\Z")
_ITEM_KEY = validate.And(
    validate.Length(max=64), validate.Regexp(rf"^{_PLAIN_KEY.pattern}(#[1-9][0-9]{{0,2}})?\Z")
)


def _answer_value(value: Any) -> None:
    if isinstance(value, list):
        if len(value) > MAX_CHOSEN or not all(isinstance(v, str) and _PLAIN_KEY.fullmatch(v) for v in value):
            raise ValidationError(f"At most {MAX_CHOSEN} keys of choices.")
    elif isinstance(value, str):
        if len(value) > 4000:
            raise ValidationError("At most 4,000 characters.")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise ValidationError("A text, a number, or a list of keys.")
    elif abs(value) > 1_000_000 or Decimal(str(value)) != round(Decimal(str(value)), 3):
        raise ValidationError("At most a million, with at most three decimals.")


class AnswerSchema(Schema):
    """One answer."""

    item_key = fields.String(required=True, validate=_ITEM_KEY)
    result = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(["pass", "fail", "na", "cannot_check"])
    )
    value = fields.Raw(load_default=None, allow_none=True, validate=_answer_value)
    note = text(2000, load_default="")
    reason = text(1000, load_default="")
    photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )
    fixed_on_spot = fields.Boolean(load_default=False)
    fix_photos = fields.List(
        fields.Nested(PhotoSchema), load_default=list, validate=validate.Length(max=MAX_PHOTOS)
    )
    answered_at = Moment(required=True)
    changed_at = Moment(required=True)


class PositionSchema(Schema):
    """One position as it was measured."""

    at = Moment(required=True)
    latitude = fields.Float(required=True, validate=validate.Range(-90, 90))
    longitude = fields.Float(required=True, validate=validate.Range(-180, 180))
    accuracy = fields.Float(required=True, allow_none=True, validate=validate.Range(0, 1e7))


class StopSchema(Schema):
    """Where the phone was; `fixes` are all positions that were measured for it, `coord_sys` is theirs."""

    at = Moment(required=True)
    latitude = fields.Float(required=True, allow_none=True, validate=validate.Range(-90, 90))
    longitude = fields.Float(required=True, allow_none=True, validate=validate.Range(-180, 180))
    accuracy = fields.Float(required=True, allow_none=True, validate=validate.Range(0, 1e7))
    source = fields.String(required=True, validate=validate.OneOf(["gps", "none"]))
    reason = text(1000, load_default="")
    coord_sys = fields.String(load_default="WGS-84", validate=validate.OneOf(["WGS-84", "GCJ-02"]))
    fixes = fields.List(
        fields.Nested(PositionSchema), load_default=list, validate=validate.Length(max=MAX_FIXES)
    )


class CheckInSchema(StopSchema):
    """Proof of being there."""

    store_token = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(CODE_PATTERN))


class SignOffSchema(Schema):
    """The store's word on the result, given on the inspector's phone."""

    outcome = fields.String(required=True, validate=validate.OneOf(signoff.OUTCOMES))
    name = text(120, load_default="")
    note = text(2000, load_default="")
    at = Moment(required=True)
    photo = fields.Nested(PhotoSchema, load_default=None, allow_none=True)

    @validates_schema
    def _is_whole(self, data: dict[str, Any], **_: Any) -> None:
        if found := signoff.faults(data):
            raise ValidationError(found)


class DeviceSchema(Schema):
    """Which phone."""

    id = text(80, required=True)
    app_version = text(40, required=True)


class ClockSchema(Schema):
    """How far the phone's clock can be believed.

    `elapsed_ms` is the time from beginning to end by a counter that nobody can move, as far as it ran;
    `server_at` and `device_at` are what both clocks showed at the last answer of the server before the end.
    """

    elapsed_ms = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(0, 10_000_000_000)
    )
    server_at = Moment(load_default=None, allow_none=True)
    device_at = Moment(load_default=None, allow_none=True)


class ContextSchema(Schema):
    """What the phone knew of the store when the visit began; regions from its own up to the root."""

    store_type = text(60, required=True)
    tags = fields.List(text(MAX_TAG), required=True, validate=validate.Length(max=MAX_TAGS))
    region_codes = fields.List(text(64), required=True, validate=validate.Length(max=20))
    daypart = fields.String(required=True, validate=validate.OneOf(DAYPARTS))


def _rounds(**kwargs: Any) -> fields.Dict:
    """The names of the rounds of each repeated section."""
    names = fields.List(text(100), validate=validate.Length(max=MAX_ROUNDS))
    key = fields.String(validate=_SECTION_KEY)
    return fields.Dict(keys=key, values=names, load_default=dict, validate=validate.Length(max=60), **kwargs)


class InspectionDocumentSchema(Schema):
    """A finished inspection, as the phone sends it."""

    visit_id = fields.UUID(required=True, allow_none=True)
    store_id = fields.UUID(required=True)
    checklist_id = fields.UUID(required=True)
    checklist_version = fields.Integer(required=True, validate=validate.Range(1, 1_000_000))
    started_at = Moment(required=True)
    submitted_at = Moment(required=True)
    on_date = fields.Date(required=True)
    device = fields.Nested(DeviceSchema, required=True)
    check_in = fields.Nested(CheckInSchema, required=True, allow_none=True)
    check_out = fields.Nested(StopSchema, load_default=None, allow_none=True)
    clock = fields.Nested(ClockSchema, load_default=None, allow_none=True)
    sign_off = fields.Nested(SignOffSchema, load_default=None, allow_none=True)
    note = text(4000, load_default="")
    context = fields.Nested(ContextSchema, load_default=None, allow_none=True)
    rounds = _rounds()
    answers = fields.List(
        fields.Nested(AnswerSchema), required=True, validate=validate.Length(max=MAX_ANSWERS)
    )


class ReceiptSchema(Schema):
    """What the server has. The phone may forget only what it finds here."""

    id = fields.UUID(required=True)
    content_sha256 = fields.String(required=True)
    received_at = Moment(required=True)
    server_epoch = fields.String(required=True)
    status = fields.String(required=True)
    score = Number(required=True, allow_none=True)
    raw_score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)
    missing_photos = fields.List(fields.String(), required=True)
    task_ids = fields.List(fields.UUID(), required=True)
    flags = fields.List(fields.String(), required=True)
    recheck_visit_id = fields.UUID(required=True, allow_none=True)


class EvidenceCountSchema(Schema):
    """How many photos are listed, and how many of them are here."""

    listed = fields.Integer(required=True)
    stored = fields.Integer(required=True)


class InspectionSummarySchema(Schema):
    """A report in a list."""

    id = fields.UUID(required=True)
    store_id = fields.UUID(required=True)
    store_name = fields.Nested(BilingualSchema, required=True)
    visit_id = fields.UUID(required=True, allow_none=True)
    kind = fields.String(required=True)
    checklist_id = fields.UUID(required=True)
    checklist_name = fields.Nested(BilingualSchema, required=True)
    checklist_version = fields.Integer(required=True)
    inspector = fields.Nested(PersonSchema, required=True)
    status = fields.String(required=True)
    score = Number(required=True, allow_none=True)
    raw_score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)
    findings = fields.Integer(required=True)
    failed_items = fields.List(fields.String(), required=True)
    started_at = Moment(required=True)
    submitted_at = Moment(required=True)
    received_at = Moment(required=True)
    evidence = fields.Nested(EvidenceCountSchema, required=True)
    flags = fields.List(fields.String(), required=True)
    proof = fields.Integer(required=True, allow_none=True, metadata={"description": "0 to 3"})
    version = fields.Integer(required=True)


class JudgedAnswerSchema(Schema):
    """An answer with its judgement and its photos' hashes."""

    item_key = fields.String(required=True)
    result = fields.String(required=True)
    finding = fields.Boolean(required=True)
    warning = fields.Boolean(required=True)
    earned = Number(required=True, allow_none=True)
    max = Number(required=True, allow_none=True)
    value = fields.Raw(required=True, allow_none=True)
    note = fields.String(required=True)
    reason = fields.String(required=True)
    fixed_on_spot = fields.Boolean(required=True)
    answered_at = Moment(required=True)
    changed_at = Moment(required=True)
    photos = fields.List(fields.Nested(PhotoSchema), required=True)
    fix_photos = fields.List(fields.Nested(PhotoSchema), required=True)


class InspectionStepSchema(Schema):
    """What became of a report after it arrived; `outcome` is that of a sign-off."""

    id = fields.UUID(required=True)
    action = fields.String(required=True)
    outcome = fields.String(required=True, allow_none=True)
    from_ = fields.String(required=True, data_key="from")
    to = fields.String(required=True)
    actor = fields.Nested(PersonSchema, required=True)
    at = Moment(required=True)
    note = fields.String(required=True)


class SignalSchema(Schema):
    """Why a flag is up. The facts depend on the code; places that may not be seen have no ids and names."""

    code = fields.String(required=True)
    strong = fields.Boolean(required=True)
    facts = fields.Dict(required=True)


class ProofSchema(Schema):
    """How well it is proved that somebody was there, and what speaks for it; null: nothing is known."""

    level = fields.Integer(required=True)
    place = fields.Boolean(required=True)
    camera = fields.Boolean(required=True, allow_none=True)
    token = fields.Boolean(required=True, allow_none=True)
    duration = fields.Boolean(required=True)
    travel = fields.Boolean(required=True, allow_none=True)


class InspectionSchema(InspectionSummarySchema):
    """A report wholly: answers, score with its trace, and what is still missing."""

    note = fields.String(required=True)
    on_date = fields.Date(required=True)
    distance_m = fields.Integer(required=True, allow_none=True)
    check_in = fields.Dict(required=True, allow_none=True)
    check_out = fields.Dict(required=True, allow_none=True)
    signals = fields.List(fields.Nested(SignalSchema), required=True)
    proof_facts = fields.Nested(ProofSchema, required=True, allow_none=True)
    content_sha256 = fields.String(required=True)
    score_facts = fields.Dict(required=True)
    context = fields.Nested(ContextSchema, required=True, allow_none=True)
    rounds = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    answers = fields.List(fields.Nested(JudgedAnswerSchema), required=True)
    missing_photos = fields.List(fields.String(), required=True)
    task_ids = fields.List(fields.UUID(), required=True)
    sign_off = fields.Nested(SignOffSchema, required=True, allow_none=True)
    store_token = fields.Boolean(required=True, allow_none=True)
    history = fields.List(fields.Nested(InspectionStepSchema), required=True)


class InspectionQuery(PageQuery):
    """Which reports; `status` may be given several times."""

    store_id = fields.UUID(load_default=None)
    status = fields.List(fields.String(), load_default=list)
    from_ = fields.Date(load_default=None, data_key="from")
    to = fields.Date(load_default=None)


class ReviewSchema(Schema):
    """A deed on a report, with the version it was decided on; `outcome` and `note` are those of a sign-off."""

    action = fields.String(required=True, validate=validate.OneOf(ACTIONS))
    version = fields.Integer(required=True)
    reason = text(2000, load_default="")
    outcome = fields.String(load_default=None, validate=validate.OneOf(signoff.LATER))
    note = text(2000, load_default="")

    @validates_schema
    def _fits(self, data: dict[str, Any], **_: Any) -> None:
        signs = data["action"] == "sign_off"
        if signs and data["outcome"] is None:
            raise ValidationError("Signed, or with an objection?", "outcome")
        if signs and data["reason"]:
            raise ValidationError("The words of a sign-off are its note.", "reason")
        if not signs and (data["outcome"] or data["note"]):
            raise ValidationError("Only a sign-off has this.", "outcome" if data["outcome"] else "note")


class ScoreAnswerSchema(AnswerSchema):
    """An answer that nobody has to have given."""

    result = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(["pass", "fail", "na", "cannot_check"])
    )
    photos = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=MAX_PHOTOS))
    fix_photos = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=MAX_PHOTOS))
    answered_at = Moment(load_default=None, allow_none=True)
    changed_at = Moment(load_default=None, allow_none=True)


class ScoreQuestionSchema(Schema):
    """Answers to score without storing anything; without a context everything applies."""

    version = EditionField(required=True)
    answers = fields.List(
        fields.Nested(ScoreAnswerSchema), required=True, validate=validate.Length(max=MAX_ANSWERS)
    )
    on_date = fields.Date(load_default=None, allow_none=True)
    context = fields.Nested(ContextSchema, load_default=None, allow_none=True)
    rounds = _rounds()
    earlier = fields.List(
        fields.String(validate=_ITEM_KEY), load_default=list, validate=validate.Length(max=MAX_ANSWERS)
    )


class WhatIfQuestionSchema(Schema):
    """Which items are thought to be right."""

    closed = fields.List(
        fields.String(validate=_ITEM_KEY), required=True, validate=validate.Length(max=MAX_ANSWERS)
    )


class WhatIfSchema(Schema):
    """What the report would come to."""

    score = Number(required=True, allow_none=True)
    band = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)


class ItemCostSchema(Schema):
    """What an item cost, and what the report would have come to had it been right."""

    item_key = fields.String(required=True)
    section_key = fields.String(required=True)
    flag = fields.String(required=True)
    lost = Number(required=True)
    cost = Number(required=True)
    if_closed = fields.Nested(WhatIfSchema, required=True)
    words = fields.Nested(BilingualSchema, required=True)


class ExplanationSchema(Schema):
    """A score that everybody can explain: its steps in words, the dearest items first."""

    score = fields.Dict(required=True)
    words = fields.List(fields.Nested(BilingualSchema), required=True)
    items = fields.List(fields.Nested(ItemCostSchema), required=True)
    all_closed = fields.Nested(WhatIfSchema, required=True)
