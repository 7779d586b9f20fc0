"""Start a reader for one file, hear its answers, and end it.

How many readers there are at once on one volume of files is bounded by locks in a folder there,
which the kernel gives back when a process dies.
"""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from accounts.file_reader.answers import (
    MOST_BODY_BYTES,
    MOST_FACTS_BYTES,
    Answer,
    ReaderStopped,
    ReaderUnavailable,
    UnusableFile,
)

ROOT = Path(__file__).resolve().parents[2]
# Isolated: neither the folder at hand nor variables nor a user's packages decide what is loaded.
START = (
    "import sys; sys.path.append(sys.argv.pop()); import accounts.file_reader.child as c; c.main()"
)
MEGABYTE = 1024 * 1024
WHY_STOPPED = {
    "crash": "The file could not be read: it made our reader stop. Save it anew and try again",
    "time": "The file could not be read: it takes too long. Save it anew, or split it",
    "memory": "The file could not be read: it takes too much memory. Save it anew, or split it",
    "nonsense": "The file could not be read: our reader gave no sensible answer",
    "busy": "Many files are being read just now. Try again in a minute",
    "unconfined": "Files cannot be read on this server. Tell the operator of this service",
}
NOT_THE_FILES_FAULT = ("busy", "unconfined")


@dataclass(frozen=True)
class Queue:
    """Readers of one sort: how many at once, how long one waits for its turn, what each may take.

    ``seconds`` is the time by the clock for each answer, ``cpu_seconds`` for the whole file.
    """

    name: str
    readers: int
    waits_seconds: float
    seconds: float
    cpu_seconds: int
    memory_bytes: int


# Somebody waits at a form for the first; the second is the worker's, which has two processes.
CHECKS = Queue("check", 2, 10, 10, 10, 768 * MEGABYTE)
DRAWING = Queue("drawing", 2, 60, 20, 240, 768 * MEGABYTE)


def ask(deed: str, content: BinaryIO, *, queue: Queue, locks: Path, **options) -> Iterator[Answer]:
    """The reader's answers about the file open as ``content``, one by one.

    ``content`` is an open file with a descriptor of its own. Raises ``UnusableFile`` with the
    reason where the file is refused, and ``ReaderStopped`` where the reader crashed, took too long
    or too much, or found no turn. The reader is gone when the iterator is.
    """
    order = {
        "deed": deed,
        "options": options,
        "cpu_seconds": queue.cpu_seconds,
        "memory_bytes": queue.memory_bytes,
    }
    content.seek(0)
    with _turn(queue, locks), _started(order, content) as child:
        stream = _Stream(child.stdout.fileno(), queue.seconds)
        while True:
            facts = stream.facts()
            if "refused" in facts:
                raise UnusableFile(str(facts["refused"])[:300])
            if "stopped" in facts:
                raise _stopped(str(facts["stopped"]))
            if "end" in facts:
                return
            size = facts.pop("bytes", 0)
            if not isinstance(size, int) or not 0 <= size <= MOST_BODY_BYTES:
                raise _stopped("nonsense")
            yield Answer(facts, stream.body(size))


def _stopped(why: str) -> ReaderStopped:
    sort = ReaderUnavailable if why in NOT_THE_FILES_FAULT else ReaderStopped
    return sort(WHY_STOPPED.get(why, WHY_STOPPED["nonsense"]))


@contextmanager
def _turn(queue: Queue, locks: Path):
    """Hold one of the queue's places."""
    locks.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + queue.waits_seconds
    places = [os.open(locks / f"{queue.name}-{at}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
              for at in range(queue.readers)]  # fmt: skip
    try:
        while not any(_held(place) for place in places):
            if time.monotonic() >= until:
                raise _stopped("busy")
            time.sleep(0.05)
        yield
    finally:
        for place in places:
            os.close(place)


def _held(place: int) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _started(order: dict, content: BinaryIO):
    """The child, in a session of its own and with an empty environment; killed at the end."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", START, json.dumps(order), str(ROOT)],
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    try:
        yield child
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()


class _Stream:
    """What comes out of the child, never waited for longer than agreed nor larger than agreed."""

    def __init__(self, descriptor: int, seconds: float):
        self.descriptor, self.seconds, self.held = descriptor, seconds, bytearray()
        self.until = 0.0

    def facts(self) -> dict:
        """The next line."""
        self.until = time.monotonic() + self.seconds
        looked = 0
        while (end := self.held.find(b"\n", looked)) < 0:
            looked = len(self.held)
            if looked > MOST_FACTS_BYTES:
                raise _stopped("nonsense")
            self._more()
        line = bytes(self.held[:end])
        del self.held[: end + 1]
        try:
            facts = json.loads(line)
        except ValueError as wrong:
            raise _stopped("nonsense") from wrong
        if not isinstance(facts, dict):
            raise _stopped("nonsense")
        return facts

    def body(self, size: int) -> bytes:
        """As many bytes as the line said."""
        while len(self.held) < size:
            self._more()
        body = bytes(self.held[:size])
        del self.held[:size]
        return body

    def _more(self) -> None:
        poll = select.poll()
        poll.register(self.descriptor, select.POLLIN)
        left = self.until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise _stopped("time")
        got = os.read(self.descriptor, MEGABYTE)
        if not got:
            raise _stopped("crash")
        self.held += got
