"""A file is there whole or not at all."""

import errno
import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from config import tasks
from config.storage import WholeFileStorage

LIMITED = """
import resource, signal, sys
from django.conf import settings
settings.configure(FILE_UPLOAD_PERMISSIONS=0o600)
from django.core.files.base import ContentFile
from config.storage import WholeFileStorage
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
storage = WholeFileStorage(location=sys.argv[1])
storage.save("evidence/ab/small", ContentFile(b"x" * 90_000))
try:
    storage.save("evidence/ab/large", ContentFile(b"x" * 200_000))
except OSError as wrong:
    print("refused", wrong.errno)
"""
KILLED = """
import os, signal, sys
from django.conf import settings
settings.configure(FILE_UPLOAD_PERMISSIONS=0o600)
from django.core.files.base import File
from config.storage import WholeFileStorage
class Content(File):
    def chunks(self, chunk_size=None):
        yield b"x" * 1000
        os.kill(os.getpid(), signal.SIGKILL)
WholeFileStorage(location=sys.argv[1]).save("evidence/ab/half", Content(None, "half"))
"""


@pytest.fixture
def storage(tmp_path):
    return WholeFileStorage(location=tmp_path)


def in_a_process(code: str, folder) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, cwd=os.getcwd()
    )


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_site_keeps_its_files_in_it():
    assert isinstance(default_storage, WholeFileStorage)


def test_file_is_kept_whole_with_its_permissions_and_nothing_beside_it(storage, tmp_path):
    name = storage.save("evidence/ab/file", ContentFile(b"content"))
    assert (name, storage.open(name).read()) == ("evidence/ab/file", b"content")
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["file"]


@pytest.fixture(params=[None, errno.EPERM, errno.EOPNOTSUPP], ids=["links", "EPERM", "no links"])
def links(request, monkeypatch):
    """A volume with hard links, and volumes without them."""
    if request.param is not None:

        def refuse(*_):
            raise OSError(request.param, os.strerror(request.param))

        monkeypatch.setattr(os, "link", refuse)


def test_file_takes_nobodys_place(storage, tmp_path, links):
    first = storage.save("evidence/file", ContentFile(b"first"))
    second = storage.save("evidence/file", ContentFile(b"second"))
    assert first != second
    assert [storage.open(name).read() for name in (first, second)] == [b"first", b"second"]


def test_files_of_one_name_at_once_are_all_kept(storage, tmp_path, links):
    with ThreadPoolExecutor(8) as pool:
        kept = list(
            pool.map(lambda at: storage.save("one", ContentFile(b"%d" % at * 5000)), range(40))
        )
    assert len(set(kept)) == 40
    assert sorted(storage.open(name).read() for name in kept) == sorted(
        b"%d" % at * 5000 for at in range(40)
    )
    assert len(names(tmp_path)) == 40


def test_disk_that_takes_no_more_leaves_no_half_file(tmp_path):
    done = in_a_process(LIMITED, tmp_path)
    assert (done.stdout, done.stderr) == ("refused 27\n", "")
    assert names(tmp_path) == ["small"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_process_that_is_killed_leaves_no_file_under_the_name(tmp_path):
    assert in_a_process(KILLED, tmp_path).returncode == -9
    assert "half" not in names(tmp_path)


def test_part_that_a_killed_process_left_is_swept_after_a_day(storage, tmp_path):
    assert in_a_process(KILLED, tmp_path).returncode == -9
    kept = storage.save("evidence/ab/file", ContentFile(b"content"))
    (left,) = (tmp_path / ".parts").iterdir()
    assert (storage.sweep(3600), left.exists()) == (0, True)
    yesterday = time.time() - 24 * 3600
    os.utime(left, (yesterday, yesterday))
    os.utime(tmp_path / kept, (yesterday, yesterday))
    assert (storage.sweep(3600), left.exists(), storage.exists(kept)) == (1, False, True)


def test_sweeping_an_empty_storage_takes_nothing(storage):
    assert storage.sweep(0) == 0


def test_schedule_sweeps(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    left = tmp_path / ".parts" / "left"
    left.parent.mkdir()
    left.write_bytes(b"half")
    assert tasks.sweep_parts() == 0
    os.utime(left, (0, 0))
    assert (tasks.sweep_parts(), left.exists()) == (1, False)
