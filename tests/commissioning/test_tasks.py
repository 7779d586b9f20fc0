"""What the schedule runs."""

import pytest

from django.conf import settings
from django.utils import timezone

from commissioning.tasks import remind_of_due_requests
from tests.commissioning.samples import a_contract, a_request


def test_task_is_the_one_that_the_schedule_names():
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert remind_of_due_requests.name in names


@pytest.mark.django_db
def test_task_reminds_once(people):
    a_request(people, a_contract(people), due_on=timezone.localdate())
    assert [remind_of_due_requests(), remind_of_due_requests()] == [1, 0]
