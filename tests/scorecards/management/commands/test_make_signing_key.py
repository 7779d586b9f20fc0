"""The command that makes a key for signing reports."""

import pytest

from django.core.management import CommandError, call_command

from scorecards.documents.signing import signer_from_pem


def test_make_signing_key_writes_a_pair_that_only_its_owner_reads(settings, tmp_path, capsys):
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "key.pem"
    settings.SIGNING_CERTIFICATE_FILE = tmp_path / "public" / "certificate.pem"
    call_command("make_signing_key", name="A council")
    key, certificate = settings.SIGNING_KEY_FILE, settings.SIGNING_CERTIFICATE_FILE
    signer = signer_from_pem(key.read_text(), certificate.read_text())
    assert signer.certificate.subject.rfc4514_string() == "CN=A council"
    assert key.stat().st_mode & 0o777 == 0o600
    assert capsys.readouterr().out == f"Key: {key}\nCertificate: {certificate}\n"


@pytest.mark.parametrize("name", ["SIGNING_KEY_FILE", "SIGNING_CERTIFICATE_FILE"])
def test_make_signing_key_never_overwrites_one(settings, tmp_path, name):
    settings.SIGNING_KEY_FILE = tmp_path / "key.pem"
    settings.SIGNING_CERTIFICATE_FILE = tmp_path / "certificate.pem"
    getattr(settings, name).write_text("kept")
    with pytest.raises(CommandError, match="There is a key"):
        call_command("make_signing_key")
    assert getattr(settings, name).read_text() == "kept"
