"""A parser that is taken over finds nothing to take."""

import os
import struct

import pytest

from accounts.file_reader import ReaderUnavailable, UnusableFile
from accounts.file_reader.confinement import CALLS, program
from tests.accounts.file_reader.asking import answers, facts, in_words, take_over


@pytest.mark.parametrize(
    "attack",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.socketpair()",
        "open('/etc/passwd')",
        "open(f'/proc/{os.getppid()}/environ', 'rb')",
        "open('/tmp/left-behind', 'w')",
        "os.listdir('/')",
        "os.fork()",
        "os.execv('/bin/sh', ['sh', '-c', 'true'])",
        "os.kill(os.getppid(), signal.SIGKILL)",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os.unlink('/tmp/anything')",
        "os.memfd_create('code')",
        "os.pipe()",
        "os.setuid(0)",
    ],
)
def test_kernel_refuses_what_reading_does_not_need(monkeypatch, tmp_path, attack):
    attack = attack.replace("os.getppid()", str(os.getpid()))
    take_over(monkeypatch, in_words(attack))
    assert facts("kind", b"", tmp_path) == {"outcome": "EPERM"}


@pytest.mark.parametrize("number", [101, 272, 308, 310, 425, 0x40000000 + 41])
def test_kernel_refuses_calls_that_python_has_no_name_for(monkeypatch, tmp_path, number):
    """ptrace, unshare, setns, process_vm_readv, io_uring, and a socket by the other numbering."""
    body = f"""
library = ctypes.CDLL(None, use_errno=True)
say(outcome=library.syscall({number}, 0, 0, 0, 0), why=ctypes.get_errno())
say(end=True)
"""
    take_over(monkeypatch, body)
    assert facts("kind", b"", tmp_path) == {"outcome": -1, "why": 1}


def test_limits_cannot_be_raised_again(monkeypatch, tmp_path):
    take_over(
        monkeypatch,
        in_words("__import__('resource').setrlimit(__import__('resource').RLIMIT_AS, (-1, -1))"),
    )
    with pytest.raises(UnusableFile):
        answers("kind", b"", tmp_path)


def test_reader_sees_no_variable_and_no_open_file_of_the_service(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "the secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@host/name")
    held = os.open("/etc/hostname", os.O_RDONLY)
    os.set_inheritable(held, True)
    body = """
def is_open(number):
    try:
        os.lseek(number, 0, os.SEEK_CUR)
    except OSError as wrong:
        return wrong.errno != errno.EBADF
    return True
say(environment=dict(os.environ), open=[n for n in range(60) if is_open(n)], folder=sys.path[0])
say(end=True)
"""
    take_over(monkeypatch, body)
    try:
        found = facts("kind", b"", tmp_path)
    finally:
        os.close(held)
    assert found["environment"].keys() <= {"LANG", "LC_CTYPE"}
    assert found["open"] == [0, 1, 2]


def test_memory_has_an_end(monkeypatch, tmp_path):
    take_over(monkeypatch, in_words("bytearray(2 * 1024**3)"))
    assert facts("kind", b"", tmp_path) == {"outcome": "no memory"}


def test_machine_that_cannot_restrict_reads_nothing(monkeypatch, tmp_path):
    body = """
import platform
platform.machine = lambda: "sparc"
from accounts.file_reader import child
child.main()
"""
    monkeypatch.setattr(
        "accounts.file_reader.process.START", "import sys; sys.path.append(sys.argv.pop())" + body
    )
    with pytest.raises(ReaderUnavailable, match="cannot be read on this server"):
        answers("kind", b"a,b\n", tmp_path)


@pytest.mark.parametrize("machine", CALLS)
def test_program_allows_the_calls_of_the_list_and_no_other(machine):
    """The filter is run here as the kernel runs it, over every number."""
    architecture, calls = CALLS[machine]
    held = program(architecture, calls)
    lines = [struct.unpack("=HBBI", held[at : at + 8]) for at in range(0, len(held), 8)]

    def outcome(number: int, of: int) -> int:
        at, loaded = 0, 0
        while True:
            code, yes, no, value = lines[at]
            if code == 0x06:
                return value
            if code == 0x20:
                loaded = {0: number, 4: of}[value]
            at += 1 + ((yes if loaded == value else no) if code == 0x15 else 0)

    allowed = {number for number in range(1024) if outcome(number, architecture) == 0x7FFF0000}
    assert allowed == set(calls.values())
    assert outcome(0, architecture + 1) == 0x80000000
    assert outcome(0x40000000, architecture) == 0x50001
