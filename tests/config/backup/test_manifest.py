"""What is changed in a part of a backup is named before anything of it is used."""

from datetime import UTC, datetime

import pytest

from config.backup.manifest import MANIFEST, SIGNATURE, BadBackup, new_folder, read, write
from scorecards.documents.signing import make_demonstration_key, signer_from_pem

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def new_signer():
    pair = make_demonstration_key(common_name="backups", now=datetime.now(UTC))
    return signer_from_pem(pair.key_pem, pair.certificate_pem)


@pytest.fixture(scope="module")
def signer():
    return new_signer()


@pytest.fixture
def part(tmp_path, signer):
    """A part with two files."""
    folder = new_folder(tmp_path / "database")
    (folder / "one").write_bytes(b"rows and rows")
    (folder / "two").write_bytes(b"")
    write(folder, part="database", at=NOW, facts={"engine": "sqlite"}, signer=signer)
    return folder


def refusal(folder, signer, part="database") -> str:
    with pytest.raises(BadBackup) as refused:
        read(folder, part=part, trusted=[signer.certificate])
    return str(refused.value)


def test_part_is_read_as_it_was_written(part, signer):
    found = read(part, part="database", trusted=[new_signer().certificate, signer.certificate])
    assert (found.part, found.made_at, found.facts, sorted(found.files)) == (
        "database",
        "2026-05-04T03:02:01+00:00",
        {"engine": "sqlite"},
        ["one", "two"],
    )
    assert found.version
    assert {path.stat().st_mode & 0o77 for path in (part, *part.iterdir())} == {0}


@pytest.mark.parametrize("name", ["one", MANIFEST, SIGNATURE])
def test_any_flipped_byte_is_named(part, signer, name):
    whole = (part / name).read_bytes()
    step = max(1, len(whole) // 60)
    for place in range(0, len(whole), step):
        changed = bytearray(whole)
        changed[place] ^= 1
        (part / name).write_bytes(changed)
        try:
            read(part, part="database", trusted=[signer.certificate])
        except BadBackup as refused:
            assert str(part) in str(refused)
        else:
            # What travels inside the signature beside it, such as a certificate, proves nothing.
            assert name == SIGNATURE
    (part / name).write_bytes(whole)
    read(part, part="database", trusted=[signer.certificate])


def test_file_that_is_missing_or_was_added_is_named(part, signer):
    (part / "two").unlink()
    assert f"{part / 'two'} is in the manifest beside it, and is missing" in refusal(part, signer)
    (part / "two").touch()
    (part / "three").touch()
    assert f"{part / 'three'} is not in the manifest" in refusal(part, signer)


def test_backup_that_somebody_else_wrote_anew_is_refused(part, signer, tmp_path):
    """The attack: change the rows, and write a manifest that fits them."""
    (part / "one").write_bytes(b"other rows")
    (part / MANIFEST).unlink()
    (part / SIGNATURE).unlink()
    write(part, part="database", at=NOW, facts={}, signer=new_signer())
    assert "signed with a key that is not known here" in refusal(part, signer)


def test_part_in_the_place_of_another_is_refused(part, signer):
    assert "the part “files” are needed" in refusal(part, signer, part="files")


def test_part_without_a_manifest_is_refused(part, signer):
    (part / SIGNATURE).unlink()
    assert f"{part / SIGNATURE} cannot be read" in refusal(part, signer)


def test_nothing_is_written_over(part, tmp_path):
    for taken in (part, part / "one"):
        with pytest.raises(BadBackup, match="is not empty"):
            new_folder(taken)
