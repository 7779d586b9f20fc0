"""Files on disk that are there whole or not at all."""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

from django.core.files.storage import FileSystemStorage

# Where files stand while they are written: on the same volume as the places that they go to.
PARTS_FOLDER = ".parts"
# What a volume without hard links answers (some network shares, FAT): POSIX leaves it open which.
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


class WholeFileStorage(FileSystemStorage):
    """Writes aside, and gives the name when all of it is on disk.

    A full disk or a killed process leaves no half of a file under a name that a row could point
    to. What a killed process leaves aside, ``sweep`` takes away.
    """

    def _save(self, name, content):
        """As Django's own. Raises ``OSError``, and leaves nothing, where the disk takes no more."""
        part = f"{PARTS_FOLDER}/{secrets.token_hex(16)}"
        try:
            written = self.path(super()._save(part, content))
            _to_disk(written)
            Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
            while True:
                try:
                    _give_name(written, self.path(name))
                    break
                except FileExistsError:
                    name = self.get_available_name(name)
            _to_disk(Path(self.path(name)).parent)
            return name
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.path(part))

    def sweep(self, older_than_seconds: int) -> int:
        """Take away what killed processes left aside so long ago. Returns how many files."""
        before = time.time() - older_than_seconds
        taken = 0
        for path in Path(self.path(PARTS_FOLDER)).glob("*"):
            # Another process may take it away, or give it its name, at this moment.
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()
                    taken += 1
        return taken


def _give_name(written: str, path: str) -> None:
    """Give a file its name. Raises ``FileExistsError`` where another has it: it is never replaced.

    A link does that in one step. Where the volume knows none, the name is taken first and filled
    then: a process killed between the two leaves an empty file, to which no row points.
    """
    try:
        os.link(written, path)
    except OSError as wrong:
        if wrong.errno not in NO_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(written, path)


def _to_disk(path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
