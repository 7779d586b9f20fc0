"""What the forms let through, and what they say where they don't."""

from datetime import date
from decimal import Decimal

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile

from commissioning.forms import (
    ContractForm,
    CorrectionForm,
    EngagementForm,
    ImportConfirmForm,
    InterestForm,
    LevelForm,
    LinkDisputeForm,
    MatchForm,
    NoticeUploadForm,
    ProcessLinkForm,
    ResolutionForm,
)
from commissioning.models import Contract
from commissioning.queries import assurance_bodies
from principles.rules import RiskAnswers
from providers.models import Provider
from tests.commissioning.samples import a_contract, a_package, a_release


def upload(content: bytes) -> NoticeUploadForm:
    return NoticeUploadForm({}, {"file": SimpleUploadedFile("n.json", content)})


def test_readable_file_is_taken_with_its_bytes():
    form = upload(a_package(a_release()))
    assert form.is_valid()
    assert form.content == a_package(a_release())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"{", "The file is not valid JSON: line 1, column 2. The file ends early."),
        (
            b'{"a": NaN}',
            "The file is JSON, but not OCDS: it has no releases, no records and no ocid.",
        ),
    ],
)
def test_unreadable_file_is_an_error_of_the_field(content, message):
    assert upload(content).errors["file"] == [message]


LINK = {"ocid": "ocds-h6vhtk-04a1b2", "publisher_name": "Crown", "reason": "Lot 1."}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, {}),
        ({"ocid": ""}, {"ocid": ["Enter the number of the process"]}),
        (
            {"ocid": "ocds h6"},
            {
                "ocid": [
                    "Enter the number of the process without spaces, such as ocds-h6vhtk-04a1b2"
                ]
            },
        ),
        (
            {"publisher_name": ""},
            {"publisher_name": ["Enter the name of the body that published it"]},
        ),
        ({"reason": " "}, {"reason": ["Say why the contract belongs to it"]}),
    ],
)
def test_link_says_to_what_and_why(changes, errors):
    assert ProcessLinkForm(LINK | changes).errors == errors


def test_dispute_says_why():
    assert LinkDisputeForm({}).errors == {"reason": ["Say why this is wrong"]}


def test_buyers_to_confirm_are_asked_about_only_where_there_are_some():
    assert "buyers" not in ImportConfirmForm({}, buyers={}).fields
    form = ImportConfirmForm({"buyers": ["k"]}, buyers={"k": "GB-LAE X"})
    assert (form.is_valid(), form.cleaned_data["buyers"]) == (True, ["k"])
    assert not ImportConfirmForm({"buyers": ["other"]}, buyers={"k": "GB-LAE X"}).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({}, "title", "Enter the title of the contract"),
        ({"title": "T"}, "new_provider_name", "Choose a provider, or enter a new one's name"),
        ({"value_gbp": "-1"}, "value_gbp", "The value must be 0 or more"),
        (
            {"value_gbp": "a lot"},
            "value_gbp",
            "The value must be an amount in pounds and pence, such as 248000 or 248,000.50",
        ),
        (
            {"new_provider_company_number": "none"},
            "new_provider_company_number",
            "Enter a company number, such as 01234567 or SC123456",
        ),
        (
            {
                "starts_on_day": "2", "starts_on_month": "1", "starts_on_year": "2026",
                "ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2026",
            },
            "ends_on",
            "The end date must be after the start date",
        ),
    ],
)  # fmt: skip
def test_contract_form_says_what_is_wrong(given, field, message):
    form = ContractForm(given, providers=Provider.objects.none())
    assert message in form.errors[field]


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("value_gbp", {"value": "250000.50"}, Decimal("250000.50")),
        ("value_gbp", {"value": ""}, None),
        (
            "starts_on",
            {"value_day": "1", "value_month": "2", "value_year": "2026"},
            date(2026, 2, 1),
        ),
        ("ends_on", {}, None),
        ("status", {"value": "terminated"}, "terminated"),
        ("title", {"value": " A title "}, "A title"),
        ("description", {"value": ""}, ""),
    ],
)
def test_correction_form_gives_a_value_of_the_fields_kind(field, given, expected):
    form = CorrectionForm({"seen": "", "reason": "Why"} | given, field=field)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == expected


def test_correction_needs_a_reason():
    form = CorrectionForm({"seen": "", "value": "T"}, field="title")
    assert form.errors["reason"] == ["Say why this value is right"]


def test_level_form_gives_the_answers():
    given = {"serves_people_at_risk": "yes", "is_hard_to_replace": "no"}
    assert LevelForm(given).errors["exercises_public_trust"] == ["Answer yes or no"]
    form = LevelForm(given | {"exercises_public_trust": "no"})
    assert form.is_valid()
    assert form.answers == RiskAnswers(True, False, False)


@pytest.mark.django_db
def test_engagement_form_finds_contracts_by_reference(people, actor_of):
    own, other = a_contract(people), a_contract(people, body="small_council")
    rows = Contract.objects.filter(commissioner=own.commissioner)
    base = {
        "assurance_body": people.organisations["auditors"].pk,
        "scope": "named_contracts",
        "starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2026",
        "ends_on_day": "1", "ends_on_month": "2", "ends_on_year": "2026",
    }  # fmt: skip

    def form(**given):
        bodies = assurance_bodies(actor_of("adam"))
        return EngagementForm(base | given, bodies=bodies, contracts=rows)

    found = form(contracts=f"{own.reference.lower()},")
    assert (found.is_valid(), found.cleaned_data["contracts"]) == (True, [own])
    message = f"You have no contract with the reference {other.reference}"
    assert form(contracts=f"{own.reference}\n{other.reference}").errors["contracts"] == [message]
    assert form(contracts="").errors["contracts"] == ["Name at least one contract"]
    assert form(ends_on_year="2025").errors["ends_on"] == [
        "The last day must be after the first day"
    ]


def test_interest_is_described_where_there_is_one():
    assert InterestForm({"has_interest": "no"}).is_valid()
    form = InterestForm({"has_interest": "yes", "description": "  "})
    assert form.errors["description"] == ["Describe the interest"]


def test_resolution_offers_decisions_and_needs_a_note():
    assert [value for value, _ in ResolutionForm().fields["resolution"].choices] == [
        "mitigated",
        "recused",
    ]
    assert "note" in ResolutionForm({"resolution": "recused"}).errors


def test_match_needs_an_answer():
    assert MatchForm({}).errors["decision"] == ["Say whether they are the same"]
