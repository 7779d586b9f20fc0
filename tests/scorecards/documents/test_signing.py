"""Signatures that our own check and openssl both accept, and nothing else does."""

import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import CertificateBuilder

from scorecards.documents.signing import (
    BadSigningKey,
    Signer,
    key_id_of,
    load_certificate,
    make_demonstration_key,
    sha256_of,
    sign,
    signer_from_pem,
)
from scorecards.documents.verifying import verify

NOW = datetime.now(UTC)
DOCUMENT = b"%PDF-1.7 a document\r\nwith bytes \x00\xff\n"


def new_signer(name="Assurance demonstration"):
    pair = make_demonstration_key(common_name=name, now=NOW)
    return signer_from_pem(pair.key_pem, pair.certificate_pem)


@pytest.fixture(scope="module")
def signer():
    return new_signer()


@pytest.fixture(scope="module")
def rsa_signer(signer):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    old = signer.certificate
    certificate = (
        CertificateBuilder(old.issuer, old.subject, key.public_key(), old.serial_number)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
        .sign(key, old.signature_hash_algorithm)
    )
    return Signer(key, certificate)


@pytest.mark.parametrize("kind", ["signer", "rsa_signer"])
def test_verify_accepts_what_was_signed(kind, request):
    signer = request.getfixturevalue(kind)

    assert verify(DOCUMENT, sign(DOCUMENT, signer), signer.certificate)


def test_verify_document_that_was_changed(signer):
    signature = sign(DOCUMENT, signer)

    assert not verify(DOCUMENT + b" ", signature, signer.certificate)


def test_verify_certificate_of_another_key(signer):
    assert not verify(DOCUMENT, sign(DOCUMENT, signer), new_signer().certificate)


def test_verify_signature_after_the_key_was_changed(signer):
    signature, kept = sign(DOCUMENT, signer), signer.certificate_pem

    new_signer("The next key")

    assert verify(DOCUMENT, signature, load_certificate(kept))


@pytest.mark.parametrize("signature", [b"", b"\x30", b"\x30\x00", b"\x30\x84\xff", b"junk" * 99])
def test_verify_what_is_no_signature(signer, signature):
    assert not verify(DOCUMENT, signature, signer.certificate)


def test_verify_signature_with_any_byte_of_its_value_changed(signer):
    signature = bytearray(sign(DOCUMENT, signer))
    signature[-1] ^= 1

    assert not verify(DOCUMENT, bytes(signature), signer.certificate)


def test_verify_truncated_signature(signer):
    signature = sign(DOCUMENT, signer)

    assert not any(
        verify(DOCUMENT, signature[:length], signer.certificate)
        for length in range(0, len(signature), 7)
    )


@pytest.mark.parametrize("kind", ["signer", "rsa_signer"])
def test_openssl_accepts_the_signature(kind, request, tmp_path):
    signer = request.getfixturevalue(kind)
    openssl = shutil.which("openssl")
    assert openssl, "openssl is needed for this test"
    paths = {name: tmp_path / name for name in ("report.pdf", "report.p7s", "cert.pem")}
    paths["report.pdf"].write_bytes(DOCUMENT)
    paths["report.p7s"].write_bytes(sign(DOCUMENT, signer))
    paths["cert.pem"].write_text(signer.certificate_pem)

    command = [
        *(openssl, "cms", "-verify", "-binary", "-inform", "DER"),
        *("-in", paths["report.p7s"], "-content", paths["report.pdf"]),
        *("-CAfile", paths["cert.pem"], "-purpose", "any", "-out", tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out").read_bytes() == DOCUMENT


def test_demonstration_key_is_valid_for_ten_years(signer):
    term = signer.certificate.not_valid_after_utc - NOW

    assert 3650 <= term.days <= 3655


def test_key_id_is_the_start_of_the_fingerprint(signer):
    der = signer.certificate.public_bytes(serialization.Encoding.DER)

    assert key_id_of(signer.certificate) == sha256_of(der)[:16]


def test_signer_from_pem_that_do_not_belong_together():
    first, second = (make_demonstration_key(common_name="x", now=NOW) for _ in range(2))

    with pytest.raises(BadSigningKey, match="belong together"):
        signer_from_pem(first.key_pem, second.certificate_pem)


@pytest.mark.parametrize("key", ["", "not a key"])
def test_signer_from_pem_without_a_key(key):
    pair = make_demonstration_key(common_name="x", now=NOW)

    with pytest.raises(BadSigningKey, match="signing key"):
        signer_from_pem(key, pair.certificate_pem)


def test_signer_from_pem_without_a_certificate():
    pair = make_demonstration_key(common_name="x", now=NOW)

    with pytest.raises(BadSigningKey, match="certificate"):
        signer_from_pem(pair.key_pem, "")
