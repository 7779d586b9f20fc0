"""Reports: where they stand, the page, the PDF, the signature."""

import hashlib

import pytest

from django.urls import reverse

from accounts import jobs
from accounts.models import AuditEvent, Job
from scorecards import actions
from scorecards.models import Report
from tests.conftest import make_signing_key
from tests.scorecards.samples import being_rated, sent, signed_off
from tests.scorecards.views.test_lists import engage


@pytest.fixture(autouse=True)
def signing_key():
    make_signing_key()


def address(report, page="detail"):
    return reverse(f"scorecards:report-{page}", args=[report.reference])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_draft_is_asked_for_and_its_page_shows_where_it_stands(people, browse, settings, tmp_path):
    row, client = being_rated(people), browse("evan")
    ask = reverse("scorecards:report-request", args=[row.reference])
    assert client.get(ask).status_code == 405
    response = client.post(ask)
    report = Report.objects.get()
    assert response["Location"] == address(report)
    assert "Queued" in text_of(client.get(address(report)))
    Job.objects.update(
        state="running", percent=30, message="Laying out the pages", attempts=1,
        started_at=report.requested_at, lease_until=report.requested_at,
    )  # fmt: skip
    assert "Running, 30%: Laying out the pages" in text_of(client.get(address(report)))
    assert client.get(address(report, "state")).json() == {
        "state": "running",
        "label": "Running",
        "percent": 30,
        "message": "Laying out the pages",
    }
    for page in ("pdf", "signature"):
        assert client.get(address(report, page)).status_code == 404
    good, settings.SIGNING_KEY_FILE = settings.SIGNING_KEY_FILE, tmp_path / "none.pem"
    jobs.run(report.job_id)
    text = text_of(client.get(address(report)))
    assert "The report could not be made." in text
    assert "The signing key cannot be read: No such file or directory" in text
    settings.SIGNING_KEY_FILE = good
    assert client.post(address(report, "retry")).status_code == 302
    assert client.post(address(report, "retry")).status_code == 409
    jobs.run(report.job_id)
    assert "Download the PDF" in text_of(client.get(address(report)))


@pytest.mark.django_db
def test_final_report_is_downloaded_and_read_by_the_provider_and_the_auditor(
    people, browse, actor_of
):
    engage(people, actor_of)
    signed_off(people)
    report = Report.objects.get()
    jobs.run(report.job_id)
    for name in ("priya", "sam", "oscar"):
        client = browse(name)
        response = client.get(address(report, "pdf"))
        pdf = b"".join(response.streaming_content)
        assert hashlib.sha256(pdf).hexdigest() == report.document.sha256
        expected = f'attachment; filename="{report.reference}.pdf"'
        assert response["Content-Disposition"] == expected
        text = text_of(client.get(address(report, "page")))
        for words in ("Home care", "Reasonable assurance", "Who did what, and when",
                      "The rule is there and one record of its use was seen.",
                      "not an internal audit opinion"):  # fmt: skip
            assert words.lower() in text.lower(), words
        signature = client.get(address(report, "signature"))
        assert signature.content == bytes(report.document.signature)
        assert report.document.sha256 in text_of(client.get(address(report)))
    assert [
        event.facts["what"]
        for event in AuditEvent.objects.filter(verb="scorecard.opened").order_by("pk")
    ] == ["report PDF", "report page", "report"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["hana", "mei", "tom", "oscar"])
def test_report_of_a_case_that_is_closed_to_the_viewer_is_not_there(people, browse, name):
    signed_off(people)
    report = Report.objects.get()
    jobs.run(report.job_id)
    for page in ("detail", "state", "page", "pdf", "signature"):
        assert browse(name).get(address(report, page)).status_code == 404


@pytest.mark.django_db
def test_draft_is_never_the_providers_also_after_sign_off(people, browse, actor_of):
    row = sent(people)
    report = actions.request_report(actor=actor_of("priya"), scorecard=row)
    jobs.run(report.job_id)
    actions.sign_off(actor=actor_of("anna"), scorecard=row)
    for page in ("detail", "state", "page", "pdf", "signature"):
        assert browse("sam").get(address(report, page)).status_code == 404
        assert browse("priya").get(address(report, page)).status_code == 200
    text = text_of(browse("priya").get(address(report, "page")))
    assert "This is a draft. It has not been signed off" in text
