import pytest
from hypothesis import given
from hypothesis import strategies as some

from commissioning.sealing import TamperedEnvelope, WrongEnvelope
from commissioning.sealing.plaintext import packed, unpacked

HEADER = {"bid": "BD-1", "lot": 1}


@given(some.binary(max_size=3000), some.text(max_size=40))
def test_unpacked_gives_back_what_was_packed(content, reference):
    header = {"bid": reference, "lot": 1}

    assert unpacked(packed(header, content, block=64), header, block=64) == content


@given(some.text(max_size=20), some.text(max_size=20))
def test_unpacked_under_another_header(one, other):
    whole = packed({"bid": one}, b"content", block=64)

    if one != other:
        with pytest.raises(WrongEnvelope):
            unpacked(whole, {"bid": other}, block=64)


def test_packed_prices_are_equally_long():
    lengths = {len(packed(HEADER, b"9" * digits, block=4096)) for digits in range(1, 100)}

    assert lengths == {4096}


@pytest.mark.parametrize("whole", [b"", b"\0" * 64, b"short"])
def test_unpacked_of_what_was_never_packed(whole):
    with pytest.raises(TamperedEnvelope):
        unpacked(whole, HEADER, block=64)
