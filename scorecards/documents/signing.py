"""Detached CMS signatures over stored documents.

The signature stands beside the file, so the file stays PDF/A and PDF/UA. Any CMS
tool can check it: `openssl cms -verify -binary -inform DER -in FILE.p7s -content
FILE.pdf -CAfile CERTIFICATE.pem -purpose any`.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DEMONSTRATION_YEARS = 10
KEY_ID_LENGTH = 16

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class BadSigningKey(ValueError):
    """The key or the certificate cannot be used; the message says why."""


@dataclass(frozen=True)
class Signer:
    """A private key with the certificate that belongs to it."""

    key: PrivateKey
    certificate: x509.Certificate

    @property
    def key_id(self) -> str:
        return key_id_of(self.certificate)

    @property
    def certificate_pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


@dataclass(frozen=True)
class KeyPair:
    """PEM texts, as they stand in the settings."""

    key_pem: str
    certificate_pem: str


def signer_from_pem(key_pem: str, certificate_pem: str) -> Signer:
    """The signer of the settings' two PEM texts; they must belong together."""
    try:
        key = serialization.load_pem_private_key(key_pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise BadSigningKey("the signing key is not an unencrypted PEM private key") from error
    certificate = load_certificate(certificate_pem)
    if not isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        raise BadSigningKey("the signing key must be RSA or elliptic curve")
    if _public_bytes(key.public_key()) != _public_bytes(certificate.public_key()):
        raise BadSigningKey("the signing key and the certificate do not belong together")
    return Signer(key, certificate)


def load_certificate(certificate_pem: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(certificate_pem.encode())
    except ValueError as error:
        raise BadSigningKey("the certificate is not a PEM certificate") from error


def key_id_of(certificate: x509.Certificate) -> str:
    """The first 16 hexadecimal digits of the certificate's SHA-256 fingerprint."""
    return certificate.fingerprint(hashes.SHA256()).hex()[:KEY_ID_LENGTH]


def sha256_of(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def sign(document: bytes, signer: Signer) -> bytes:
    """A detached CMS signature (DER) that carries the certificate."""
    options = [
        pkcs7.PKCS7Options.DetachedSignature,
        pkcs7.PKCS7Options.Binary,
        pkcs7.PKCS7Options.NoCapabilities,
    ]
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(document)
        .add_signer(signer.certificate, signer.key, hashes.SHA256())
        .sign(serialization.Encoding.DER, options)
    )


def make_demonstration_key(*, common_name: str, now: datetime) -> KeyPair:
    """A new key with a certificate that it signs itself, valid for ten years."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * DEMONSTRATION_YEARS + 3))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_document_signing(), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return KeyPair(
        key_pem=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        certificate_pem=certificate.public_bytes(serialization.Encoding.PEM).decode(),
    )


def _document_signing() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _public_bytes(key: object) -> bytes:
    return key.public_bytes(  # type: ignore[attr-defined,no-any-return]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
