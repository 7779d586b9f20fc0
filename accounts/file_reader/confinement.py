"""What the reader gives up before it reads the first byte: Linux on x86-64 and on 64-bit ARM.

Two steps. ``limit`` sets limits that only ever shrink: memory, processor time, no file written, no
further process, no core left behind. ``seal`` hands the kernel a list of the few calls that
arithmetic and an open pipe need, and every other call is refused from then on, for good: opening a
file, a socket, another process, a signal to one. A parser that is taken over has its own input,
its own output and its own memory.
"""

import ctypes
import platform
import resource
import signal
import struct

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
REFUSE, ALLOW, KILL = 0x0005_0001, 0x7FFF_0000, 0x8000_0000  # the first with "not permitted"
LOAD, SAME, RETURN = 0x20, 0x15, 0x06
NUMBER_AT, ARCHITECTURE_AT = 0, 4
MOST_OPEN_FILES = 64

# The kernel's own numbers, by architecture: its name for audits, then the calls.
CALLS = {
    "x86_64": (
        0xC000003E,
        {
            "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10,
            "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15,
            "pread64": 17, "writev": 20, "sched_yield": 24, "mremap": 25, "madvise": 28,
            "getpid": 39, "exit": 60, "sigaltstack": 131, "gettid": 186, "futex": 202,
            "restart_syscall": 219, "clock_gettime": 228, "exit_group": 231, "getrandom": 318,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "close": 57, "lseek": 62, "read": 63, "write": 64, "writev": 66, "pread64": 67,
            "fstat": 80, "exit": 93, "exit_group": 94, "futex": 98, "clock_gettime": 113,
            "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134,
            "rt_sigprocmask": 135, "rt_sigreturn": 139, "getpid": 172, "gettid": 178, "brk": 214,
            "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233,
            "getrandom": 278,
        },
    ),
}  # fmt: skip


class Unconfined(OSError):
    """This machine cannot restrict the reader, so that the reader must not read."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Set the limits, and die with whoever started this process."""
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    _control(PR_SET_PDEATHSIG, signal.SIGKILL)
    _control(PR_SET_DUMPABLE, 0)
    _control(PR_SET_NO_NEW_PRIVS, 1)


def seal() -> None:
    """Refuse every call to the kernel that is not on the list. Raises ``Unconfined``."""
    if platform.machine() not in CALLS:
        raise Unconfined(f"There is no list of calls for {platform.machine()}.")
    written = program(*CALLS[platform.machine()])
    held = ctypes.create_string_buffer(written, len(written))
    filter_ = _Program(len(written) // 8, ctypes.cast(held, ctypes.c_void_p))
    _control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter_))


def program(architecture: int, calls: dict[str, int]) -> bytes:
    """The list as the kernel reads it: a call of another architecture ends the process."""
    numbers = sorted(calls.values())
    lines = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (SAME, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        *((SAME, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _control(option: int, *values) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    given = [v if not isinstance(v, int) else ctypes.c_ulong(v) for v in values]
    given += [ctypes.c_ulong(0)] * (4 - len(given))
    if library.prctl(option, *given) != 0:
        raise Unconfined(ctypes.get_errno(), f"The kernel refused option {option}.")
