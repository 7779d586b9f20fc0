from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commissioning.sealing import (
    DraftContext,
    TamperedEnvelope,
    WrongEnvelope,
    draft_key,
    envelope_key,
    open_draft,
    seal_draft,
)
from tests.commissioning.sealing.samples import SEALING_KEY

CONTEXT = DraftContext("EX-1", "BD-1", "quality.1")
KEY = draft_key(SEALING_KEY, exercise="EX-1", bid="BD-1")


@given(some.text(max_size=3000))
def test_draft_reads_as_it_was_typed(text):
    sealed = seal_draft(text.encode(), CONTEXT, draft_key=KEY)

    assert open_draft(sealed, CONTEXT, draft_key=KEY).decode() == text


@given(some.data())
def test_draft_with_one_bit_changed(data):
    changed = bytearray(seal_draft(b"A draft", CONTEXT, draft_key=KEY))
    changed[data.draw(some.integers(0, len(changed) - 1))] ^= 1 << data.draw(some.integers(0, 7))

    with pytest.raises(TamperedEnvelope):
        open_draft(bytes(changed), CONTEXT, draft_key=KEY)


@pytest.mark.parametrize("change", [{"exercise": "EX-2"}, {"bid": "BD-2"}, {"section": "x"}])
def test_draft_in_the_place_of_another(change):
    sealed = seal_draft(b"A draft", CONTEXT, draft_key=KEY)

    with pytest.raises(WrongEnvelope):
        open_draft(sealed, replace(CONTEXT, **change), draft_key=KEY)


@pytest.mark.parametrize(
    "key",
    [
        draft_key(SEALING_KEY, exercise="EX-1", bid="BD-2"),
        envelope_key(SEALING_KEY, exercise="EX-1", bid="BD-1"),
    ],
    ids=["another bid", "another purpose"],
)
def test_draft_under_another_key(key):
    sealed = seal_draft(b"A draft", CONTEXT, draft_key=KEY)

    with pytest.raises(TamperedEnvelope):
        open_draft(sealed, CONTEXT, draft_key=key)


def test_draft_that_was_cut_short():
    with pytest.raises(TamperedEnvelope):
        open_draft(b"", CONTEXT, draft_key=KEY)
