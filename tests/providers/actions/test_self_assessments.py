"""Opening, submitting and returning."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from providers import actions
from providers.actions.self_assessments import DECLARATION
from providers.models import Answer, EvidenceItem, MeasureAnswer, SelfAssessment, Submission
from tests.providers.samples import (
    a_framework,
    a_link,
    a_provider,
    a_self_assessment,
    answer,
    figures,
    submitted,
)

DUE = date(2027, 5, 4)


@pytest.mark.django_db
def test_opened_self_assessment_is_a_draft_of_its_editions(people):
    row = a_self_assessment(people, due_on=DUE)
    assert (row.state, row.version_number, row.due_on) == ("drafting", 1, DUE)
    assert [edition.key for edition in row.editions.all()] == ["sample@1"]
    assert AuditEvent.objects.get(verb="self_assessment.opened").facts == {
        "provider": row.provider.reference,
        "level": "core",
        "due_on": "2027-05-04",
        "editions": ["sample@1"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["evan", "anna", "adam", "sam", "oscar", "olive"])
def test_only_a_contract_manager_opens_one(people, actor_of, name):
    with pytest.raises(Refused, match="Only a contract manager asks a provider"):
        actions.open_self_assessment(
            actor=actor_of(name), provider=a_provider(people), title="x", editions=[],
            level="core", due_on=DUE,
        )  # fmt: skip


@pytest.mark.django_db
def test_incomplete_self_assessment_is_refused_with_the_names(people, actor_of):
    row = a_self_assessment(people, level="enhanced")
    answer(actor_of("sam"), row, "A2")
    answer(actor_of("sam"), row, "A3", narrative="")
    with pytest.raises(WrongState, match=r"^2 answers are not complete: A1, A3\.$"):
        actions.submit_self_assessment(actor=actor_of("sam"), self_assessment=row)
    answer(actor_of("sam"), row, "A1")
    with pytest.raises(WrongState, match=r"^1 answer is not complete: A3\.$"):
        actions.submit_self_assessment(actor=actor_of("sam"), self_assessment=row)
    assert SelfAssessment.objects.get(pk=row.pk).state == "drafting"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cara", "hana", "priya", "oscar"])
def test_only_the_providers_signatory_submits(people, actor_of, name):
    with pytest.raises(Refused, match="Only an authorised signatory of the provider submits"):
        actions.submit_self_assessment(
            actor=actor_of(name), self_assessment=a_self_assessment(people)
        )


@pytest.mark.django_db
def test_receipt_holds_the_hash_of_all_that_was_submitted(people, actor_of):
    row = a_self_assessment(people)
    receipt = submitted(people, row)
    assert receipt.sha256 == hashlib.sha256(receipt.content.encode()).hexdigest()
    assert (receipt.declaration, receipt.submitted_by) == (DECLARATION, actor_of("sam").user)
    content = json.loads(receipt.content)
    assert content["submitted_at"] == receipt.submitted_at.isoformat()
    assert (content["submitted_by"], content["declaration"]) == ("Sam Doyle", DECLARATION)
    assert [found["code"] for found in content["answers"]] == ["A1", "A2"]
    assert AuditEvent.objects.get(verb="self_assessment.submitted").facts == {
        "sha256": receipt.sha256,
        "version": 1,
    }


@pytest.mark.django_db
def test_submission_freezes_answers_and_their_evidence_and_nothing_else(people, actor_of):
    sam, row = actor_of("sam"), a_self_assessment(people)
    behind, spare = a_link(sam), a_link(sam, title="Not used")
    receipt = submitted(people, row, items=[behind])
    at = receipt.submitted_at
    assert set(Answer.objects.values_list("frozen_at", flat=True)) == {at}
    assert MeasureAnswer.objects.get().frozen_at == at
    assert dict(EvidenceItem.objects.values_list("title", "frozen_at")) == {
        "Annual report": at,
        spare.title: None,
    }


@pytest.mark.django_db
def test_submitted_self_assessment_is_not_submitted_again(people, actor_of):
    row = a_self_assessment(people)
    submitted(people, row)
    with pytest.raises(WrongState, match="is submitted, so you cannot submit it"):
        actions.submit_self_assessment(actor=actor_of("sam"), self_assessment=row)
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_returned_self_assessment_goes_on_as_the_next_version(people, actor_of):
    sam, row = actor_of("sam"), a_self_assessment(people, asks_deadweight=True)
    item = a_link(sam)
    first = submitted(people, row, items=[item])
    following = actions.return_self_assessment(
        actor=actor_of("priya"), self_assessment=row, reason="Last year's, please.", due_on=DUE
    )
    row.refresh_from_db()
    assert (row.state, row.return_reason, row.returned_by) == (
        "returned",
        "Last year's, please.",
        actor_of("priya").user,
    )
    assert (following.version_number, following.previous, following.due_on) == (2, row, DUE)
    assert (following.asks_deadweight, following.level) == (True, "core")
    assert list(following.editions.all()) == [a_framework()]
    copied = following.answers.order_by("criterion__code")
    assert [(a.criterion.code, a.narrative, a.version, a.frozen_at) for a in copied] == [
        ("A1", "Our board looks at it.", 1, None),
        ("A2", "Our board looks at it.", 1, None),
    ]
    assert [list(a.evidence.all()) for a in copied] == [[item], [item]]
    assert following.measure_answers.get().committed_quantity == Decimal("120.50")
    assert list(following.measure_answers.get().evidence.all()) == [item]

    answer(sam, following, "A1", version=1, narrative="Last year's figures.")
    figures(sam, following, version=1, delivered_quantity=Decimal(60))
    second = actions.submit_self_assessment(actor=sam, self_assessment=following)
    assert row.answers.get(criterion__code="A1").narrative == "Our board looks at it."
    assert "Last year's figures." in second.content
    assert Submission.objects.get(self_assessment=row).content == first.content
    assert first.sha256 != second.sha256


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "evan", "anna", "sam", "oscar"])
def test_only_who_asked_returns_it(people, actor_of, name):
    row = a_self_assessment(people)
    submitted(people, row)
    with pytest.raises(Refused, match="body that asked"):
        actions.return_self_assessment(
            actor=actor_of(name), self_assessment=row, reason="x", due_on=DUE
        )


@pytest.mark.django_db
def test_draft_is_not_returned_and_a_return_needs_a_reason(people, actor_of):
    row = a_self_assessment(people)
    given = {"actor": actor_of("priya"), "self_assessment": row, "due_on": DUE}
    with pytest.raises(WrongState, match="is being written, so you cannot return it"):
        actions.return_self_assessment(reason="x", **given)
    submitted(people, row)
    with pytest.raises(WrongState, match="Give the reason"):
        actions.return_self_assessment(reason=" \n", **given)


@pytest.mark.django_db
def test_draft_that_nobody_waits_for_is_closed_and_keeps_its_answers(people, actor_of):
    row = a_self_assessment(people)
    answer(actor_of("sam"), row)
    for name in ("mei", "sam", "oscar"):
        with pytest.raises(Refused, match="Only the body that asked"):
            actions.close_self_assessment(actor=actor_of(name), self_assessment=row)
    actions.close_self_assessment(actor=actor_of("anna"), self_assessment=row)
    assert SelfAssessment.objects.get(pk=row.pk).state == "closed"
    assert AuditEvent.objects.filter(verb="self_assessment.closed").count() == 1
    assert row.answers.get().narrative == "Our board looks at it."
    with pytest.raises(WrongState, match="closed before it was submitted, so you cannot submit"):
        actions.submit_self_assessment(actor=actor_of("sam"), self_assessment=row)
    with pytest.raises(WrongState, match="Its answers cannot change"):
        answer(actor_of("sam"), row, version=1)


@pytest.mark.django_db
def test_submitted_self_assessment_is_not_closed(people, actor_of):
    row = a_self_assessment(people)
    submitted(people, row)
    with pytest.raises(WrongState, match="is submitted, so you cannot close it"):
        actions.close_self_assessment(actor=actor_of("priya"), self_assessment=row)
