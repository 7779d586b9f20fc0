"""The evidence library and its gates."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor
from accounts.models import AuditEvent
from commissioning import actions as exercise
from providers.actions import settle_scan
from providers.enums import ScanState
from providers.models import Answer, EvidenceItem
from tests.commissioning.samples import a_contract, a_request
from tests.providers.samples import (
    a_file,
    a_framework,
    a_link,
    a_page_of,
    a_pdf,
    a_picture,
    a_scanner,
    a_self_assessment,
    answer,
    handled,
    submitted,
)


def address(page: str, *args) -> str:
    return reverse(f"providers:evidence-{page}", args=args)


def upload(client, content, name="x.pdf", query=""):
    data = {"title": "Code of conduct", "file": SimpleUploadedFile(name, content)}
    return client.post(address("new-file") + query, data)


@pytest.fixture
def case(people, actor_of):
    """A submitted answer of the firm that rests on a PDF, a picture and a link."""
    sam = actor_of("sam")
    request = a_request(people, a_contract(people), editions=[a_framework()])
    picture = a_file(sam, a_picture("JPEG"), title="Photo", file_name="photo.jpg")
    items = [handled(a_file(sam)), handled(picture), a_link(sam)]
    submitted(people, request.self_assessment, items=items)
    return request, items


@pytest.mark.django_db
def test_file_is_added_and_shown_with_its_hash(browse):
    client = browse("cara")
    response = upload(client, a_pdf(), "code.exe")
    item = EvidenceItem.objects.get()
    assert response["Location"] == address("detail", item.reference)
    text = client.get(response["Location"]).content.decode()
    for words in (item.sha256, "Not scanned for malware", "code.pdf", "are being prepared"):
        assert words in text
    assert '<img class="page-picture"' not in text
    assert client.get(address("page", item.reference, 1)).status_code == 404
    handled(item)
    text = client.get(response["Location"]).content.decode()
    assert ("Page 2" in text, "are being prepared" in text) == (True, False)
    assert client.get(address("page", item.reference, 1)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "must be a PDF, DOCX, XLSX, CSV, PNG or JPEG"),
        (b"a" * (25 * 1024 * 1024 + 1), "must be smaller than 25 MB"),
    ],
)
def test_refused_file_is_said_why_and_not_kept(browse, content, message):
    response = upload(browse("cara"), content)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not EvidenceItem.objects.exists()


@pytest.mark.django_db
def test_scanners_refusal_is_said(browse, settings, tmp_path):
    settings.SCANNER_COMMAND = a_scanner(tmp_path, "exit 1")
    text = upload(browse("cara"), a_pdf()).content.decode()
    assert "The selected file contains malware and was not kept" in text
    assert not EvidenceItem.objects.exists()


@pytest.mark.django_db
def test_full_library_is_said_at_the_field_and_on_its_page(browse, settings):
    settings.EVIDENCE_QUOTA_FILES = 1
    client = browse("cara")
    upload(client, a_pdf())
    assert "Your library has no room for this file" in upload(client, a_pdf()).content.decode()
    assert EvidenceItem.objects.count() == 1
    assert "Your library holds 1 file and" in client.get(address("list")).content.decode()


def opened_by(client, item) -> list[int]:
    pages = (address("detail", item.reference), address("file", item.reference))
    return [client.get(page).status_code for page in (*pages, address("page", item.reference, 1))]


@pytest.mark.django_db
def test_file_that_waits_for_its_scan_is_withheld_from_others(browse, case, settings, tmp_path):
    """Kept before there was a scanner, or while it was away."""
    item = case[1][0]
    settings.SCANNER_COMMAND = a_scanner(tmp_path, "exit 2")
    assert opened_by(browse("cara"), item) == [200, 200, 200]
    assert opened_by(browse("priya"), item) == [200, 409, 409]
    page = browse("priya").get(address("detail", item.reference)).content.decode()
    assert "has not been scanned for malware yet" in page
    assert ("Download the file" in page, "page-picture" in page) == (False, False)
    refusal = browse("priya").get(address("file", item.reference)).content.decode()
    assert "has not been scanned for malware yet" in refusal
    settle_scan(actor=Actor.system("x"), handling=item.handling, state=ScanState.CLEAN)
    assert opened_by(browse("priya"), item) == [200, 200, 200]


@pytest.mark.django_db
@pytest.mark.parametrize("has_scanner", [True, False])
def test_file_with_malware_is_withheld_from_everybody(browse, case, settings, has_scanner):
    item = case[1][0]
    settings.SCANNER_COMMAND = "true" if has_scanner else ""
    settle_scan(actor=Actor.system("x"), handling=item.handling, state=ScanState.INFECTED)
    for name in ("cara", "sam", "priya"):
        assert opened_by(browse(name), item) == [200, 409, 409]
        page = browse(name).get(address("detail", item.reference)).content.decode()
        assert "Malware was found in this file, so nobody can open it" in page
        assert ("Add a clean copy" in page) is (name != "priya")


@pytest.mark.django_db
def test_page_that_cannot_be_shown_says_why(browse, actor_of):
    item = handled(a_file(actor_of("sam"), a_page_of(700, 1_000_000)))
    client = browse("cara")
    text = client.get(address("detail", item.reference)).content.decode()
    assert "Page 1 cannot be shown: it measures 700 by 1,000,000 points" in text
    assert client.get(address("page", item.reference, 1)).status_code == 404


@pytest.mark.django_db
def test_picture_that_is_lost_is_not_there(browse, case):
    item = case[1][0]
    item.file.storage.delete(item.handling.path_of(1))
    assert browse("cara").get(address("page", item.reference, 1)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["file", "link"])
def test_item_that_is_added_for_an_answer_stands_behind_it(browse, people, kind):
    row, client = a_self_assessment(people), browse("cara")
    query = f"?for={row.reference}&framework=sample&code=A1"
    if kind == "file":
        response = upload(client, a_pdf(), query=query)
    else:
        data = {"title": "Report", "url": "https://www.example.org/report"}
        response = client.post(address("new-link") + query, data)
    expected = reverse("providers:answer-edit", args=[row.reference, "sample", "A1"])
    assert response["Location"] == expected
    assert list(Answer.objects.get().evidence.all()) == [EvidenceItem.objects.get()]


@pytest.mark.django_db
def test_library_is_searched_by_title(browse, actor_of):
    for title in ("Gift policy", "Annual report"):
        a_link(actor_of("sam"), title=title)
    response = browse("cara").get(address("list"), {"find": "GIFT"})
    assert [item.title for item in response.context["page"]] == ["Gift policy"]
    response = browse("cara").get(address("list"), {"find": "Gift list"})
    assert "No title has “Gift list” in it." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"covers_from": date(2026, 3, 5)}, "from 5 March 2026"),
        ({"covers_to": date(2026, 3, 5)}, "until 5 March 2026"),
        ({}, "not stated"),
    ],
)
def test_period_with_one_end_is_not_said_to_be_unpublished(browse, actor_of, days, words):
    item = a_link(actor_of("sam"), **days)
    text = browse("sam").get(address("detail", item.reference)).content.decode()
    assert (words in text, "not published" in text) == (True, False)


@pytest.mark.django_db
def test_library_asks_as_much_for_three_items_as_for_one(people, actor_of, browse):
    sam, client = actor_of("sam"), browse("cara")
    row = a_self_assessment(people)

    def shown() -> tuple[int, list[str]]:
        client.get(address("list"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address("list"))
        return len(queries), [f"{item.title}: {item.uses}" for item in response.context["page"]]

    answer(sam, row, evidence=[a_link(sam, title="First")])
    assert shown() == (8, ["First: 1"])
    a_link(sam, title="Second")
    a_link(sam, title="Third")
    assert shown() == (8, ["Third: 0", "Second: 0", "First: 1"])


@pytest.mark.django_db
def test_title_is_put_right_until_an_answer_rests_on_it(browse, actor_of, case):
    client, spare = browse("cara"), a_link(actor_of("sam"), title="Spare")
    response = client.post(address("change", spare.reference), {"title": "Better"})
    assert response.status_code == 302
    spare.refresh_from_db()
    assert spare.title == "Better"
    frozen = case[1][0]
    assert client.post(address("change", frozen.reference), {"title": "x"}).status_code == 409
    assert "Change title" not in client.get(address("detail", frozen.reference)).content.decode()
    assert browse("hana").get(address("change", spare.reference)).status_code == 404


@pytest.mark.django_db
def test_download_is_always_an_attachment(browse, case):
    for item in case[1][:2]:
        response = browse("cara").get(address("file", item.reference))
        assert response["Content-Disposition"] == f'attachment; filename="{item.file_name}"'
        assert response["Content-Type"] == "application/octet-stream"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content) == item.file.open().read()


@pytest.mark.django_db
def test_link_is_neither_a_file_nor_a_picture(browse, case):
    link = case[1][2]
    assert browse("cara").get(address("file", link.reference)).status_code == 404
    assert browse("cara").get(address("picture", link.reference)).status_code == 404


@pytest.mark.django_db
def test_pictures_are_drawn_anew(browse, case):
    pdf, photo, _ = case[1]
    client = browse("cara")
    for url, size in (
        (address("picture", photo.reference), (40, 30)),
        (address("page", pdf.reference, 1), (400, 600)),
        (address("page", pdf.reference, 2), (400, 600)),
    ):
        response = client.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert response["X-Content-Type-Options"] == "nosniff"
        with Image.open(io.BytesIO(b"".join(response.streaming_content))) as image:
            assert (image.format, image.size) == ("PNG", size)
    for number in (0, 3):
        assert client.get(address("page", pdf.reference, number)).status_code == 404


def statuses(client, items) -> set[int]:
    pdf = items[0].reference
    pages = (address("detail", pdf), address("file", pdf), address("page", pdf, 1))
    return {client.get(page).status_code for page in pages}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sam", {200}),
        ("priya", {200}),
        ("hana", {404}),
        ("evan", {404}),
        ("anna", {404}),
        ("mei", {404}),
        ("tom", {404}),
        ("oscar", {404}),
        ("adam", {403}),
        ("olive", {403}),
    ],
)
def test_evidence_opens_to_whom_the_gates_let(browse, case, name, expected):
    assert statuses(browse(name), case[1]) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("has_interest", [False, True])
def test_evidence_opens_to_an_evaluator_who_declared_no_interest(
    browse, actor_of, case, has_interest
):
    request, items = case
    exercise.declare_interest(
        actor=actor_of("evan"), contract=request.contract, provider=request.provider,
        has_interest=has_interest, description="My sister works there." if has_interest else "",
    )  # fmt: skip
    assert statuses(browse("evan"), items) == ({404} if has_interest else {200})


@pytest.mark.django_db
def test_evidence_opens_to_an_auditor_under_an_engagement_who_is_recorded(
    browse, actor_of, people, case
):
    today = timezone.localdate()
    exercise.give_engagement(
        actor=actor_of("adam"), assurance_body=people.organisations["auditors"],
        scope="everything", starts_on=today, ends_on=today + timedelta(days=30),
    )  # fmt: skip
    assert statuses(browse("oscar"), case[1]) == {200}
    row = case[0].self_assessment
    page = reverse("providers:self-assessment-detail", args=[row.reference])
    assert browse("oscar").get(page).status_code == 200
    assert sorted(
        (event.subject_reference, event.facts["what"])
        for event in AuditEvent.objects.filter(verb__endswith=".read")
    ) == sorted(
        [(row.reference, "answers")]
        + [(case[1][0].reference, what) for what in ("page", "file", "picture")]
    )
