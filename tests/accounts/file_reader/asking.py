"""Asking the reader about a file, and a reader whose parser was taken over."""

import io
import tempfile
from pathlib import Path

from accounts.file_reader import CHECKS, Answer, Queue, ask, process

# What every reader does before it reads, and then whatever an attacker likes.
TAKEN_OVER = """
import sys
sys.path.append(sys.argv.pop())
import ctypes, errno, json, os, signal, socket, time
from accounts.file_reader import confinement
order = json.loads(sys.argv[1])
confinement.limit(order["memory_bytes"], order["cpu_seconds"])
confinement.seal()
def say(**facts):
    sys.stdout.write(json.dumps(facts) + "\\n")
    sys.stdout.flush()
"""


def take_over(monkeypatch, body: str) -> None:
    """Let every reader that is started from now on run ``body`` behind the same walls."""
    monkeypatch.setattr(process, "START", TAKEN_OVER + body)


def answers(
    deed: str, content: bytes, folder: Path, queue: Queue = CHECKS, **options
) -> list[Answer]:
    """All answers about the content."""
    with tempfile.TemporaryFile() as held:
        held.write(content)
        held.flush()
        return list(ask(deed, held, queue=queue, locks=folder, **options))


def facts(deed: str, content: bytes, folder: Path, **options) -> dict:
    """The facts of the first answer."""
    return answers(deed, content, folder, **options)[0].facts


def opened(content: bytes = b"") -> io.BufferedRandom:
    """The content as an open file."""
    held = tempfile.TemporaryFile()  # noqa: SIM115 (closed by whoever asked for it)
    held.write(content)
    held.flush()
    return held


def in_words(code: str) -> str:
    """A line of Python that says how the kernel answers to ``code``."""
    return (
        f"try:\n    {code}\n    say(outcome='done')\n"
        "except OSError as wrong:\n    say(outcome=errno.errorcode[wrong.errno])\n"
        "except MemoryError:\n    say(outcome='no memory')\n"
        "say(end=True)\n"
    )
