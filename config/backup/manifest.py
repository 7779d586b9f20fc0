"""What is in one part of a backup: written with it, signed, and checked before anything is used."""

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509

from scorecards.documents.signing import Signer, sign
from scorecards.documents.verifying import verify

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.p7s"
DISTRIBUTION = "commissioning-ethics-assurance"


class BadBackup(ValueError):
    """A backup cannot be made or used; the message says which part, and why."""


@dataclass(frozen=True)
class Manifest:
    """``files`` are hashes and sizes by name; ``facts`` what a part has to say besides."""

    part: str
    made_at: str
    files: dict[str, dict]
    facts: dict = field(default_factory=dict)
    version: str = field(default_factory=lambda: importlib.metadata.version(DISTRIBUTION))
    format: int = FORMAT


def new_folder(folder: Path) -> Path:
    """The folder, made, for its owner only. Raises ``BadBackup`` where something is in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadBackup(f"{folder} is not empty. Choose a folder that is new.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def write(folder: Path, *, part: str, at: datetime, facts: dict, signer: Signer) -> Manifest:
    """Write and sign the manifest of what is in the folder, and shut every file to others."""
    files = {}
    for path in sorted(folder.iterdir()):
        path.chmod(0o600)
        files[path.name] = {"sha256": _sha256_of(path), "size_bytes": path.stat().st_size}
    manifest = Manifest(part=part, made_at=at.isoformat(), files=files, facts=facts)
    text = json.dumps(asdict(manifest), sort_keys=True, indent=1, ensure_ascii=False).encode()
    for name, content in ((MANIFEST, text), (SIGNATURE, sign(text, signer))):
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(content)
    return manifest


def read(folder: Path, *, part: str, trusted: Iterable[x509.Certificate]) -> Manifest:
    """The manifest, once its signature and every file of the folder fit.

    Raises ``BadBackup`` that names the first that does not.
    """
    place = folder / MANIFEST
    try:
        text = place.read_bytes()
        signature = (folder / SIGNATURE).read_bytes()
    except OSError as wrong:
        raise BadBackup(f"{wrong.filename} cannot be read: {wrong.strerror}.") from wrong
    if not any(verify(text, signature, certificate) for certificate in trusted):
        raise BadBackup(
            f"{place} is not what was signed, or was signed with a key that is not known here. "
            "Name the certificate of an earlier key with --certificate."
        )
    manifest = Manifest(**json.loads(text))
    if (manifest.format, manifest.part) != (FORMAT, part):
        raise BadBackup(
            f"{place} is of format {manifest.format} and of the part “{manifest.part}”. "
            f"Format {FORMAT} and the part “{part}” are needed here."
        )
    there = {path.name for path in folder.iterdir()} - {MANIFEST, SIGNATURE}
    for name in sorted(there | set(manifest.files)):
        _check(folder / name, manifest.files.get(name))
    return manifest


def _check(path: Path, expected: dict | None) -> None:
    if expected is None:
        raise BadBackup(f"{path} is not in the manifest beside it.")
    if not path.is_file():
        raise BadBackup(f"{path} is in the manifest beside it, and is missing.")
    if _sha256_of(path) != expected["sha256"]:
        raise BadBackup(f"{path} is not what its manifest says: its SHA-256 is another.")


def _sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
