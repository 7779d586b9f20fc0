"""Making an installation ready."""

import pytest

from django.core.management import call_command

from principles.models import Edition, ValueSet
from scorecards.models import AssurancePolicy

pytestmark = pytest.mark.django_db


def test_prepare_publishes_what_is_bundled_and_is_safe_to_repeat():
    counts = []
    for _ in range(2):
        call_command("prepare", verbosity=0)
        counts.append([model.objects.count() for model in (Edition, ValueSet, AssurancePolicy)])
    assert counts == [[4, 1, 1], [4, 1, 1]]
