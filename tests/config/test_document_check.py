"""Every stored file is compared with its row; what was changed, or is gone, is named."""

import hashlib
import io

import pytest

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from accounts.access import Actor
from config.document_check import KINDS, check
from providers.models import EvidenceItem
from scorecards.actions import request_report
from scorecards.actions.reports import store_document
from scorecards.documents.signing import load_certificate, make_demonstration_key
from scorecards.models import ReportDocument, SigningKey
from tests.config.test_trail_check import without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(demonstration) -> ReportDocument:
    """A signed report; there is evidence in the demonstration as well."""
    asked = request_report(
        actor=demonstration.actor("evan"), scorecard=demonstration.scorecards["rating"]
    )
    return store_document(
        actor=Actor.system("test"), report=asked, pdf=b"%PDF-1.7 of this test", versions=[]
    )


def write(row, content: bytes) -> None:
    with row.file.storage.open(row.file.name, "wb") as out:
        out.write(content)


def refusal(*arguments) -> tuple[str, int]:
    with pytest.raises(CommandError) as refused:
        call_command("verify_documents", *arguments)
    return str(refused.value), refused.value.returncode


def test_every_model_with_a_file_is_checked():
    """A model with a file that is added is checked, or this fails."""
    with_files = {
        model
        for model in apps.get_models()
        if any(isinstance(field, models.FileField) for field in model._meta.fields)
    }
    assert {kind.rows().model for kind in KINDS} == with_files


def test_what_was_stored_fits_and_is_counted(report):
    found = check()
    assert (found.misfit, found.counts["report"]) == (None, 1)
    assert found.counts["file of evidence"] == EvidenceItem.objects.exclude(file="").count() > 0
    out = io.StringIO()
    call_command("verify_documents", stdout=out)
    assert "All fit, report: 1." in out.getvalue()


@pytest.mark.parametrize("content", [b"%PDF-1.7 of this tesT", b"", b"%PDF-1.7 of this test\n"])
def test_report_with_other_bytes_is_named(report, content):
    write(report, content)
    said, code = refusal()
    assert (report.report.reference in said, "holds other bytes" in said, code) == (True, True, 1)


def test_file_that_is_gone_is_named(report):
    report.file.storage.delete(report.file.name)
    assert f"its file {report.file.name} cannot be read" in refusal()[0]


def test_evidence_with_other_bytes_is_named(demonstration):
    item = EvidenceItem.objects.exclude(file="").first()
    with item.file.open("rb") as stored:
        before = stored.read()
    write(item, before + b"x")
    try:
        assert f"The file of evidence {item.reference}" in refusal()[0]
    finally:
        write(item, before)


def test_bytes_and_hash_that_were_changed_together_do_not_fit_the_signature(report):
    """The attack: whoever owns the database writes another report and its hash."""
    write(report, b"%PDF-1.7 forged ------")
    forged = hashlib.sha256(b"%PDF-1.7 forged ------").hexdigest()
    without_triggers(
        "scorecards_reportdocument",
        f"UPDATE scorecards_reportdocument SET sha256 = '{forged}', size_bytes = 22 "
        f"WHERE id = {report.pk}",
    )
    assert "its signature does not belong to it" in refusal()[0]


def test_document_of_a_key_that_is_not_trusted_is_named(report, tmp_path):
    """The attack: sign with a key of one's own, and put its certificate beside it."""
    other = make_demonstration_key(common_name="other", now=timezone.now()).certificate_pem
    (tmp_path / "other.pem").write_text(other)
    assert "which is not trusted here" in refusal("--certificate", str(tmp_path / "other.pem"))[0]
    own = SigningKey.objects.get(pk=report.key_id).certificate_pem
    assert check([load_certificate(other), load_certificate(own)]).misfit is None


def test_certificate_in_the_place_of_another_is_named(report):
    other = make_demonstration_key(common_name="other", now=timezone.now()).certificate_pem
    without_triggers(
        "scorecards_signingkey",
        f"UPDATE scorecards_signingkey SET certificate_pem = '{other}' WHERE id = {report.key_id}",
    )
    assert "is another" in refusal()[0]
