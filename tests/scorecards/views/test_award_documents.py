"""Documents of an exercise in the browser: asked for, made, read, downloaded, checked."""

import hashlib

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import jobs
from accounts.enums import JobState
from accounts.models import AuditEvent, Job
from commissioning import actions as commissioning
from commissioning.models import ConflictsAssessment
from scorecards import actions
from scorecards.enums import AwardDocumentKind
from scorecards.models import AwardDocument
from tests.scorecards.awarding import calculated, to_released
from tests.signing_in import begin_session

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, calculated):
    """``ask("priya", "document-detail", reference)``: the answer to a person who asks."""

    def go(who, name, *arguments, status=200, data=None):
        begin_session(client, calculated.people.users[who])
        url = reverse(f"scorecards:{name}", args=arguments)
        response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code == status
        return response

    return go


@pytest.fixture
def schedule(calculated) -> AwardDocument:
    return actions.request_ethics_schedule(
        actor=calculated.actor("priya"), exercise=calculated.exercise
    )


def made(document: AwardDocument) -> AwardDocument:
    """The document after the worker came by."""
    jobs.run(document.job_id)
    return AwardDocument.objects.get(pk=document.pk)


def read(response) -> bytes:
    return b"".join(response.streaming_content)


def test_lead_asks_for_the_schedule_and_is_led_to_it(calculated, ask):
    reference = calculated.exercise.reference
    assert "Make the ethics schedule" in ask("priya", "document-list", reference).content.decode()
    response = ask("priya", "schedule-request", reference, data={}, status=302)
    row = AwardDocument.objects.get(kind=AwardDocumentKind.ETHICS_SCHEDULE)
    assert response["Location"] == reverse("scorecards:document-detail", args=[row.reference])
    assert row.reference in ask("evan", "document-list", reference).content.decode()


def test_conflicts_assessment_is_made_into_a_document(calculated, ask):
    reference = calculated.exercise.reference
    held = ConflictsAssessment.objects.filter(exercise=calculated.exercise).first()
    ask("anna", "conflicts-request", reference, held.number, data={}, status=302)
    row = AwardDocument.objects.get(kind=AwardDocumentKind.CONFLICTS_ASSESSMENT)
    assert row.reference in ask("priya", "document-list", reference).content.decode()
    listed = ask("evan", "document-list", reference).content.decode()
    assert (row.reference in listed, "Make a document of number" in listed) == (False, False)
    ask("anna", "conflicts-request", reference, 0, data={}, status=404)


def test_chair_asks_for_the_evaluation_report(calculated, ask):
    where = (calculated.exercise.reference, 1)
    ask("carl", "evaluation-report-request", *where, data={}, status=302)
    row = AwardDocument.objects.get(kind=AwardDocumentKind.EVALUATION_REPORT)
    assert row.reference in ask("anna", "award-detail", *where).content.decode()
    ask("evan", "evaluation-report-request", *where, data={}, status=403)


def test_page_says_where_the_job_stands_until_the_pdf_is_there(schedule, ask):
    text = ask("priya", "document-detail", schedule.reference).content.decode()
    assert "The PDF is made in the background." in text
    assert ask("priya", "document-state", schedule.reference).json()["state"] == "queued"
    ask("priya", "document-pdf", schedule.reference, status=404)
    ask("priya", "document-signature", schedule.reference, status=404)
    row = made(schedule)
    text = ask("priya", "document-detail", row.reference).content.decode()
    assert ("Download the PDF" in text, row.stored.sha256 in text) == (True, True)
    assert ask("priya", "document-state", row.reference).json()["state"] == "done"


def test_downloaded_pdf_is_the_one_that_was_signed(schedule, ask):
    row = made(schedule)
    response = ask("priya", "document-pdf", row.reference)
    pdf = read(response)
    assert response["Content-Disposition"] == f'attachment; filename="{row.reference}.pdf"'
    assert (pdf[:5], hashlib.sha256(pdf).hexdigest()) == (b"%PDF-", row.stored.sha256)
    signature = ask("priya", "document-signature", row.reference)
    assert signature.content == bytes(row.stored.signature)


def test_anybody_may_check_that_a_document_is_genuine(schedule, client):
    row = made(schedule)
    with row.stored.file.open() as held:
        pdf = held.read()
    url = reverse("scorecards:verify")
    genuine = client.post(url, {"file": SimpleUploadedFile("x.pdf", pdf)}).content.decode()
    changed = client.post(url, {"file": SimpleUploadedFile("x.pdf", pdf + b" ")}).content.decode()
    assert "Genuine. This file was made and signed here." in genuine
    assert ("Genuine" in changed.split("<main")[1], "Unknown." in changed) == (False, True)
    assert row.exercise.reference not in genuine


def test_page_and_editable_copy_say_what_the_document_says(calculated, schedule, ask):
    text = ask("priya", "document-page", schedule.reference).content.decode()
    assert "ethic" in text.lower()
    response = ask("priya", "document-docx", schedule.reference)
    assert (response.content[:2], response["Content-Disposition"]) == (
        b"PK",
        f'attachment; filename="{schedule.reference}.docx"',
    )


def test_bidder_reads_its_own_letter_only(calculated, ask):
    to_released(calculated)
    letters = {
        row.bid_lot.provider.organisation_id: row
        for row in AwardDocument.objects.filter(bid_lot__isnull=False)
    }
    own = letters[calculated.people.organisations["charity"].pk]
    firms = letters[calculated.people.organisations["firm"].pk]
    listed = ask("hana", "letter-list").content.decode()
    assert (listed.count(own.reference), firms.reference in listed) == (1, False)
    assert "Letters" in ask("hana", "document-detail", own.reference).content.decode()
    ask("hana", "document-page", own.reference)
    ask("hana", "document-docx", own.reference, status=403)
    for name in ("detail", "state", "page", "pdf", "signature"):
        ask("hana", f"document-{name}", firms.reference, status=404)


def test_auditor_leaves_a_trace_of_what_was_opened(calculated, schedule, ask):
    commissioning.give_engagement(
        actor=calculated.actor("adam"),
        assurance_body=calculated.people.organisations["auditors"],
        scope="everything",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    ask("oscar", "document-page", schedule.reference)
    event = AuditEvent.objects.get(verb="awarddocument.opened")
    assert (event.subject_reference, event.case_reference, event.actor) == (
        schedule.reference,
        calculated.exercise.reference,
        calculated.people.users["oscar"],
    )


def test_failed_document_says_so_and_is_tried_again(schedule, ask):
    Job.objects.filter(pk=schedule.job_id).update(
        state=JobState.FAILED, error="The disk was full.", finished_at=schedule.requested_at
    )
    text = ask("priya", "document-detail", schedule.reference).content.decode()
    assert ("The disk was full." in text, "Try again" in text) == (True, True)
    ask("priya", "document-retry", schedule.reference, data={}, status=302)
    assert Job.objects.get(pk=schedule.job_id).state == JobState.QUEUED
    ask("priya", "document-retry", schedule.reference, data={}, status=409)
