"""Just enough DER to read a CMS signature: tags, lengths and contents, strictly."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTET_STRING, OBJECT_ID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
CONTEXT_0 = 0xA0


class BadDer(ValueError):
    """The bytes are not what they should be at this place."""


@dataclass(frozen=True)
class Node:
    """One element: its tag, its content, and all of its bytes."""

    tag: int
    content: bytes
    encoded: bytes

    def children(self) -> tuple["Node", ...]:
        return tuple(_read(self.content))

    def expect(self, tag: int) -> "Node":
        if self.tag != tag:
            raise BadDer(f"expected tag {tag:#x}, found {self.tag:#x}")
        return self


def parse(data: bytes) -> Node:
    """The one element that `data` is."""
    nodes = tuple(_read(data))
    if len(nodes) != 1:
        raise BadDer("expected exactly one element")
    return nodes[0]


def _read(data: bytes) -> Iterator[Node]:
    position = 0
    while position < len(data):
        start = position
        length, position = _length(data, position + 1)
        end = position + length
        if end > len(data):
            raise BadDer("an element runs past the end")
        yield Node(data[start], data[position:end], data[start:end])
        position = end


def _length(data: bytes, position: int) -> tuple[int, int]:
    if position >= len(data):
        raise BadDer("an element has no length")
    first = data[position]
    if first < 0x80:
        return first, position + 1
    count = first & 0x7F
    digits = data[position + 1 : position + 1 + count]
    if not 1 <= count <= 4 or len(digits) != count:
        raise BadDer("a length cannot be read")
    return int.from_bytes(digits, "big"), position + 1 + count
