"""Reading what strangers upload, in a process of its own that can do nothing else.

No file of a stranger is parsed in a process that holds secrets, sessions or other people's
requests. ``ask`` starts a child for one file. The child limits itself before it reads the first
byte (``confinement``), is given the file as its standard input, and answers on its standard
output. Whatever becomes of it, crash, endless loop or exhausted memory, is one exception here.
"""

from accounts.file_reader.answers import Answer, ReaderStopped, ReaderUnavailable, UnusableFile
from accounts.file_reader.process import CHECKS, DRAWING, Queue, ask

__all__ = [
    "CHECKS",
    "DRAWING",
    "Answer",
    "Queue",
    "ReaderStopped",
    "ReaderUnavailable",
    "UnusableFile",
    "ask",
]
