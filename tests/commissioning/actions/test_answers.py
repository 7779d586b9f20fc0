"""The commissioner's own answers."""

import pytest

from django.utils import timezone

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.models import CommissionerAnswer
from principles.models import Criterion
from tests.commissioning.samples import a_contract, a_request


@pytest.fixture
def request_row(people):
    return a_request(people, a_contract(people))


def save(actor, request, code="A2", **changes):
    given = {
        "criterion": Criterion.objects.get(code=code),
        "version": 0,
        "claimed_value": 2,
        "narrative": "We publish what we pay.",
        "not_applicable": False,
        "not_applicable_reason": "",
    }
    return actions.save_commissioner_answer(actor=actor, request=request, **given | changes)


@pytest.mark.django_db
def test_answer_is_saved_version_by_version(request_row, actor_of):
    first = save(actor_of("priya"), request_row)
    second = save(actor_of("priya"), request_row, version=1, claimed_value=3)
    assert (first.pk, first.version, second.version) == (second.pk, 1, 2)
    assert CommissionerAnswer.objects.get().claimed_value == 3
    assert "publish" not in str(
        AuditEvent.objects.filter(verb="commissioner_answer.saved")[0].facts
    )


@pytest.mark.django_db
def test_save_from_an_older_version_is_refused_as_stale(request_row, actor_of):
    save(actor_of("priya"), request_row)
    with pytest.raises(StaleSave):
        save(actor_of("priya"), request_row)


@pytest.mark.django_db
def test_criterion_of_the_provider_is_refused(request_row, actor_of):
    with pytest.raises(Refused, match="isn't the commissioner's"):
        save(actor_of("priya"), request_row, code="A1")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "evan", "anna", "sam", "oscar", "olive"])
def test_only_the_contract_manager_answers(request_row, actor_of, name):
    with pytest.raises(Refused, match="contract managers"):
        save(actor_of(name), request_row)


@pytest.mark.django_db
def test_frozen_answer_and_closed_request_do_not_change(request_row, actor_of):
    save(actor_of("priya"), request_row)
    CommissionerAnswer.objects.update(frozen_at=timezone.now())
    with pytest.raises(WrongState, match="signed-off"):
        save(actor_of("priya"), request_row, version=1)
    actions.close_request(actor=actor_of("anna"), request=request_row)
    with pytest.raises(WrongState, match="isn't open any more"):
        save(actor_of("priya"), request_row, version=1)
