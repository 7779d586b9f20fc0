"""The environment that an installation is described by, read once and checked whole.

An installation is one of four kinds, named by ``INSTALLATION``:

``embedded``
    The default: one machine, SQLite, an embedded broker, a console for e-mail. Nothing must be set.
``demonstration``
    The same, with a banner that says so, and with people whose passwords are public.
``production``
    What it needs and does not find is named, all of it, in one error.
``test``
    What the test suite runs under.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import environ

from django.core.exceptions import ImproperlyConfigured

KINDS = ("embedded", "demonstration", "production", "test")

NEEDED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text that signs sessions and links",
    "DATABASE_URL": "postgres://USER:PASSWORD@HOST:PORT/NAME",
    "CELERY_BROKER_URL": "redis://HOST:PORT/0, where work for the worker is queued",
    "CACHE_URL": "redis://HOST:PORT/1, which counts sign-in attempts across processes",
    "TRUSTED_PROXIES": "how many proxies of your own stand in front: 0, 1 or more",
    "ALLOWED_HOSTS": "the host names that this site answers to, separated by commas",
    "EMAIL_URL": "smtp+tls://USER:PASSWORD@HOST:587, which sends invitations and resets",
    "DEFAULT_FROM_EMAIL": "the address that e-mail comes from",
    "SITE_URL": "https://HOST, the address that e-mails and reports print",
    "SEALING_KEY": "32 random bytes in hexadecimal, from which bidders' keys are formed",
    "SIGNING_KEY_FILE": "the PEM file of the private key that signs reports",
    "SIGNING_CERTIFICATE_FILE": "the PEM file of the certificate that belongs to it",
    "SCANNER_COMMAND": "a malware scanner that takes a file's path, or none to go without",
    "MEDIA_DIR": "the folder, outside the web root, that holds evidence and reports",
}


@dataclass(frozen=True)
class Environment:
    """Typed answers to every question that ``config.settings`` asks."""

    installation: str
    base_dir: Path
    read: environ.Env = field(repr=False)

    @property
    def is_production(self) -> bool:
        return self.installation == "production"

    @property
    def var_dir(self) -> Path:
        """The git-ignored folder for everything that an embedded installation writes."""
        return Path(self.read.str("VAR_DIR", default=str(self.base_dir / "var")))

    def text(self, name: str, otherwise: str) -> str:
        return self.read.str(name, default=otherwise)

    def path(self, name: str, otherwise: Path) -> Path:
        return Path(self.read.str(name, default=str(otherwise)))

    def secret_key(self) -> str:
        """The key from the environment; elsewhere than in production, one kept in ``var/``."""
        return self._kept("SECRET_KEY", "secret-key", lambda: secrets.token_urlsafe(50))

    def sealing_key(self) -> str:
        """32 bytes in hexadecimal, from which the keys of bidders are formed; kept as above.

        Raises ``ImproperlyConfigured`` where it is no hexadecimal text of 32 to 64 bytes.
        """
        key = self._kept("SEALING_KEY", "sealing-key", lambda: secrets.token_hex(32))
        return _checked_sealing_key("SEALING_KEY", key)

    def sealing_key_fallbacks(self) -> list[str]:
        """Former sealing keys, which still open what was sealed under them."""
        return [
            _checked_sealing_key("SEALING_KEY_FALLBACKS", key)
            for key in self.read.list("SEALING_KEY_FALLBACKS", default=[])
        ]

    def trusted_proxies(self) -> int:
        """How many proxies of the installation stand in front of the web process.

        Raises ``ImproperlyConfigured`` where it is no whole number from 0 to 9.
        """
        given = self.read.str("TRUSTED_PROXIES", default="0")
        if not (given.isascii() and given.isdigit() and len(given) == 1):
            raise ImproperlyConfigured("TRUSTED_PROXIES must be a whole number from 0 to 9.")
        return int(given)

    def scanner_command(self) -> str:
        """The malware scanner's command; blank where there is none, or it is switched off."""
        command = self.read.str("SCANNER_COMMAND", default="").strip()
        return "" if command.casefold() == "none" else command

    def _kept(self, name: str, file_name: str, make: Callable[[], str]) -> str:
        given = self.read.str(name, default="")
        if given or self.is_production:
            return given
        kept = self.var_dir / file_name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(make())
            kept.chmod(0o600)
        return kept.read_text()


def _checked_sealing_key(name: str, key: str) -> str:
    try:
        size = len(bytes.fromhex(key))
    except ValueError:
        size = 0
    if not 32 <= size <= 64:
        raise ImproperlyConfigured(f"{name} must be 32 to 64 bytes in hexadecimal.")
    return key


def load(base_dir: Path) -> Environment:
    """Read the environment of this process.

    Raises ``ImproperlyConfigured`` that names every missing variable at once, with what
    each is for, and when ``INSTALLATION`` is a word that we do not know.
    """
    read = environ.Env()
    installation = read.str("INSTALLATION", default="embedded")
    if installation not in KINDS:
        raise ImproperlyConfigured(
            f"INSTALLATION is {installation!r}. It must be one of: {', '.join(KINDS)}."
        )
    if installation == "production":
        missing = [name for name in NEEDED_IN_PRODUCTION if not read.str(name, default="")]
        if missing:
            lines = "\n".join(f"  {name}: {NEEDED_IN_PRODUCTION[name]}" for name in missing)
            raise ImproperlyConfigured(
                f"These environment variables are needed in production and are not set:\n{lines}"
            )
    return Environment(installation=installation, base_dir=base_dir, read=read)
