"""Whoever changes the trail is found out, also who owns the database."""

import io
import json

import pytest

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, AuditLink
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


def verify(*arguments) -> str:
    out = io.StringIO()
    call_command("verify_trail", *arguments, stdout=out)
    return out.getvalue()


def without_triggers(table: str, statement: str) -> None:
    """What the owner of the database can do: take the triggers away and write."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET ROLE NONE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [table],
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(statement)
            for _, sql in triggers:
                cursor.execute(sql)


def test_trail_fits_as_it_was_written(trail):
    assert f"{trail} chained rows, 1 signed heads" in verify()
    own = settings.SIGNING_CERTIFICATE_FILE
    assert "Bring your own" not in verify("--certificate", str(own))


def test_row_that_the_owner_of_the_database_changed_is_named(trail):
    """The attack: drop the triggers, and let another person have done it."""
    row = AuditEvent.objects.get(verb="thing.2")
    without_triggers(
        "accounts_auditevent",
        f"UPDATE accounts_auditevent SET actor_label = 'Evan Hughes' WHERE id = {row.pk}",
    )
    with pytest.raises(CommandError, match=f"row {row.pk} is not what was chained"):
        verify()


def test_chain_that_was_written_anew_does_not_fit_its_signed_head(trail):
    row = AuditEvent.objects.get(verb="thing.2")
    without_triggers(
        "accounts_auditevent",
        f"UPDATE accounts_auditevent SET verb = 'thing.else' WHERE id = {row.pk}",
    )
    without_triggers("accounts_auditlink", "DELETE FROM accounts_auditlink")
    tasks.chain_trail(all_rows=True)
    with pytest.raises(CommandError, match="names another hash"):
        verify()


def test_end_that_was_cut_off_is_missed(trail):
    last = AuditLink.objects.order_by("-position").first()
    without_triggers("accounts_auditlink", f"DELETE FROM accounts_auditlink WHERE id = {last.pk}")
    with pytest.raises(CommandError, match="the chain ends after link"):
        verify()


def test_head_signed_with_a_strangers_key_is_refused(trail, tmp_path, settings):
    """Who owns the database can sign with a key of their own; the auditor brings the true one."""
    certificate = tmp_path / "true.pem"
    settings.SIGNING_KEY_FILE = tmp_path / "key.pem"
    settings.SIGNING_CERTIFICATE_FILE = certificate
    make_signing_key()
    with pytest.raises(CommandError, match="signed with a key that is not trusted here"):
        verify("--certificate", str(certificate))


def test_row_that_no_link_holds_is_named_once_it_is_old(trail, actor_of, time_machine):
    time_machine.move_to(timezone.now())
    row = audit.record(actor=actor_of("priya"), verb="thing.past", subject=None)
    assert "The trail fits" in verify()
    time_machine.shift(16 * 60)
    with pytest.raises(CommandError, match=f"Row {row.pk} of .* is in no link"):
        verify()


def test_exported_file_is_checked_without_the_database(trail, tmp_path):
    file = tmp_path / "trail.jsonl"
    call_command("export_trail", str(file), stdout=io.StringIO())
    assert f"{trail} chained rows, 1 signed heads" in verify("--file", str(file))
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    lines[2]["event"]["verb"] = "thing.else"
    key = lines[2]["event"]["key"]
    file.write_text("\n".join(json.dumps(line) for line in lines))
    with pytest.raises(CommandError, match=f"link 3: row {key} is not what was chained"):
        verify("--file", str(file))


@pytest.mark.parametrize(
    ("text", "words"),
    [("nonsense", "Line 1 is not JSON"), ("[]", "Line 1 is no line"), ('{"link": {}}', "Line 1")],
)
def test_file_that_is_no_export_says_which_line(tmp_path, text, words):
    file = tmp_path / "trail.jsonl"
    file.write_text(text)
    with pytest.raises(CommandError, match=words):
        verify("--file", str(file))


def test_export_overwrites_nothing(trail, tmp_path):
    file = tmp_path / "trail.jsonl"
    file.write_text("mine")
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_trail", str(file))
