"""The form of an award without competition."""

import pytest

from commissioning.forms import DirectAwardForm
from providers.models import Provider

pytestmark = pytest.mark.django_db


def form_of(people, **changes):
    provider = Provider.objects.create(organisation=people.organisations["charity"])
    given = {
        "provider": provider.pk,
        "ground": "urgency",
        "justification": "It burnt down.",
        "value_gbp": "48000",
        "starts_on_0": "1",
        "starts_on_1": "12",
        "starts_on_2": "2026",
        "ends_on_0": "31",
        "ends_on_1": "5",
        "ends_on_2": "2027",
    }
    given = {name.replace("_0", "_day").replace("_1", "_month").replace("_2", "_year"): value
             for name, value in given.items()}  # fmt: skip
    return DirectAwardForm(
        given | changes, providers=Provider.objects.all(), regime="procurement_act_2023"
    )


def test_whole_form_is_valid(people):
    assert form_of(people).is_valid()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"provider": ""}, "provider", "Look for the supplier by name, and choose it"),
        ({"ground": ""}, "ground", "Choose the ground"),
        ({"justification": ""}, "justification", "Give the justification"),
        ({"value_gbp": ""}, "value_gbp", "Enter the value"),
        ({"ends_on_year": "2025"}, "ends_on", "The end date must be after the start date"),
    ],
)
def test_what_is_missing_is_named(people, changes, field, words):
    form = form_of(people, **changes)
    assert {name: list(rows) for name, rows in form.errors.items()} == {field: [words]}
