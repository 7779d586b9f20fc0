"""What the reader answers, and what goes wrong; known on both sides of the pipe."""

from dataclasses import dataclass

# A line of facts, and the bytes that may follow it: more is no honest answer.
MOST_FACTS_BYTES = 16 * 1024 * 1024
MOST_BODY_BYTES = 64 * 1024 * 1024


class UnusableFile(ValueError):
    """The file cannot be used. ``str()`` says why and what to do."""


class ReaderStopped(UnusableFile):
    """The reader ended, or was ended, before it had answered. ``str()`` says why."""


class ReaderUnavailable(ReaderStopped):
    """The file was not looked at: there was no turn, or this machine cannot restrict a reader."""


@dataclass(frozen=True)
class Answer:
    """Facts about the file, and the bytes that were made of it."""

    facts: dict
    body: bytes = b""
