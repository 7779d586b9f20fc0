"""Every field of the model has words for sentences about changes."""

from dataclasses import fields

from commissioning.award_model import model
from commissioning.award_model.difference_words import FIELDS, LONG_TEXTS

RECORDS = (
    model.AwardModel, model.Lot, model.Criterion, model.Scale, model.ScalePoint,
    model.PriceRule, model.SocialValueRule, model.Condition, model.Term,
)  # fmt: skip
TOLD_PART_BY_PART = {"lots", "scales", "conditions", "terms", "criteria", "sub_criteria", "points"}


def test_every_field_has_words_and_no_other():
    names = {field.name for record in RECORDS for field in fields(record)} - TOLD_PART_BY_PART
    assert names == set(FIELDS)
    assert set(FIELDS) >= LONG_TEXTS
