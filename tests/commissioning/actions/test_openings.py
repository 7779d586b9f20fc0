"""What an auditor opened is itself in the trail."""

from datetime import timedelta

import pytest

from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from commissioning import actions
from tests.commissioning.samples import a_contract


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "times"), [("oscar", 1), ("priya", 0)])
def test_contract_page_leaves_a_row_only_for_an_auditor(people, actor_of, browse, name, times):
    contract = a_contract(people)
    today = timezone.localdate()
    actions.give_engagement(
        actor=actor_of("adam"),
        assurance_body=people.organisations["auditors"],
        scope="everything",
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )
    page = reverse("commissioning:contract-detail", args=[contract.reference])
    assert browse(name).get(page).status_code == 200
    rows = AuditEvent.objects.filter(verb="contract.opened", case_reference=contract.reference)
    assert [row.actor_label for row in rows] == ["Oscar Fenwick"] * times
