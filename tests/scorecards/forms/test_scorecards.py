"""Forms of judgement."""

from datetime import timedelta

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from principles.models import ScalePoint
from scorecards.forms import FindingForm, RatingForm, ReasonForm, RequestForm, VerifyForm

SCALE = [
    ScalePoint(value=value, label=f"Point {value}", description=f"What {value} is.")
    for value in range(4)
]
RATED = {"value": "2", "evidence_strength": "documented", "rationale": "Seen.", "version": "0"}


def rating(claims_not_applicable=False, **data):
    return RatingForm(RATED | data, scale=SCALE, claims_not_applicable=claims_not_applicable)


def test_rating_form_offers_the_scale_and_the_strengths_with_their_descriptions():
    form = rating()
    assert form.fields["value"].choices[1] == (1, "1: Point 1")
    assert form.fields["value"].hints["1"] == "What 1 is."
    assert form.fields["evidence_strength"].hints["asserted"] == (
        "Somebody says so. Nothing shows it."
    )


def test_rating_form_gives_what_the_action_takes():
    form = rating()
    assert form.is_valid()
    assert form.cleaned_data == {
        "value": 2,
        "evidence_strength": "documented",
        "rationale": "Seen.",
        "found_where": "",
        "version": 0,
        "not_applicable_agreed": None,
    }


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"value": ""}, {"value": ["Choose a rating"]}),
        ({"evidence_strength": ""}, {"evidence_strength": ["Choose how strong the evidence is"]}),
        ({"rationale": " "}, {"rationale": ["Give the rationale for this rating"]}),
    ],
)
def test_rating_form_says_what_is_missing(data, errors):
    assert rating(**data).errors == errors


@pytest.mark.parametrize("value", ["4", "-1", "two"])
def test_rating_form_refuses_what_is_off_the_scale(value):
    assert set(rating(value=value).errors) == {"value"}


@pytest.mark.parametrize(
    ("data", "agreed", "errors"),
    [
        ({"not_applicable": "agree", "value": "", "evidence_strength": ""}, True, set()),
        ({"not_applicable": "agree", "rationale": ""}, True, {"rationale"}),
        ({"not_applicable": "disagree"}, False, set()),
        ({"not_applicable": "disagree", "value": ""}, False, {"value"}),
        ({}, None, {"not_applicable"}),
    ],
)
def test_rating_form_asks_whether_not_applicable_is_agreed(data, agreed, errors):
    form = rating(claims_not_applicable=True, **data)
    assert set(form.errors) == errors
    assert form.cleaned_data["not_applicable_agreed"] is agreed


def test_reason_and_finding_are_complete():
    assert ReasonForm({"reason": " "}).errors == {"reason": ["Give the reason"]}
    assert FindingForm({}).errors == {
        "title": ["Enter what was found"],
        "priority": ["Choose a priority"],
        "detail": ["Say what was found and what should happen"],
    }
    assert set(FindingForm({"title": "x", "detail": "x", "priority": "urgent"}).errors) == {
        "priority"
    }


def due(days: int, **data) -> dict:
    day = timezone.localdate() + timedelta(days=days)
    return {f"due_on_{part}": getattr(day, part) for part in ("day", "month", "year")} | data


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (due(0, signatory_name="Kim", signatory_email="kim@example.org"), {}),
        (
            due(-1, signatory_name="Kim", signatory_email="kim@example.org"),
            {"due_on": ["The due date must be today or later"]},
        ),
        (
            due(1),
            {
                "signatory_name": ["Enter the name of the first signatory"],
                "signatory_email": ["Enter the first signatory's e-mail address"],
            },
        ),
        (
            due(1, signatory_name="Kim", signatory_email="kim"),
            {
                "signatory_email": [
                    "Enter an e-mail address in the right format, like name@example.com"
                ]
            },
        ),
    ],
)
def test_request_form_asks_for_the_first_signatory_where_there_is_none(data, errors):
    assert RequestForm(data, needs_signatory=True).errors == errors


def test_request_form_asks_whom_one_knows_where_there_is_a_signatory():
    form = RequestForm(due(1), needs_signatory=False)
    assert form.is_valid()
    assert set(form.cleaned_data) == {"due_on", "signatory_email"}
    assert "Somebody signs for this provider already" in form.fields["signatory_email"].help_text


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"file"}),
        ({"sha256": "0" * 64}, {"reference"}),
        ({"reference": "RP-2222222"}, {"sha256"}),
        ({"reference": "RP-2222222", "sha256": "x" * 64}, {"sha256"}),
        ({"reference": "RP-2222222", "sha256": " " + "AB" * 32 + " "}, set()),
    ],
)
def test_verify_form_needs_a_file_or_reference_and_hash(data, errors):
    assert set(VerifyForm(data).errors) == errors


def test_verify_form_takes_a_file_alone():
    assert VerifyForm({}, {"file": SimpleUploadedFile("x.pdf", b"%PDF-")}).is_valid()


def test_form_takes_no_file_that_is_larger_than_a_document(settings):
    settings.EVIDENCE_MAX_BYTES = 10
    form = VerifyForm({}, {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 and on")})
    assert form.errors["file"] == ["The selected file must be smaller than 25 MB"]
