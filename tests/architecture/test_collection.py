"""Every process that collects the tests finds the same ones, in the same order.

The suite runs in several processes that share the work by the names of the tests: a name that
holds a time, an address in memory or the order of a set stops them all.
"""

import os
import subprocess
import sys

from django.conf import settings


def collected(seed: str) -> list[str]:
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "tests", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in found.stdout.splitlines() if "::" in line]


def test_names_are_the_same_in_every_process():
    first = collected("1")
    assert len(first) > 1000
    assert first == collected("2")
