"""Settings for the test suite: the site's own, under ``INSTALLATION=test``.

What a run writes goes to a folder of its own, which is removed at the end.
"""

import atexit
import os
import shutil
import tempfile

os.environ["INSTALLATION"] = "test"
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="ethics-assurance-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403

# Guessing passphrases is what no test is about.
OPENER_COST = "quick"

# The hasher is the one slow thing that no test is about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
