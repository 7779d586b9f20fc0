"""Saving answers and figures of an open self-assessment."""

from decimal import Decimal

import pytest

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from providers import actions
from providers.models import Answer, MeasureAnswer
from tests.providers.samples import (
    a_framework,
    a_link,
    a_self_assessment,
    answer,
    figures,
    submitted,
)


@pytest.fixture
def row(people):
    return a_self_assessment(people)


@pytest.mark.django_db
def test_answer_is_saved_version_by_version(row, actor_of):
    item = a_link(actor_of("sam"))
    first = answer(actor_of("cara"), row, evidence=[item])
    second = answer(actor_of("sam"), row, version=1, claimed_value=3, narrative="Better.")
    assert (first.pk, first.version, second.version) == (second.pk, 1, 2)
    held = Answer.objects.get()
    assert (held.claimed_value, held.narrative, held.updated_by) == (
        3,
        "Better.",
        actor_of("sam").user,
    )
    assert list(held.evidence.all()) == []
    assert [
        (event.actor_label, event.facts)
        for event in AuditEvent.objects.filter(verb="answer.saved").order_by("pk")
    ] == [
        (
            "Cara Nolan",
            {"criterion": "A1", "version": 1, "claimed": 2, "not_applicable": False,
             "evidence": [item.reference]},
        ),
        (
            "Sam Doyle",
            {"criterion": "A1", "version": 2, "claimed": 3, "not_applicable": False,
             "evidence": []},
        ),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 2])
def test_newer_answer_is_never_overwritten(row, actor_of, version):
    answer(actor_of("cara"), row, narrative="Cara's words.")
    with pytest.raises(StaleSave) as stale:
        answer(actor_of("sam"), row, version=version, narrative="Sam's words.")
    assert stale.value.current.narrative == "Cara's words."
    assert Answer.objects.get().narrative == "Cara's words."


@pytest.mark.django_db
def test_not_applicable_claims_nothing(row, actor_of):
    held = answer(
        actor_of("sam"), row, not_applicable=True, not_applicable_reason="No subcontractors."
    )
    assert (held.claimed_value, held.not_applicable) == (None, True)


@pytest.mark.django_db
def test_one_item_serves_many_answers(row, actor_of):
    sam = actor_of("sam")
    item = a_link(sam)
    answer(sam, row, "A1", evidence=[item])
    answer(sam, row, "A2", evidence=[item])
    figures(sam, row, evidence=[item])
    assert (item.answer_rows.count(), item.measure_answer_rows.count()) == (2, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["hana", "priya", "evan", "adam", "oscar", "olive"])
def test_only_the_providers_people_answer(row, actor_of, name):
    with pytest.raises(Refused, match="contributors and signatories of the provider"):
        answer(actor_of(name), row)
    with pytest.raises(Refused, match="contributors and signatories of the provider"):
        figures(actor_of(name), row)


@pytest.mark.django_db
def test_evidence_of_others_is_refused(row, actor_of):
    foreign = a_link(actor_of("hana"))
    with pytest.raises(Refused, match="library of one's own organisation"):
        answer(actor_of("sam"), row, evidence=[foreign])
    with pytest.raises(Refused, match="library of one's own organisation"):
        actions.attach_evidence(
            actor=actor_of("sam"),
            self_assessment=row,
            criterion=a_framework().criteria.get(code="A1"),
            item=foreign,
        )


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["A3", "A4", "T1"])
def test_what_the_provider_is_not_asked_is_not_answered(row, actor_of, code):
    with pytest.raises(Refused, match="does not ask the provider for that criterion"):
        answer(actor_of("sam"), row, code)


@pytest.mark.django_db
def test_measure_of_another_framework_is_refused(people, actor_of):
    a_framework()
    bare = a_self_assessment(people, editions=[])
    with pytest.raises(Refused, match="does not ask for that measure"):
        figures(actor_of("sam"), bare)


@pytest.mark.django_db
def test_figures_are_saved_with_every_digit(row, actor_of):
    figures(actor_of("cara"), row)
    held = figures(
        actor_of("sam"), row, version=1, committed_quantity=Decimal("0.100000000000000001")
    )
    held.refresh_from_db()
    assert (held.version, held.committed_quantity) == (2, Decimal("0.100000000000000001"))
    assert (held.committed_basis, held.attribution_percent) == ("yearly", Decimal(75))
    event = AuditEvent.objects.filter(verb="measure_answer.saved").latest("pk")
    assert event.facts["committed"] == "0.100000000000000001"
    assert "time records" not in str(event.facts)


@pytest.mark.django_db
def test_newer_figures_are_never_overwritten(row, actor_of):
    figures(actor_of("cara"), row)
    with pytest.raises(StaleSave):
        figures(actor_of("sam"), row, committed_quantity=Decimal(1))
    assert MeasureAnswer.objects.get().committed_quantity == Decimal("120.50")


@pytest.mark.django_db
@pytest.mark.parametrize(("gross", "expected"), [(True, Decimal(10)), (False, None)])
def test_deadweight_is_kept_only_where_the_values_are_gross_of_it(
    people, actor_of, gross, expected
):
    row = a_self_assessment(people, asks_deadweight=gross)
    held = figures(actor_of("sam"), row, deadweight_percent=Decimal(10))
    assert held.deadweight_percent == expected


@pytest.mark.django_db
def test_attached_evidence_is_a_new_version_of_the_answer(row, actor_of):
    sam = actor_of("sam")
    item, criterion = a_link(sam), a_framework().criteria.get(code="A1")
    answer(actor_of("cara"), row)
    for _ in range(2):
        held = actions.attach_evidence(
            actor=sam, self_assessment=row, criterion=criterion, item=item
        )
    assert (held.version, held.claimed_value, list(held.evidence.all())) == (2, 2, [item])
    with pytest.raises(StaleSave):
        answer(actor_of("cara"), row, version=1, evidence=[])
    assert list(Answer.objects.get().evidence.all()) == [item]


@pytest.mark.django_db
def test_attached_evidence_begins_an_answer(row, actor_of):
    held = actions.attach_evidence(
        actor=actor_of("sam"),
        self_assessment=row,
        criterion=a_framework().criteria.get(code="A2"),
        item=a_link(actor_of("sam")),
    )
    assert (held.version, held.claimed_value, held.narrative) == (1, None, "")


@pytest.mark.django_db
def test_submitted_answers_do_not_change(row, people, actor_of):
    sam = actor_of("sam")
    submitted(people, row)
    for write in (
        lambda: answer(sam, row, version=1),
        lambda: figures(sam, row, version=1),
        lambda: actions.attach_evidence(
            actor=sam,
            self_assessment=row,
            criterion=a_framework().criteria.get(code="A1"),
            item=a_link(sam),
        ),
    ):
        with pytest.raises(WrongState, match="Its answers cannot change"):
            write()
