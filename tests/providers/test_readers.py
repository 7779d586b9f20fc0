"""The registry of who else reads a provider's rows."""

import pytest

from django.db.models import Q

from providers import readers
from providers.models import EvidenceItem, SelfAssessment
from tests.providers.samples import a_link, a_self_assessment


@pytest.fixture
def registry(monkeypatch):
    """An empty registry for the test; what the floors above said comes back after it."""
    monkeypatch.setattr(readers, "_SELF_ASSESSMENTS", [])
    monkeypatch.setattr(readers, "_EVIDENCE", [])


@pytest.mark.django_db
def test_nobody_else_reads_where_no_floor_says_so(registry, people, actor_of):
    a_self_assessment(people)
    a_link(actor_of("sam"))
    assert not SelfAssessment.objects.visible_to(actor_of("priya")).exists()
    assert not EvidenceItem.objects.visible_to(actor_of("priya")).exists()


@pytest.mark.django_db
def test_each_reader_adds_rows_and_counts_once(registry, people, actor_of):
    first, second = a_self_assessment(people), a_self_assessment(people, "charity")
    item = a_link(actor_of("sam"))

    def reads_first(viewer):
        return Q(pk=first.pk)

    readers.register(self_assessments=reads_first, evidence=lambda viewer: Q(pk=item.pk))
    readers.register(self_assessments=reads_first)
    readers.register(self_assessments=lambda viewer: Q(pk=second.pk))
    assert len(readers._SELF_ASSESSMENTS) == 2
    assert set(SelfAssessment.objects.visible_to(actor_of("priya"))) == {first, second}
    assert list(EvidenceItem.objects.visible_to(actor_of("priya"))) == [item]
