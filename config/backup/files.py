"""The stored files as one archive, and back into an empty folder."""

import contextlib
import shutil
import tarfile
from pathlib import Path

from config.backup.manifest import BadBackup

NAME = "files.tar"


def pack(media: Path, folder: Path) -> int:
    """Write every file below ``media`` into the folder; how many. A file that is taken out of the
    library meanwhile is left out, and so is what the service keeps aside in folders with a dot:
    parts of files, and turns of readers.
    """
    number = 0
    with tarfile.open(folder / NAME, "w") as archive:
        for path in sorted(media.rglob("*")):
            if path.is_file() and not path.relative_to(media).parts[0].startswith("."):
                with contextlib.suppress(FileNotFoundError):
                    archive.add(path, arcname=str(path.relative_to(media)), recursive=False)
                    number += 1
    return number


def check_is_empty(media: Path) -> None:
    """Raise ``BadBackup`` where there is anything in the folder of files."""
    if media.exists() and any(media.iterdir()):
        raise BadBackup(f"{media} is not empty. Restore into a new folder.")


def unpack(folder: Path, media: Path) -> int:
    """Put every file back, for its owner only; how many. Raises ``BadBackup`` for an archive that
    would write anything else than plain files below ``media``.
    """
    media.mkdir(parents=True, exist_ok=True)
    number = 0
    with tarfile.open(folder / NAME) as archive:
        for member in archive:
            target = (media / member.name).resolve()
            if not member.isfile() or not target.is_relative_to(media.resolve()):
                raise BadBackup(f"{folder / NAME} holds {member.name}, which is no plain file.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(mode=0o600, exist_ok=False)
            with archive.extractfile(member) as content, target.open("wb") as out:
                shutil.copyfileobj(content, out)
            number += 1
    return number
