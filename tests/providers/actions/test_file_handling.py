"""What becomes of a file after it was kept."""

from datetime import timedelta

import pytest

from django.utils import timezone

from accounts.access import Actor
from accounts.models import AuditEvent, Job
from providers import actions
from providers.enums import ScanState
from tests.providers.samples import a_file, a_scanner, handled

SYSTEM = Actor.system("file worker")
PICTURES = {"pages": 2, "folder": "x", "shown_pages": 2, "unshown": {}, "size_bytes": 9}


@pytest.fixture
def item(actor_of):
    return a_file(actor_of("sam"))


@pytest.mark.django_db
@pytest.mark.parametrize("state", [ScanState.CLEAN, ScanState.INFECTED])
def test_scan_is_settled_once_in_the_trail_of_who_keeps_the_file(item, state):
    actions.settle_scan(actor=SYSTEM, handling=item.handling, state=state)
    actions.settle_scan(actor=SYSTEM, handling=item.handling, state=ScanState.CLEAN)
    item.handling.refresh_from_db()
    assert item.handling.scan_state == state
    event = AuditEvent.objects.get(verb="evidence.scanned")
    assert (event.facts["scan"], event.organisation) == (state, item.organisation)
    assert event.actor_label == "system: file worker"


@pytest.mark.django_db
def test_pictures_are_kept_once_for_a_version_of_drawing(item):
    actions.keep_pictures(actor=SYSTEM, handling=item.handling, **PICTURES)
    actions.keep_pictures(actor=SYSTEM, handling=item.handling, **PICTURES | {"folder": "y"})
    item.handling.refresh_from_db()
    assert (item.handling.folder, item.handling.path_of(2)) == ("x", "x/2.png")
    event = AuditEvent.objects.get(verb="evidence.drawn")
    assert (event.facts["pages"], event.organisation) == (2, item.organisation)


@pytest.mark.django_db
def test_look_asks_for_pictures_that_older_files_lack_and_not_twice(item):
    Job.objects.all().delete()
    assert [actions.look_after_files(actor=SYSTEM) for _ in range(2)] == [1, 0]
    job = Job.objects.get()
    assert (job.subject_reference, job.organisation) == (item.reference, item.organisation)
    Job.objects.update(
        state="failed", finished_at=timezone.now(), requested_at=timezone.now() - timedelta(hours=2)
    )
    assert actions.look_after_files(actor=SYSTEM) == 1


@pytest.mark.django_db
def test_look_asks_for_nothing_that_is_done(item):
    handled(item)
    Job.objects.all().delete()
    assert actions.look_after_files(actor=SYSTEM) == 0


@pytest.mark.django_db
def test_look_asks_for_scans_once_there_is_a_scanner(item, actor_of, settings, tmp_path):
    handled(item)
    figures = a_file(actor_of("hana"), b"a,b\n1,2\n")
    Job.objects.all().delete()
    settings.SCANNER_COMMAND = a_scanner(tmp_path, "exit 0")
    assert actions.look_after_files(actor=SYSTEM) == 2
    for one in (item, figures):
        assert handled(one).handling.is_clean
    Job.objects.all().delete()
    assert actions.look_after_files(actor=SYSTEM) == 0


@pytest.mark.django_db
def test_operators_do_not_read_that_files_were_handled(item, actor_of):
    """Before a deadline, that somebody keeps evidence may tell that somebody bids."""
    Job.objects.all().delete()
    before = AuditEvent.objects.visible_to(actor_of("olive")).count()
    actions.look_after_files(actor=SYSTEM)
    handled(item)
    actions.settle_scan(actor=SYSTEM, handling=item.handling, state=ScanState.INFECTED)
    assert AuditEvent.objects.visible_to(actor_of("olive")).count() == before
