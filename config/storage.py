"""Files on disk that are there whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Writes under a temporary name beside the place, and gives the name when all of it is on disk.

    A full disk or a killed process leaves no file under a name that a row could point to.
    """

    def _save(self, name, content):
        """As Django's own. Raises ``OSError``, and leaves nothing, where the disk takes no more."""
        folder = Path(name).parent
        part = str(folder / f".{secrets.token_hex(16)}.part")
        try:
            written = super()._save(part, content)
            _to_disk(self.path(written))
            while True:
                try:
                    # Unlike a rename, a link never takes the place of a file that is there.
                    os.link(self.path(written), self.path(name))
                    break
                except FileExistsError:
                    name = self.get_available_name(name)
            _to_disk(Path(self.path(name)).parent)
            return name
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.path(part))


def _to_disk(path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
