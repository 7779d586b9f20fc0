"""What the worker does with a file: pictures, then a scan, once."""

import subprocess
import sys

import pytest

from django.core.files.storage import default_storage

from accounts.models import AuditEvent, Job
from providers import tasks
from providers.models import FileHandling
from tests.accounts.file_reader.asking import take_over
from tests.providers.samples import (
    FINDS_EICAR,
    a_coloured_pdf,
    a_file,
    a_page_of,
    a_picture,
    a_scanner,
    a_self_assessment,
    colour_in,
    colour_of,
    handled,
    submitted,
)


def picture(item, page: int) -> bytes:
    with default_storage.open(item.handling.path_of(page)) as held:
        return held.read()


@pytest.mark.django_db
def test_every_page_is_drawn_and_kept_and_the_job_is_done(actor_of):
    item = handled(a_file(actor_of("sam"), a_coloured_pdf(3)))
    assert [colour_in(picture(item, page)) for page in (1, 2, 3)] == [
        colour_of(page) for page in (1, 2, 3)
    ]
    sizes = sum(len(picture(item, page)) for page in (1, 2, 3))
    assert item.handling.pictures_bytes == sizes
    assert (Job.objects.get().state, Job.objects.get().percent) == ("done", 100)


@pytest.mark.django_db
def test_work_that_was_done_is_left_alone(actor_of):
    item = handled(a_file(actor_of("sam"), a_picture("JPEG")))
    before, heard = picture(item, 1), []
    tasks.handle_file(Job.objects.get(), lambda percent, message: heard.append(percent))
    assert (picture(item, 1), heard) == (before, [])
    assert AuditEvent.objects.filter(verb="evidence.drawn").count() == 1


@pytest.mark.django_db
def test_page_that_is_not_drawn_has_its_reason(actor_of):
    item = handled(a_file(actor_of("sam"), a_page_of(700, 1_000_000)))
    (page,) = item.handling.page_list
    assert "700 by 1,000,000 points" in page.reason
    assert (item.handling.path_of(1), item.handling.pictures_bytes) == (None, 0)
    assert Job.objects.get().state == "done"


@pytest.mark.django_db
def test_reader_that_is_killed_at_every_page_fails_no_job(actor_of, monkeypatch):
    item = a_file(actor_of("sam"), a_coloured_pdf(3))
    take_over(monkeypatch, "os.abort()")
    item = handled(item)
    assert {page.reason for page in item.handling.page_list} == {"our reader could not draw it"}
    assert Job.objects.get().state == "done"


@pytest.mark.django_db
def test_reader_that_is_not_to_be_had_is_asked_again(actor_of, monkeypatch):
    item = a_file(actor_of("sam"), a_coloured_pdf(1))
    with monkeypatch.context() as patched:
        take_over(patched, "say(stopped='unconfined')")
        assert handled(item).handling.drawing == 0
    assert Job.objects.get().state == "queued"
    assert handled(item).handling.drawing == 1


@pytest.mark.django_db
def test_file_that_was_kept_before_pages_were_counted_is_drawn(actor_of):
    item = a_file(actor_of("sam"), a_coloured_pdf(2))
    FileHandling.objects.update(pages=0)
    assert [page.reason for page in handled(item).handling.page_list] == ["", ""]


@pytest.mark.django_db
def test_earlier_file_that_would_be_refused_today_says_so(actor_of):
    item = a_file(actor_of("sam"))
    FileHandling.objects.update(pages=0)
    with default_storage.open(item.file.name, "wb") as held:
        held.write(b"%PDF-1.7 nothing of one")
    (page,) = handled(item).handling.page_list
    assert page.reason == "The selected PDF is damaged and cannot be opened"


@pytest.mark.django_db
def test_library_without_room_gets_no_more_pictures(actor_of, settings):
    item = a_file(actor_of("sam"))
    settings.EVIDENCE_QUOTA_BYTES = item.size_bytes + 10
    assert [page.reason != "" for page in handled(item).handling.page_list] == [True, True]


@pytest.mark.django_db
def test_file_that_waited_is_scanned_when_the_scanner_is_back(actor_of, people, settings, tmp_path):
    settings.SCANNER_COMMAND = a_scanner(tmp_path, "exit 2")
    item = a_file(actor_of("sam"))
    submitted(people, a_self_assessment(people), items=[item])
    assert handled(item).handling.scan_state == "waiting"
    job = Job.objects.get(subject_reference=item.reference)
    assert (job.state, handled(item).handling.drawing) == ("queued", 1)
    settings.SCANNER_COMMAND = a_scanner(tmp_path, FINDS_EICAR)
    assert handled(item).handling.is_clean
    assert AuditEvent.objects.get(verb="evidence.scanned").facts["scan"] == "clean"


@pytest.mark.django_db
def test_malware_that_is_found_later_is_marked_also_when_the_item_is_frozen(
    actor_of, people, settings, tmp_path
):
    eicar = b"name,text\nx,EICAR-STANDARD-ANTIVIRUS-TEST-FILE\n"
    settings.SCANNER_COMMAND = a_scanner(tmp_path, "exit 2")
    item = a_file(actor_of("sam"), eicar)
    submitted(people, a_self_assessment(people), items=[item])
    settings.SCANNER_COMMAND = a_scanner(tmp_path, FINDS_EICAR)
    item = handled(item)
    assert (item.frozen_at is not None, item.handling.is_infected) == (True, True)
    assert AuditEvent.objects.get(verb="evidence.scanned").facts["scan"] == "infected"


@pytest.mark.django_db
def test_schedule_looks_after_files(actor_of):
    a_file(actor_of("sam"))
    Job.objects.all().delete()
    assert [tasks.look_after_files(), tasks.look_after_files()] == [1, 0]


def test_web_process_loads_no_parser_of_files():
    """What is not there cannot be attacked there."""
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.test_settings'\n"
        "import django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import providers.views.evidence, principles.views.value_sets\n"
        "print([name for name in ('pypdfium2', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
