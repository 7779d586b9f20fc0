"""Whether a detached CMS signature belongs to a document and a certificate."""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from scorecards.documents import der

SHA256 = bytes.fromhex("608648016503040201")
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
DATA = bytes.fromhex("2a864886f70d010701")
CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")


@dataclass(frozen=True)
class _SignerInfo:
    content_type: bytes
    message_digest: bytes
    signed_bytes: bytes
    signature: bytes


def verify(document: bytes, signature: bytes, certificate: x509.Certificate) -> bool:
    """True only if this certificate's key signed exactly these bytes.

    The certificate is the one that was kept by its key id; whatever certificate
    travels inside the signature is not trusted.
    """
    try:
        info = _signer_info(signature)
    except der.BadDer:
        return False
    if info.content_type != DATA:
        return False
    if not hmac.compare_digest(info.message_digest, hashlib.sha256(document).digest()):
        return False
    return _is_signed_by(certificate, info)


def _is_signed_by(certificate: x509.Certificate, info: _SignerInfo) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(info.signature, info.signed_bytes, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(info.signature, info.signed_bytes, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _signer_info(signature: bytes) -> _SignerInfo:
    """RFC 5652: the one signer of a SignedData with signed attributes."""
    kind, wrapped = _exactly(der.parse(signature).expect(der.SEQUENCE), 2)
    if kind.expect(der.OBJECT_ID).content != SIGNED_DATA:
        raise der.BadDer("not a CMS signature")
    (signed_data,) = _exactly(wrapped.expect(der.CONTEXT_0), 1)
    (signer,) = _exactly(signed_data.expect(der.SEQUENCE).children()[-1].expect(der.SET), 1)
    parts = signer.expect(der.SEQUENCE).children()
    if len(parts) not in (6, 7):
        raise der.BadDer("not a signer with signed attributes")
    _version, _who, digest, attributes, _algorithm, value = parts[:6]
    if digest.expect(der.SEQUENCE).children()[:1] != (_object_id(SHA256),):
        raise der.BadDer("not made with SHA-256")
    found = _attributes(attributes.expect(der.CONTEXT_0))
    if CONTENT_TYPE not in found or MESSAGE_DIGEST not in found:
        raise der.BadDer("a signed attribute is missing")
    return _SignerInfo(
        content_type=found[CONTENT_TYPE].expect(der.OBJECT_ID).content,
        message_digest=found[MESSAGE_DIGEST].expect(der.OCTET_STRING).content,
        signed_bytes=bytes([der.SET]) + attributes.encoded[1:],
        signature=value.expect(der.OCTET_STRING).content,
    )


def _attributes(node: der.Node) -> dict[bytes, der.Node]:
    found: dict[bytes, der.Node] = {}
    for attribute in node.children():
        name, values = _exactly(attribute.expect(der.SEQUENCE), 2)
        if name.content in found:
            raise der.BadDer("a signed attribute occurs twice")
        (found[name.content],) = _exactly(values.expect(der.SET), 1)
    return found


def _exactly(node: der.Node, count: int) -> tuple[der.Node, ...]:
    children = node.children()
    if len(children) != count:
        raise der.BadDer(f"expected {count} elements, found {len(children)}")
    return children


def _object_id(content: bytes) -> der.Node:
    return der.Node(der.OBJECT_ID, content, bytes([der.OBJECT_ID, len(content)]) + content)
