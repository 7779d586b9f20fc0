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
    monkeypatch.setattr(readers, "_OPENED", [])
    monkeypatch.setattr(readers, "_UNNAMED", [])


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


def test_who_keeps_a_trail_is_told_once_of_what_others_open(registry):
    told = []

    def follower(*given):
        told.append(given)

    readers.register(opened=follower)
    readers.register(opened=follower)
    readers.tell_opened("actor", "item")
    assert told == [("actor", "item")]


def test_owner_is_unnamed_where_one_floor_says_so(registry):
    assert not readers.is_unnamed("viewer", "item")
    readers.register(unnamed=lambda viewer, item: False)
    assert not readers.is_unnamed("viewer", "item")
    readers.register(unnamed=lambda viewer, item: item == "item")
    assert readers.is_unnamed("viewer", "item")
