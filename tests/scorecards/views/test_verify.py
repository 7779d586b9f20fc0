"""Checking a report: four answers and nothing else."""

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import jobs
from scorecards import actions
from scorecards.models import Report, ReportDocument, Scorecard, SigningKey
from tests.conftest import make_signing_key
from tests.scorecards.samples import a_scorecard, being_rated, signed_off

VERIFY = reverse("scorecards:verify")
WORDS = {
    "current": "Genuine and current.",
    "superseded": "Genuine but superseded.",
    "draft": "Genuine but a draft.",
    "unknown": "Unknown.",
}


def made(report: Report) -> ReportDocument:
    jobs.run(report.job_id)
    return ReportDocument.objects.get(report=report)


def content_of(document: ReportDocument) -> bytes:
    with document.file.open() as held:
        return held.read()


def verdict(client, **given) -> str:
    """The one of the four answers that the page gives."""
    content = given.pop("content", None)
    if content is not None:
        given["file"] = SimpleUploadedFile("x.pdf", content)
    response = client.post(VERIFY, given)
    text = response.content.decode()
    (found,) = [name for name, words in WORDS.items() if words in text]
    assert response.context["verdict"]["word"] == found
    for secret in ("Home care", "Aldergate", "Doncaster", "Reasonable", "SC-", "CT-"):
        assert secret not in text
    return found


@pytest.fixture
def current(people):
    make_signing_key()
    signed_off(people)
    return made(Report.objects.get())


@pytest.mark.django_db
def test_file_is_genuine_and_current_until_it_is_superseded(current, people, client):
    pdf = content_of(current)
    assert verdict(client, content=pdf) == "current"
    second = signed_off(people, a_scorecard(people, contract=current.report.scorecard.contract))
    assert Scorecard.objects.get(pk=current.report.scorecard_id).stage == "superseded"
    assert verdict(client, content=pdf) == "superseded"
    assert verdict(client, content=content_of(made(second.reports.get()))) == "current"


@pytest.mark.django_db
def test_draft_is_genuine_but_a_draft(people, actor_of, client):
    make_signing_key()
    report = actions.request_report(actor=actor_of("priya"), scorecard=being_rated(people))
    assert verdict(client, content=content_of(made(report))) == "draft"


@pytest.mark.django_db
def test_changed_or_foreign_file_is_unknown(current, client):
    pdf = content_of(current)
    for content in (pdf + b"\n", pdf[:-1], pdf.replace(b"%PDF-1.7", b"%PDF-1.6"), b"%PDF-other"):
        assert verdict(client, content=content) == "unknown"


@pytest.mark.django_db
def test_reference_and_hash_are_checked_together(current, client):
    reference, sha256 = current.report.reference, current.sha256
    assert verdict(client, reference=f" {reference.lower()} ", sha256=sha256.upper()) == "current"
    assert verdict(client, reference="RP-2222222", sha256=sha256) == "unknown"
    assert verdict(client, reference=reference, sha256="0" * 64) == "unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reference": ""}, "Choose a PDF, or enter its reference and hash"),
        ({"sha256": "0" * 64}, "Enter the reference that stands on the report"),
        ({"reference": "RP-2222222", "sha256": "abc"}, "Enter the hash: 64 letters a to f"),
        ({"reference": "RP-2222222", "sha256": "g" * 64}, "Enter the hash: 64 letters a to f"),
    ],
)
def test_what_cannot_be_checked_is_said(client, given, message):
    response = client.post(VERIFY, given)
    assert message in response.content.decode()
    assert response.context["verdict"] is None


@pytest.mark.django_db
def test_stored_file_that_was_tampered_with_is_unknown(current, client):
    pdf = content_of(current)
    with open(current.file.path, "ab") as held:
        held.write(b"tampered")
    assert verdict(client, content=pdf) == "unknown"
    with open(current.file.path, "wb") as held:
        held.write(pdf)


@pytest.mark.django_db
def test_certificates_are_public(current, client):
    key = SigningKey.objects.get()
    assert key.key_id in client.get(VERIFY).content.decode()
    response = client.get(reverse("scorecards:certificate", args=[key.key_id]))
    assert response.content.decode() == key.certificate_pem
    assert response["Content-Type"] == "application/x-pem-file"
    assert "PRIVATE KEY" not in response.content.decode()
    assert client.get(reverse("scorecards:certificate", args=["0" * 16])).status_code == 404
