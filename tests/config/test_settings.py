"""The settings of a production installation, as its processes see them."""

import os
import subprocess
import sys

import pytest

from config.environment import NEEDED_IN_PRODUCTION
from tests.architecture.sources import ROOT

PRODUCTION = {
    "INSTALLATION": "production",
    "SECRET_KEY": "a" * 10 + "bcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_",
    "DATABASE_URL": "postgres:///never-opened",
    "CELERY_BROKER_URL": "redis://localhost:6379/0",
    "CACHE_URL": "redis://localhost:6379/1",
    "ALLOWED_HOSTS": "assurance.council.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.council.example:587",
    "DEFAULT_FROM_EMAIL": "assurance@council.example",
    "SITE_URL": "https://assurance.council.example",
    "SEALING_KEY": "5e" * 32,
    "TRUSTED_PROXIES": "1",
    "SCANNER_COMMAND": "none",
}


def manage(tmp_path, *arguments, **changes) -> subprocess.CompletedProcess:
    """Run ``manage.py`` as its own process under a production environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    paths = {
        "VAR_DIR": str(tmp_path),
        "MEDIA_DIR": str(tmp_path / "media"),
        "SIGNING_KEY_FILE": str(tmp_path / "key.pem"),
        "SIGNING_CERTIFICATE_FILE": str(tmp_path / "certificate.pem"),
    }
    environment = {**kept, **PRODUCTION, **paths, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_check_for_deployment_is_clean(tmp_path):
    found = manage(tmp_path, "check", "--deploy", "--fail-level", "INFO")
    assert (found.returncode, found.stdout.strip(), found.stderr.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
        "",
    )


def test_start_without_anything_names_everything(tmp_path):
    found = manage(tmp_path, "check", **dict.fromkeys(NEEDED_IN_PRODUCTION, ""))
    assert found.returncode == 1
    assert [name for name in NEEDED_IN_PRODUCTION if f"  {name}: " not in found.stderr] == []


SHOW = """
from django.conf import settings as s
print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS >= 31536000, s.SILENCED_SYSTEM_CHECKS,
      s.CSRF_TRUSTED_ORIGINS, s.STORAGES["staticfiles"]["BACKEND"].rsplit(".", 1)[1],
      s.ALLOWED_HOSTS, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.MESSAGE_STORAGE.rsplit(".")[-1])
"""


def test_production_is_shut_and_encrypted(tmp_path):
    found = manage(tmp_path, "shell", "--no-imports", "--command", SHOW)
    assert found.stdout.strip() == (
        "False True True True True True [] ['https://assurance.council.example'] "
        "CompressedManifestStaticFilesStorage "
        "['assurance.council.example', 'health-check.internal'] "
        "__Host-sessionid __Host-csrftoken SessionStorage"
    ), found.stderr


@pytest.mark.parametrize("command", ["seed_demonstration", "demo", "demo_code"])
def test_demonstration_is_refused_in_production(tmp_path, command):
    found = manage(tmp_path, command)
    assert (found.returncode, found.stderr.startswith("CommandError: ")) == (1, True)


def test_admin_is_not_installed(settings):
    assert [name for name in settings.INSTALLED_APPS if "admin" in name] == []


def test_passwords_are_hashed_by_argon2(tmp_path):
    code = "from django.conf import settings; print(settings.PASSWORD_HASHERS[0])"
    found = manage(tmp_path, "shell", "--no-imports", "--command", code)
    assert found.stdout.strip() == "django.contrib.auth.hashers.Argon2PasswordHasher"
