"""What the forms of the ground floor take."""

import pytest

from accounts.forms import AcceptInvitationForm, InvitationForm, OrganisationForm, RolesForm
from accounts.models import Organisation

COUNCIL = Organisation(name="Council", acts_as_commissioner=True)
FIRM = Organisation(name="Firm", acts_as_provider=True)


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [
        (
            COUNCIL,
            ["procurement_lead", "evaluator", "approver", "contract_manager", "administrator"],
        ),
        (FIRM, ["contributor", "signatory", "administrator"]),
    ],
    ids=["commissioner", "provider"],
)
@pytest.mark.parametrize(("form", "given"), [(InvitationForm, {"colleagues": []}), (RolesForm, {})])
def test_roles_on_offer_are_those_of_the_body(form, given, organisation, expected):
    choices = form(organisation=organisation, **given).fields["roles"].choices
    assert [value for value, _ in choices] == expected


def test_role_of_another_kind_of_body_is_refused():
    form = RolesForm({"roles": ["auditor"]}, organisation=COUNCIL)
    assert list(form.errors) == ["roles"]


def test_invitation_without_anything_says_what_is_missing():
    form = InvitationForm({}, organisation=COUNCIL, colleagues=[])
    assert form.errors == {
        "full_name": ["Enter the person's full name"],
        "email": ["Enter an e-mail address"],
        "roles": ["Choose at least one role"],
    }


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("three random words", True),
        ("short", False),
        ("password1234", False),
        ("iloveyou12345", False),
        ("Liverpool2024!", False),
        ("qwertyuiop123", False),
        ("newcomer@council.example", False),
    ],
)
def test_password_has_to_be_good(password, is_good):
    form = AcceptInvitationForm(
        {"full_name": "Nia", "password": password},
        email="newcomer@council.example",
        colleagues=[],
    )
    assert form.is_valid() is is_good


def test_organisation_needs_a_kind_and_an_administrator():
    assert sorted(OrganisationForm({"name": "A"}).errors) == ["email", "full_name", "kinds"]


@pytest.mark.django_db
def test_sign_in_page_asks_in_our_words_and_offers_one_way_to_reset(client):
    page = client.get("/sign-in/").content.decode()
    assert page.count("E-mail address") == 1
    assert "placeholder" not in page
    assert page.count('href="/sign-in/password/reset/"') == 1


def test_password_is_taken_as_it_was_typed():
    form = AcceptInvitationForm(
        {"full_name": "Nia", "password": " three random words "},
        email="newcomer@council.example",
        colleagues=[],
    )
    assert form.is_valid()
    assert form.cleaned_data["password"] == " three random words "
