"""Writing to the evidence library."""

import hashlib
import resource
import signal
from datetime import date

import pytest

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent, Job
from providers import actions
from providers.evidence_files import MalwareFound, UnusableFile
from providers.models import EvidenceItem
from tests.providers.samples import (
    FINDS_EICAR,
    a_file,
    a_link,
    a_pdf,
    a_picture,
    a_scanner,
    a_self_assessment,
    handled,
    submitted,
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files of tests that run beside this one are none of its business."""
    settings.MEDIA_ROOT = tmp_path / "media"


def kept_files() -> set[str]:
    if not default_storage.exists("evidence"):
        return set()
    return {
        f"{folder}/{name}"
        for folder in default_storage.listdir("evidence")[0]
        for name in default_storage.listdir(f"evidence/{folder}")[1]
    }


@pytest.mark.django_db
def test_file_is_kept_under_a_random_name_with_its_hash(actor_of):
    content = a_pdf()
    item = a_file(
        actor_of("cara"),
        content,
        covers_from=date(2026, 4, 1),
        covers_to=date(2026, 9, 30),
        valid_until=date(2028, 3, 31),
    )
    item.refresh_from_db()
    assert (item.media_type, item.size_bytes, item.sha256) == (
        "application/pdf",
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert "code" not in item.file.name
    assert item.file.open().read() == content
    assert (item.covers_from, item.covers_to) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (item.organisation, item.uploaded_by) == (
        actor_of("cara").organisation,
        actor_of("cara").user,
    )
    handling = item.handling
    assert handling.get_scan_state_display() == "Not scanned for malware"
    assert (handling.pages, handling.drawing, handling.page_list) == (2, 0, [])
    assert AuditEvent.objects.get(verb="evidence.added").facts["sha256"] == item.sha256


@pytest.mark.django_db
def test_link_is_kept_with_the_hash_of_its_address(actor_of):
    item = a_link(actor_of("sam"))
    expected = hashlib.sha256(b"https://www.example.org/report").hexdigest()
    assert (item.kind, item.sha256, item.file.name) == ("link", expected, "")


@pytest.mark.django_db
def test_unusable_file_is_not_kept(actor_of):
    with pytest.raises(UnusableFile):
        a_file(actor_of("sam"), b"<html>")
    assert not EvidenceItem.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("code.pdf", a_pdf(), "code.pdf"),
        ("code.exe", a_pdf(), "code.pdf"),
        ("photo.final.png", a_picture("JPEG"), "photo.final.jpg"),
        ("figures", b"a,b\n1,2\n", "figures.csv"),
        (f"{'n' * 300}.pdf", a_pdf(), f"{'n' * 190}.pdf"),
    ],
)
def test_file_is_named_by_its_content(actor_of, name, content, shown):
    assert a_file(actor_of("sam"), content, file_name=name).file_name == shown


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "jobs"), [(a_pdf(), 1), (a_picture(), 1), (b"a,b\n1,2\n", 0)])
def test_worker_is_asked_for_what_is_shown_as_pictures(actor_of, content, jobs):
    item = a_file(actor_of("sam"), content)
    found = Job.objects.filter(kind="providers.handle_file", subject_reference=item.reference)
    assert found.count() == jobs


@pytest.mark.django_db
def test_malware_is_not_kept(actor_of, settings, tmp_path):
    settings.SCANNER_COMMAND = a_scanner(tmp_path, FINDS_EICAR)
    eicar = b"name,text\nx,X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    with pytest.raises(MalwareFound, match="contains malware and was not kept"):
        a_file(actor_of("sam"), eicar)
    assert not EvidenceItem.objects.exists()


@pytest.mark.django_db
def test_scanned_file_says_so(actor_of, settings):
    settings.SCANNER_COMMAND = "true"
    handling = a_file(actor_of("sam")).handling
    assert handling.get_scan_state_display() == "Scanned: nothing found"
    assert handling.scanned_at is not None


@pytest.mark.django_db
def test_file_waits_for_a_scanner_that_is_away(actor_of, settings, tmp_path):
    settings.SCANNER_COMMAND = a_scanner(tmp_path, "exit 2")
    item = a_file(actor_of("sam"), b"a,b\n1,2\n")
    assert (item.handling.scan_state, item.handling.scanned_at) == ("waiting", None)
    assert AuditEvent.objects.get(verb="evidence.added").facts["scan"] == "waiting"
    assert Job.objects.filter(subject_reference=item.reference).count() == 1


@pytest.mark.django_db
def test_library_holds_so_many_bytes_and_no_more(actor_of, settings):
    content = b"a,b\n" * 256
    settings.EVIDENCE_QUOTA_BYTES = 2500
    for _ in range(2):
        a_file(actor_of("sam"), content)
    before = kept_files()
    with pytest.raises(UnusableFile) as refused:
        a_file(actor_of("cara"), content)
    assert str(refused.value) == (
        "Your library has no room for this file. It holds 2 files and 2.0\xa0KB, and can hold "
        "5,000 files and 2.4\xa0KB. Use a file that is there already, choose a smaller one, or ask "
        "the operator of this service for more room"
    )
    assert kept_files() == before
    a_file(actor_of("hana"), content)
    a_file(actor_of("cara"), content[: 2500 - 2048])


@pytest.mark.django_db
def test_library_holds_so_many_files_and_links_are_none(actor_of, settings):
    settings.EVIDENCE_QUOTA_FILES = 1
    a_link(actor_of("sam"))
    a_file(actor_of("sam"), b"a,b\n")
    with pytest.raises(UnusableFile, match="It holds 1 file and 4"):
        a_file(actor_of("sam"), b"a,b\n")
    assert EvidenceItem.objects.filter(kind="file").count() == 1


@pytest.mark.django_db
def test_pictures_count_among_what_is_kept(actor_of, settings):
    item = handled(a_file(actor_of("sam")))
    settings.EVIDENCE_QUOTA_BYTES = item.size_bytes + item.handling.pictures_bytes + 3
    with pytest.raises(UnusableFile, match="no room"):
        a_file(actor_of("sam"), b"a,b\n")
    a_file(actor_of("sam"), b"a,b")


@pytest.mark.django_db
def test_disk_that_is_full_is_said_and_leaves_nothing(actor_of):
    before = kept_files()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sam, content = actor_of("sam"), b"a,b\n" * 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(UnusableFile, match="no room for it at present"):
            a_file(sam, content)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert kept_files() == before
    assert not EvidenceItem.objects.exists()


@pytest.mark.django_db
def test_file_goes_with_the_row_that_could_not_be_written(actor_of):
    a_file(actor_of("sam"))
    before = kept_files()
    with pytest.raises(DatabaseError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE providers_evidenceitem RENAME TO elsewhere")
        a_file(actor_of("sam"))
    assert kept_files() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["evan", "anna", "adam", "oscar", "olive"])
def test_only_those_who_answer_keep_evidence(actor_of, name):
    for add in (a_link, a_file):
        with pytest.raises(Refused, match="answer for the organisation"):
            add(actor_of(name))


@pytest.mark.django_db
def test_title_and_dates_can_be_put_right(actor_of):
    item = a_link(actor_of("sam"))
    changed = actions.change_evidence(
        actor=actor_of("cara"),
        item=item,
        title="Annual report 2026",
        covers_from=None,
        covers_to=None,
        valid_until=date(2027, 1, 1),
    )
    assert (changed.title, changed.valid_until) == ("Annual report 2026", date(2027, 1, 1))
    assert changed.received_at == item.received_at
    assert AuditEvent.objects.get(verb="evidence.changed").facts == {}


@pytest.mark.django_db
def test_evidence_under_a_submitted_answer_does_not_change(people, actor_of):
    sam = actor_of("sam")
    item = a_link(sam)
    submitted(people, a_self_assessment(people), items=[item])
    changes = {"title": "x", "covers_from": None, "covers_to": None, "valid_until": None}
    with pytest.raises(WrongState, match="A submitted answer rests on this evidence"):
        actions.change_evidence(actor=sam, item=item, **changes)
    with pytest.raises(Refused):
        actions.change_evidence(actor=actor_of("hana"), item=item, **changes)
