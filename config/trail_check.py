"""Whether a trail, in the database or in an exported file, is what it was."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography import x509

from accounts.trail import chain
from scorecards.documents.signing import key_id_of, load_certificate
from scorecards.documents.verifying import verify


class UnreadableExport(ValueError):
    """The file is no export of a trail. ``str()`` names the line."""


@dataclass(frozen=True)
class SignedHead:
    """A head with its signature and the certificate that is said to belong to it."""

    head: chain.Head
    signature: bytes
    certificate_pem: str


@dataclass(frozen=True)
class Checked:
    """What came of a check."""

    links: int
    heads: int
    misfit: chain.Misfit | None


def check(
    rows: Iterable[tuple[chain.Link, chain.Event | None]],
    heads: Iterable[SignedHead],
    trusted: Iterable[x509.Certificate] = (),
) -> Checked:
    """Check every link, and every head's signature.

    ``trusted`` are certificates that the person who checks brings: a head signed with another is
    then a misfit. Without any, the certificates beside the heads are taken as they are: whoever
    owns the database could have put others there.
    """
    known = {key_id_of(certificate) for certificate in trusted}
    counted = _Counted(rows)
    good = []
    for signed in sorted(heads, key=lambda row: row.head.position):
        certificate = load_certificate(signed.certificate_pem)
        if known and key_id_of(certificate) not in known:
            return _bad_head(signed, "is signed with a key that is not trusted here")
        if not verify(chain.head_bytes(signed.head), signed.signature, certificate):
            return _bad_head(signed, "has a signature that does not belong to it")
        good.append(signed.head)
    misfit = chain.first_misfit(counted, good)
    return Checked(links=counted.number, heads=len(good), misfit=misfit)


def _bad_head(signed: SignedHead, what: str) -> Checked:
    head = signed.head
    reason = f"the head of {head.at}, which names link {head.position}, {what}"
    return Checked(links=0, heads=0, misfit=chain.Misfit(head.position, None, reason))


class _Counted:
    def __init__(self, rows):
        self._rows = rows
        self.number = 0

    def __iter__(self):
        for row in self._rows:
            self.number += 1
            yield row


def read_export(
    lines: Iterable[str],
) -> tuple[list[tuple[chain.Link, chain.Event | None]], list[SignedHead]]:
    """The links with their rows, and the heads, of an exported file.

    Raises ``UnreadableExport`` for a line that is none of ours.
    """
    rows, heads = [], []
    for number, record in _records(lines):
        try:
            if "head" in record:
                heads.append(
                    SignedHead(
                        chain.Head(**record["head"]),
                        bytes.fromhex(record["signature"]),
                        record["certificate"],
                    )
                )
            else:
                event = record["event"]
                rows.append((chain.Link(**record["link"]), chain.Event(**event) if event else None))
        except (KeyError, TypeError, ValueError) as wrong:
            raise UnreadableExport(f"Line {number} is no line of an exported trail.") from wrong
    return rows, heads


def _records(lines: Iterable[str]) -> Iterator[tuple[int, dict]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as wrong:
                raise UnreadableExport(f"Line {number} is not JSON.") from wrong
            if not isinstance(record, dict):
                raise UnreadableExport(f"Line {number} is no line of an exported trail.")
            yield number, record
