"""What an auditor read is in the trail."""

import pytest

from accounts.models import AuditEvent
from providers import actions
from tests.providers.samples import a_link, a_self_assessment


@pytest.mark.django_db
def test_reading_is_recorded_with_what_was_read(people, actor_of):
    oscar, row, item = actor_of("oscar"), a_self_assessment(people), a_link(actor_of("sam"))
    actions.record_reading(actor=oscar, subject=row, what="answers")
    actions.record_reading(actor=oscar, subject=item, what="file")
    assert [
        (event.verb, event.subject_reference, event.actor_label, event.facts)
        for event in AuditEvent.objects.filter(verb__endswith=".read").order_by("pk")
    ] == [
        ("self_assessment.read", row.reference, "Oscar Fenwick", {"what": "answers"}),
        ("evidence.read", item.reference, "Oscar Fenwick", {"what": "file"}),
    ]
