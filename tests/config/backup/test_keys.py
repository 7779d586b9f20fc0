"""Keys go into a folder of their own, and come back where an installation looks for them."""

import os
import subprocess
import sys

import pytest

from config.backup.keys import check_sealing_keys, mark_of, marks
from config.backup.manifest import BadBackup
from tests.architecture.sources import ROOT
from tests.config.test_settings import PRODUCTION

KEY, FORMER = "5e" * 32, "6f" * 32


def test_mark_tells_keys_apart_and_holds_nothing_of_them():
    assert mark_of(KEY) == mark_of(KEY.upper())
    assert mark_of(KEY) != mark_of(FORMER)
    assert mark_of(KEY) not in KEY


def test_every_key_that_sealed_something_is_needed(settings):
    settings.SEALING_KEY, settings.SEALING_KEY_FALLBACKS = KEY, [FORMER]
    needed = marks()
    check_sealing_keys(needed)
    settings.SEALING_KEY, settings.SEALING_KEY_FALLBACKS = "7a" * 32, [FORMER, KEY]
    check_sealing_keys(needed)
    settings.SEALING_KEY_FALLBACKS = [KEY]
    with pytest.raises(BadBackup, match="is not what this backup was made under"):
        check_sealing_keys(needed)


def run(code: str, folder, **environment) -> str:
    """Run Python in an installation of its own; what it printed, or the error it ended with."""
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"}
    prelude = (
        "import django; django.setup()\nfrom pathlib import Path\nfrom config.backup import keys\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", prelude + code],
        cwd=ROOT,
        env=kept | {"VAR_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
    )
    return (done.stdout or done.stderr).strip().rpartition("\n")[2]


@pytest.fixture
def written(tmp_path):
    """The keys of an installation that keeps its own."""
    (tmp_path / "out").mkdir()
    (tmp_path / "old" / "signing").mkdir(parents=True)
    for name in ("key.pem", "certificate.pem"):
        (tmp_path / "old" / "signing" / name).write_text(f"made up: {name}")
    run(f"keys.write(Path({str(tmp_path / 'out')!r}))", tmp_path / "old")
    return tmp_path / "out"


def put_back(written, folder, **environment) -> str:
    return run(f"print(keys.put_back(Path({str(written)!r})))", folder, **environment)


def test_keys_come_back_where_they_were(written, tmp_path):
    put_back(written, tmp_path / "new")
    for name in ("secret-key", "sealing-key", "signing/key.pem", "signing/certificate.pem"):
        place = tmp_path / "new" / name
        assert place.read_text() == (tmp_path / "old" / name).read_text()
        assert place.stat().st_mode & 0o77 == 0


def test_another_signing_key_is_not_written_over(written, tmp_path):
    (tmp_path / "new" / "signing").mkdir(parents=True)
    (tmp_path / "new" / "signing" / "key.pem").write_text("another")
    before = (tmp_path / "old" / "sealing-key").read_text()
    assert "Move it away first" in put_back(written, tmp_path / "new")
    assert (tmp_path / "new" / "sealing-key").read_text() != before


@pytest.mark.parametrize("name", ["SECRET_KEY", "SEALING_KEY", "SEALING_KEY_FALLBACKS"])
def test_key_in_the_environment_is_compared_and_named(written, tmp_path, name):
    environment = PRODUCTION | {
        "SECRET_KEY": (written / "SECRET_KEY").read_text(),
        "SEALING_KEY": (written / "SEALING_KEY").read_text(),
        "MEDIA_DIR": str(tmp_path / "media"),
        "SIGNING_KEY_FILE": str(tmp_path / "new" / "key.pem"),
        "SIGNING_CERTIFICATE_FILE": str(tmp_path / "new" / "certificate.pem"),
    }
    said = put_back(written, tmp_path / "new", **environment | {name: FORMER})
    assert f"Set {name} to what is in {written / name}" in said
    assert not (tmp_path / "new" / "key.pem").exists()
    assert "certificate.pem" in put_back(written, tmp_path / "new", **environment)
