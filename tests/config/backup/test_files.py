"""Stored files go into an archive and come back, and nothing else does."""

import io
import tarfile

import pytest

from config.backup.files import NAME, check_is_empty, pack, unpack
from config.backup.manifest import BadBackup


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    for name, content in (("reports/ab/ab.pdf", b"%PDF"), ("evidence/é.csv", b"a,b\n")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def contents(folder) -> dict:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_come_back_as_they_were_for_their_owner_only(media, tmp_path):
    again = tmp_path / "again"
    assert (pack(media, tmp_path), unpack(tmp_path, again)) == (2, 2)
    assert contents(again) == contents(media)
    assert {p.stat().st_mode & 0o77 for p in again.rglob("*") if p.is_file()} == {0}


def test_installation_without_files_has_a_backup_too(tmp_path):
    assert (pack(tmp_path / "none", tmp_path), unpack(tmp_path, tmp_path / "again")) == (0, 0)


def test_folder_with_files_is_not_restored_into(media, tmp_path):
    with pytest.raises(BadBackup, match="is not empty"):
        check_is_empty(media)
    check_is_empty(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("/tmp/outside", tarfile.REGTYPE),
        ("reports/../../outside", tarfile.REGTYPE),
        ("link", tarfile.SYMTYPE),
        ("link", tarfile.LNKTYPE),
        ("device", tarfile.CHRTYPE),
    ],
)
def test_archive_that_would_write_elsewhere_is_refused(tmp_path, name, kind):
    """The attack: an archive whose members lead out of the folder."""
    with tarfile.open(tmp_path / NAME, "w") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member, io.BytesIO(b""))
    with pytest.raises(BadBackup, match="no plain file"):
        unpack(tmp_path, tmp_path / "again")
    assert contents(tmp_path / "again") == {}
