"""The reader itself: one file in, answers out, nothing else.

Started by ``process`` as a fresh interpreter. It knows neither Django nor the settings.
"""

import json
import sys

from accounts.file_reader import confinement
from accounts.file_reader.answers import UnusableFile


def main() -> None:
    """Read the order, confine this process, then read the file and answer."""
    order = json.loads(sys.argv[1])
    confinement.limit(order["memory_bytes"], order["cpu_seconds"])
    deed = _deed(order["deed"])
    try:
        confinement.seal()
        content = sys.stdin.buffer.read()
        for facts, body in deed(content, **order["options"]):
            _answer(facts, body)
        _answer({"end": True})
    except UnusableFile as wrong:
        _answer({"refused": str(wrong)})
    except confinement.Unconfined:
        _answer({"stopped": "unconfined"})
    except MemoryError:
        _answer({"stopped": "memory"})


def _deed(name: str):
    """What was asked for. Its libraries are loaded here: afterwards no file can be opened."""
    if name == "table":
        from accounts.file_reader.tables import table

        return table
    from accounts.file_reader.kinds import kind
    from accounts.file_reader.pictures import pictures

    return {"kind": kind, "pictures": pictures}[name]


def _answer(facts: dict, body: bytes = b"") -> None:
    line = json.dumps({**facts, "bytes": len(body)}).encode()
    sys.stdout.buffer.write(line + b"\n" + body)
    sys.stdout.buffer.flush()
