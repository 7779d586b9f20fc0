"""The trail is chained and its head signed on a schedule."""

import pytest

from accounts import audit
from accounts.models import AuditEvent, AuditHead
from config import tasks
from tests.conftest import make_signing_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(people, actor_of):
    """Five rows and more, chained, with a signed head."""
    make_signing_key()
    for number in range(5):
        audit.record(actor=actor_of("priya"), verb=f"thing.{number}", subject=None)
    tasks.sign_trail_head()
    return AuditEvent.objects.count()


def test_head_is_signed_once_for_each_growth(trail, actor_of):
    assert tasks.sign_trail_head() == 0
    audit.record(actor=actor_of("priya"), verb="thing.more", subject=None)
    assert tasks.sign_trail_head() == trail + 1
    assert AuditHead.objects.count() == 2


def test_head_goes_to_those_who_keep_it_elsewhere(
    people, actor_of, settings, mailoutbox, django_capture_on_commit_callbacks
):
    make_signing_key()
    settings.TRAIL_HEADS_TO = ["auditor@elsewhere.example"]
    audit.record(actor=actor_of("priya"), verb="thing.done", subject=None)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sign_trail_head()
    head = AuditHead.objects.get()
    assert (mailoutbox[0].to, head.sha256 in mailoutbox[0].body) == (settings.TRAIL_HEADS_TO, True)
