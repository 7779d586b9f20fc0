"""What the database itself refuses."""

from datetime import date

import pytest

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from providers.models import (
    Answer,
    AnswerEvidence,
    EvidenceItem,
    FileHandling,
    MeasureAnswer,
    MeasureAnswerEvidence,
    SelfAssessment,
    Submission,
)
from tests.providers.samples import (
    a_file,
    a_framework,
    a_link,
    a_provider,
    a_self_assessment,
    answer,
    submitted,
)


def refused(write):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        write()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "link", "url": ""},
        {"kind": "file", "url": "https://example.org"},
        {"kind": "link", "url": "https://example.org", "file": "evidence/x"},
        {
            "kind": "link",
            "url": "https://example.org",
            "covers_from": date(2026, 2, 1),
            "covers_to": date(2026, 1, 31),
        },
    ],
)
def test_evidence_that_cannot_be_is_refused(people, changes):
    given = {
        "organisation": people.organisations["firm"],
        "title": "x",
        "sha256": "0" * 64,
        "received_at": timezone.now(),
    }
    refused(lambda: EvidenceItem.objects.create(**given | changes))


@pytest.mark.django_db
def test_answer_stands_once_and_claims_nothing_where_not_applicable(people, actor_of):
    row = a_self_assessment(people)
    held = answer(actor_of("sam"), row)
    given = {"self_assessment": row, "updated_at": timezone.now()}
    refused(lambda: Answer.objects.create(criterion=held.criterion, **given))
    other = a_framework().criteria.get(code="A2")
    refused(
        lambda: Answer.objects.create(
            criterion=other, claimed_value=1, not_applicable=True, **given
        )
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"state": "returned"},
        {"state": "returned", "returned_at": timezone.now()},
        {"return_reason": "Without a date."},
        {"version_number": 2},
    ],
)
def test_return_and_version_that_cannot_be_are_refused(people, changes):
    given = {
        "provider": a_provider(people),
        "asked_by": people.organisations["council"],
        "title": "x",
        "level": "core",
        "due_on": date(2027, 1, 1),
        "opened_at": timezone.now(),
    }
    refused(lambda: SelfAssessment.objects.create(**given | changes))


@pytest.mark.django_db
def test_submitted_rows_are_frozen_by_the_database(people, actor_of):
    row, items = a_self_assessment(people), [a_link(actor_of("sam")), a_file(actor_of("sam"))]
    submitted(people, row, items=items)
    for table, changes in (
        (Answer, {"narrative": "Better."}),
        (AnswerEvidence, {"item": items[0]}),
        (MeasureAnswer, {"note": "Better."}),
        (MeasureAnswerEvidence, {"item": items[0]}),
        (EvidenceItem, {"title": "Better."}),
        (Submission, {"sha256": "f" * 64}),
    ):
        assert table.objects.exists()
        refused(lambda t=table, c=changes: t.objects.update(**c))
        refused(lambda t=table: t.objects.all()._raw_delete("default"))


@pytest.mark.django_db
def test_draft_rows_and_unused_evidence_are_not_frozen(people, actor_of):
    sam = actor_of("sam")
    row, item = a_self_assessment(people), a_link(sam)
    held = answer(sam, row, evidence=[item])
    assert EvidenceItem.objects.update(title="Better.") == 1
    assert Answer.objects.update(narrative="Better.") == 1
    assert AnswerEvidence.objects.filter(answer=held).delete()[0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"folder": "x"},
        {"pictures_bytes": 1},
        {"drawing": 1},
        {"scan_state": "clean"},
        {"scan_state": "infected"},
    ],
)
def test_handling_that_cannot_be_is_refused(actor_of, changes):
    a_file(actor_of("sam"))
    refused(lambda: FileHandling.objects.update(**changes))


@pytest.mark.django_db
def test_file_is_handled_after_its_item_is_frozen(people, actor_of):
    submitted(people, a_self_assessment(people), items=[a_file(actor_of("sam"))])
    changes = {"scan_state": "infected", "scanned_at": timezone.now()}
    assert FileHandling.objects.update(**changes) == 1
