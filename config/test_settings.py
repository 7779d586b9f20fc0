"""Settings for the test suite: the site's own, under ``INSTALLATION=test``."""

import os

os.environ["INSTALLATION"] = "test"

from config.settings import *  # noqa: E402, F403

# The hasher is the one slow thing that no test is about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
