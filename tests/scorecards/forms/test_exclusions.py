"""The form by which a supplier is excluded."""

import datetime

import pytest

from django.utils import timezone

from commissioning.award_model.exclusion import AUTHORITY_GROUNDS
from scorecards.forms import ExclusionForm

GIVEN = {
    "ground_code": "insolvency",
    "about": "supplier",
    "asked_on_day": "2",
    "asked_on_month": "11",
    "asked_on_year": "2026",
    "representations": "It said nothing.",
    "circumstances": "continuing",
    "circumstances_reason": "The administrators have no buyer.",
    "reason": "It cannot deliver.",
}


def test_complete_form_gives_what_the_action_takes():
    form = ExclusionForm(GIVEN)
    assert form.is_valid()
    assert form.cleaned_data == {
        "ground_code": "insolvency",
        "about": "supplier",
        "asked_on": datetime.date(2026, 11, 2),
        "representations": "It said nothing.",
        "circumstances": "continuing",
        "circumstances_reason": "The administrators have no buyer.",
        "reason": "It cannot deliver.",
    }


def test_every_ground_says_of_what_kind_it_is():
    labels = dict(ExclusionForm().fields["ground_code"].choices)
    assert list(labels) == [ground.code for ground in AUTHORITY_GROUNDS]
    assert labels["theft_fraud"] == "Theft, fraud and bribery (mandatory)"
    assert labels["national_security"] == "Threat to national security (discretionary)"


@pytest.mark.parametrize("name", ["ground_code", "about", "circumstances"])
def test_nothing_is_chosen_beforehand(name):
    form = ExclusionForm()
    assert form[name].value() is None
    assert not ExclusionForm(GIVEN | {name: ""}).is_valid()


def test_day_of_hearing_is_not_in_the_future():
    form = ExclusionForm(GIVEN | {"asked_on_year": str(timezone.localdate().year + 1)})
    assert form.errors == {"asked_on": ["The supplier has to be heard before it is excluded"]}


def test_missing_day_is_asked_for():
    form = ExclusionForm(GIVEN | {"asked_on_day": "", "asked_on_month": "", "asked_on_year": ""})
    assert list(form.errors) == ["asked_on"]
