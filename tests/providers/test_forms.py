"""Forms of answers, figures and evidence."""

from datetime import date
from decimal import Decimal

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile

from principles.models import Measure, ScalePoint
from providers.forms import (
    AnswerForm,
    DeclarationForm,
    EvidenceFileForm,
    EvidenceLinkForm,
    MeasureAnswerForm,
)
from providers.models import EvidenceItem
from tests.providers.samples import a_link

SCALE = [
    ScalePoint(value=value, label=f"Point {value}", description=f"What {value} is.")
    for value in range(4)
]
HOURS = Measure(code="M1", unit="hours")
YES_OR_NO = Measure(code="M2", unit="yes or no")


def an_answer(**data):
    return AnswerForm({"version": "0"} | data, scale=SCALE, evidence=EvidenceItem.objects.none())


@pytest.mark.django_db
def test_answer_form_offers_the_scale_with_its_descriptions():
    field = an_answer().fields["claimed_value"]
    assert field.choices[3] == (3, "3: Point 3")
    assert field.hints["0"] == "What 0 is."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {}),
        ({"claimed_value": "3", "narrative": "Why."}, {}),
        ({"claimed_value": "4"}, {"claimed_value"}),
        ({"not_applicable": "on"}, {"not_applicable_reason"}),
        ({"not_applicable": "on", "not_applicable_reason": "  "}, {"not_applicable_reason"}),
        ({"not_applicable": "on", "not_applicable_reason": "No staff."}, {}),
        ({"narrative": "x" * 5001}, {"narrative"}),
        ({"version": "-1"}, {"version"}),
        ({"evidence": ["1"]}, {"evidence"}),
    ],
)
def test_answer_form_takes_gaps_and_names_what_is_wrong(data, errors):
    assert set(an_answer(**data).errors) == set(errors)


@pytest.mark.django_db
def test_answer_form_lets_not_applicable_win_over_a_rating():
    form = an_answer(claimed_value="2", not_applicable="on", not_applicable_reason="No staff.")
    assert form.is_valid()
    assert form.cleaned_data["claimed_value"] is None


@pytest.mark.django_db
def test_answer_form_offers_evidence_with_its_dates(actor_of):
    a_link(actor_of("sam"), valid_until=date(2028, 4, 1))
    form = AnswerForm(scale=SCALE, evidence=EvidenceItem.objects.all())
    (label,) = [label for _, label in form.fields["evidence"].choices]
    assert label.startswith("Annual report, received ")
    assert label.endswith(", valid until 1 April 2028")


def measured(measure=HOURS, asks_deadweight=False, **data):
    given = {"version": "0", "committed_basis": "yearly", "attribution_percent": "75"}
    return MeasureAnswerForm(
        given | data,
        measure=measure,
        asks_deadweight=asks_deadweight,
        evidence=EvidenceItem.objects.none(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("gross", [True, False])
def test_measure_form_asks_deadweight_only_where_the_values_are_gross(gross):
    form = measured(asks_deadweight=gross, deadweight_percent="10", committed_quantity="12.50")
    assert form.is_valid()
    assert ("deadweight_percent" in form.fields) is gross
    assert form.cleaned_data["deadweight_percent"] == (Decimal(10) if gross else None)
    assert form.cleaned_data["committed_quantity"] == Decimal("12.50")
    assert form.cleaned_data["delivered_quantity"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"committed_quantity": "-1"}, "The committed quantity must be 0 or more"),
        (
            {"committed_quantity": "twelve"},
            "The committed quantity must be a number",
        ),
        (
            {"attribution_percent": "101"},
            "that this contract caused must be 100% or less",
        ),
        ({"attribution_percent": ""}, "Enter the share that this contract caused, such as 100"),
    ],
)
def test_measure_form_says_what_is_wrong(data, message):
    assert message in str(measured(**data).errors)


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "kept"), [("1", Decimal(1)), ("0", Decimal(0)), ("", None)])
def test_measure_form_asks_yes_or_no_where_that_is_the_unit(chosen, kept):
    form = measured(YES_OR_NO, asks_deadweight=True, committed_quantity=chosen)
    assert set(form.fields) == {
        "committed_quantity", "delivered_quantity", "note", "evidence", "version",
    }  # fmt: skip
    assert form.fields["committed_quantity"].label == "Is this committed?"
    assert [label for _, label in form.fields["committed_quantity"].choices] == [
        "Yes", "No", "Not stated",
    ]  # fmt: skip
    assert form.is_valid()
    assert form.cleaned_data == {
        "committed_quantity": kept,
        "delivered_quantity": None,
        "committed_basis": "whole_term",
        "attribution_percent": Decimal(100),
        "deadweight_percent": None,
        "note": "",
        "evidence": form.cleaned_data["evidence"],
        "version": 0,
    }


@pytest.mark.django_db
def test_measure_form_refuses_a_quantity_where_yes_or_no_is_asked():
    assert set(measured(YES_OR_NO, committed_quantity="5").errors) == {"committed_quantity"}


def uploaded(name: str, content: bytes, **data):
    given = {"title": "Code of conduct"} | data
    return EvidenceFileForm(given, {"file": SimpleUploadedFile(name, content)})


def test_file_form_hands_the_file_on_without_opening_it():
    form = uploaded("code.pdf", b"%PDF- whatever it is")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"].read() == b"%PDF- whatever it is"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The selected file is empty"),
        (b"a" * (25 * 1024 * 1024 + 1), "The selected file must be smaller than 25 MB"),
    ],
)
def test_file_form_refuses_with_the_reason(content, message):
    assert uploaded("x.pdf", content).errors["file"] == [message]


def test_file_form_takes_no_period_that_runs_backwards():
    def day(field, value):
        return dict(zip((f"{field}_day", f"{field}_month", f"{field}_year"), value, strict=True))

    dates = day("covers_from", ("2", "4", "2026")) | day("covers_to", ("1", "4", "2026"))
    assert uploaded("x.pdf", b"x", **dates).errors == {
        "covers_to": ["The period must end after it starts"]
    }


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "Enter a web address"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/x", "Enter a web address that starts with https://"),
        ("not an address", None),
    ],
)
def test_link_form_takes_web_addresses_only(url, message):
    form = EvidenceLinkForm({"title": "x", "url": url})
    wrong = "Enter a web address in the right format, like https://www.example.com"
    assert form.errors["url"] == [message or wrong]


def test_link_form_needs_a_title():
    assert EvidenceLinkForm({"url": "https://example.org"}).errors == {
        "title": ["Enter a title that says what this is"]
    }


def test_declaration_must_be_accepted():
    assert DeclarationForm({}).errors == {
        "accepts": ["Confirm that the provider accepts the standards"]
    }
    assert DeclarationForm({"accepts": "on"}).is_valid()
