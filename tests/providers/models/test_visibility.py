"""Which rows of providers exist for whom."""

import pytest

from accounts.access import Actor
from providers.models import (
    Answer,
    EvidenceItem,
    MeasureAnswer,
    Provider,
    SelfAssessment,
    Submission,
)
from tests.commissioning.samples import a_contract, a_request
from tests.providers.samples import a_framework, a_link, submitted

ROWS = (SelfAssessment, Answer, MeasureAnswer, Submission, EvidenceItem)
EVERYBODY = ("priya", "evan", "edith", "anna", "adam", "mei", "tom", "sam", "cara", "hana",
             "oscar", "olive")  # fmt: skip


def seen(viewer) -> tuple[int, ...]:
    return tuple(rows.objects.visible_to(viewer).count() for rows in ROWS)


@pytest.fixture
def case(people, actor_of):
    request = a_request(people, a_contract(people), editions=[a_framework()])
    return request.self_assessment, a_link(actor_of("sam"))


@pytest.mark.django_db
def test_draft_is_nobody_elses_business(case, actor_of):
    own = {"sam", "cara"}
    assert {name: seen(actor_of(name)) for name in EVERYBODY} == {
        name: (1, 0, 0, 0, 1) if name in own else (0, 0, 0, 0, 0) for name in EVERYBODY
    }
    assert seen(Actor()) == (0, 0, 0, 0, 0)
    assert seen(Actor.system("importer")) == (1, 0, 0, 0, 1)


@pytest.mark.django_db
def test_submitted_answers_open_to_the_contract_manager_and_no_one_undeclared(
    case, people, actor_of
):
    row, item = case
    submitted(people, row, items=[item])
    readers = {"sam", "cara", "priya"}
    assert {name: seen(actor_of(name)) for name in EVERYBODY} == {
        name: (1, 2, 1, 1, 1) if name in readers else (0, 0, 0, 0, 0) for name in EVERYBODY
    }


@pytest.mark.django_db
def test_evidence_behind_no_submitted_answer_stays_the_providers(case, people, actor_of):
    row, item = case
    spare = a_link(actor_of("sam"), title="Not used")
    submitted(people, row, items=[item])
    assert list(EvidenceItem.objects.visible_to(actor_of("priya"))) == [item]
    assert set(EvidenceItem.objects.visible_to(actor_of("cara"))) == {item, spare}


@pytest.mark.django_db
def test_providers_are_known_to_everybody_who_signed_in(case, actor_of):
    assert {Provider.objects.visible_to(actor_of(name)).count() for name in EVERYBODY} == {1}
    assert Provider.objects.visible_to(Actor.system("importer")).count() == 1
    assert Provider.objects.visible_to(Actor()).count() == 0
