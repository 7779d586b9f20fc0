"""Forms of the team, interests, openers and clarifications: errors say what to do."""

import pytest

from commissioning.forms import (
    AssignmentForm,
    ExerciseInterestForm,
    MemberForm,
    OpenForm,
    PassphraseForm,
)


def errors(form) -> dict:
    form.is_valid()
    return {name: list(rows) for name, rows in form.errors.items()}


def test_interest_has_to_be_described():
    assert errors(ExerciseInterestForm({"has_interest": "yes"})) == {
        "description": ["Describe the interest"]
    }
    assert errors(ExerciseInterestForm({"has_interest": "no"})) == {}
    assert errors(ExerciseInterestForm({})) == {
        "has_interest": ["Say whether you have an interest"]
    }


def test_passphrases_have_to_be_the_same():
    given = {"password": "one two three four", "password_again": "one two three five"}
    assert errors(PassphraseForm(given)) == {
        "password_again": ["The two passphrases are not the same"]
    }


@pytest.mark.parametrize("form", [PassphraseForm, OpenForm])
def test_secrets_are_never_kept_of_an_ended_session(form):
    secret = [name for name in form().fields if name != "which"]
    assert all("password" in name for name in secret)


def test_assignment_gives_lot_and_key():
    form = AssignmentForm({"criteria": ["2/abc"]}, choices=[("Lot 2", [("2/abc", "1 Plan")])])
    assert form.is_valid()
    assert form.cleaned_data["criteria"] == [(2, "abc")]


@pytest.mark.django_db
def test_limit_is_a_whole_number_of_pounds(people):
    users = type(people.users["evan"]).objects.all()
    given = {"user": people.users["evan"].pk, "duty": "approver", "approves_up_to_gbp": "much"}
    assert errors(MemberForm(given, people=users)) == {
        "approves_up_to_gbp": [
            "The limit must be a whole number of pounds, such as 248000 or 248,000"
        ]
    }
