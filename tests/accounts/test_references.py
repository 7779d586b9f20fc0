"""Public references."""

import re

import pytest

from django.db import IntegrityError, transaction

from accounts.models import Organisation
from accounts.references import ALPHABET, ReferenceField, new_reference


def test_reference_is_prefix_and_seven_clear_letters():
    assert all(re.fullmatch(rf"SC-[{ALPHABET}]{{7}}", new_reference("SC")) for _ in range(200))


def test_alphabet_has_no_look_alikes():
    assert (set(ALPHABET) & set("01ILOU"), len(set(ALPHABET)), len(ALPHABET)) == (set(), 30, 30)


def test_field_describes_itself_by_its_prefix_alone():
    assert ReferenceField(prefix="SC").deconstruct()[3] == {"prefix": "SC"}


@pytest.mark.django_db
def test_reference_is_given_once_and_stays():
    row = Organisation.objects.create(name="A", acts_as_provider=True)
    given = row.reference
    row.name = "B"
    row.save()
    assert Organisation.objects.get(pk=row.pk).reference == given


@pytest.mark.django_db
def test_rows_made_in_bulk_get_references():
    rows = Organisation.objects.bulk_create(
        [Organisation(name=name, acts_as_provider=True) for name in "AB"]
    )
    assert len({row.reference for row in rows if row.reference.startswith("ORG-")}) == 2


@pytest.mark.django_db
def test_reference_names_one_row():
    first = Organisation.objects.create(name="A", acts_as_provider=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="B", acts_as_provider=True, reference=first.reference)
