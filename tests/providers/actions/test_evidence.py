"""Writing to the evidence library."""

import hashlib
from datetime import date

import pytest

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from providers import actions
from providers.evidence_files import MalwareFound, UnusableFile
from providers.models import EvidenceItem
from tests.providers.samples import a_file, a_link, a_pdf, a_self_assessment, submitted


def kept_files() -> set[str]:
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
    assert item.get_scan_state_display() == "Not scanned for malware"
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
def test_malware_is_not_kept(actor_of, settings, tmp_path):
    scanner = tmp_path / "scanner"
    scanner.write_text("#!/bin/sh\nexit 1\n")
    scanner.chmod(0o700)
    settings.SCANNER_COMMAND = str(scanner)
    with pytest.raises(MalwareFound):
        a_file(actor_of("sam"))
    assert not EvidenceItem.objects.exists()


@pytest.mark.django_db
def test_scanned_file_says_so(actor_of, settings):
    settings.SCANNER_COMMAND = "true"
    assert a_file(actor_of("sam")).get_scan_state_display() == "Scanned: nothing found"


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
