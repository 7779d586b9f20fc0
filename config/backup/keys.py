"""The keys of an installation: written apart from everything else, and put back first."""

import hashlib
from pathlib import Path

from django.conf import settings

from config.backup.manifest import BadBackup

# Beside the files of an installation that keeps its own (``config.environment``).
KEPT_IN = {"SECRET_KEY": "secret-key", "SEALING_KEY": "sealing-key"}
FORMER = ("SECRET_KEY_FALLBACKS", "SEALING_KEY_FALLBACKS")
FILES = ("SIGNING_KEY_FILE", "SIGNING_CERTIFICATE_FILE")
CERTIFICATE = "SIGNING_CERTIFICATE_FILE"


def mark_of(sealing_key: str) -> str:
    """What tells two sealing keys apart, and tells nothing of either."""
    key = bytes.fromhex(sealing_key)
    return hashlib.blake2b(b"", digest_size=8, key=key, person=b"mark in backups").hexdigest()


def marks() -> list[str]:
    """The marks of the present sealing key and of the former ones."""
    return [mark_of(key) for key in (settings.SEALING_KEY, *settings.SEALING_KEY_FALLBACKS)]


def check_sealing_keys(needed: list[str]) -> None:
    """Raise ``BadBackup`` where a key that sealed something in a backup is not here."""
    if not set(needed) <= set(marks()):
        raise BadBackup(
            "SEALING_KEY, with SEALING_KEY_FALLBACKS, is not what this backup was made under. "
            "Restore the keys first: without them nobody reads drafts, sealed bids of their own, "
            "second factors or kept text. Where they are lost, say --without-sealing-key."
        )


def write(folder: Path) -> None:
    """Write every key into a folder of its own, a file for each setting."""
    texts = {name: getattr(settings, name) for name in KEPT_IN}
    texts |= {name: ",".join(getattr(settings, name)) for name in FORMER}
    for name, text in texts.items():
        if text:
            _keep(folder / name, text)
    for name in FILES:
        _keep(folder / name, getattr(settings, name).read_text())


def put_back(folder: Path) -> list[str]:
    """Put the keys where this installation looks for them; what was written.

    What stands in the environment is only compared. Raises ``BadBackup`` that names the setting
    which is another one, before anything is written.
    """
    texts = {path.name: path.read_text() for path in folder.iterdir() if path.name in _NAMES}
    environment = settings.ENVIRONMENT
    targets = {}
    for name in (*KEPT_IN, *FORMER):
        if environment.is_production or name in FORMER or environment.read.str(name, default=""):
            if environment.read.str(name, default="") != texts.get(name, ""):
                raise BadBackup(f"Set {name} to what is in {folder / name}, then start again.")
        else:
            targets[environment.var_dir / KEPT_IN[name]] = texts[name]
    for name in FILES:
        place = getattr(settings, name)
        if not place.exists():
            targets[place] = texts[name]
        elif place.read_text() != texts[name]:
            raise BadBackup(f"{place} is another than {folder / name}. Move it away first.")
    for place, text in targets.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        _keep(place, text)
    return [str(place) for place in targets]


_NAMES = {*KEPT_IN, *FORMER, *FILES}


def _keep(place: Path, text: str) -> None:
    place.touch(mode=0o600)
    place.chmod(0o600)
    place.write_text(text)
