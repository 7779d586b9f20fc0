"""What the forms about signatories let through, and what they say where they don't."""

from types import SimpleNamespace as Row

import pytest

from commissioning.forms import (
    ConfirmSignatoryForm,
    DoubtDecisionForm,
    DoubtForm,
    EnterCodeForm,
    SendCodeForm,
)

CONTACTS = [Row(address="office@x.example", hint="o•••@x.example", publisher="")]


def test_code_goes_to_one_of_the_published_addresses():
    form = SendCodeForm({"address": "office@x.example"}, contacts=CONTACTS)
    assert form.is_valid()
    assert form.fields["address"].choices == [
        ("office@x.example", "o•••@x.example, published by a buyer")
    ]
    assert not SendCodeForm({"address": "other@x.example"}, contacts=CONTACTS).is_valid()
    assert SendCodeForm({}, contacts=[]).errors == {"address": ["Choose an address"]}


def test_code_and_reasons_are_required():
    assert EnterCodeForm({}).errors == {"code": ["Enter the code"]}
    assert ConfirmSignatoryForm({}).errors == {"reason": ["Say how you checked it"]}
    assert DoubtForm({}).errors == {"reason": ["Say why this is wrong"]}


def test_known_person_of_a_doubt_is_optional_and_an_address():
    assert DoubtForm({"reason": "No."}).is_valid()
    assert list(DoubtForm({"reason": "No.", "known_email": "kim"}).errors) == ["known_email"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"decision": ""}, ["decision"]),
        ({"full_name": "", "email": ""}, ["full_name", "email"]),
        ({"decision": "keep", "full_name": "", "email": ""}, []),
        ({"email": "kim"}, ["email"]),
        ({"reason": " "}, ["reason"]),
    ],
)
def test_somebody_else_is_named_where_an_organisation_is_recovered(changes, wrong):
    given = {"decision": "recover", "full_name": "Kim", "email": "k@x.example", "reason": "Rang."}
    assert sorted(DoubtDecisionForm(given | changes).errors) == sorted(wrong)
