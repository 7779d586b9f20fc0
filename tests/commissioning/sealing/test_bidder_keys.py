import pytest

from commissioning.sealing import BadSealingKey, draft_key, envelope_key
from tests.commissioning.sealing.samples import SEALING_KEY


def test_key_of_the_same_bid_is_the_same():
    first, second = (envelope_key(SEALING_KEY, exercise="EX-1", bid="BD-1") for _ in range(2))

    assert first == second
    assert len(first) == 32


def test_keys_differ_by_bid_exercise_purpose_and_secret():
    keys = {
        envelope_key(SEALING_KEY, exercise="EX-1", bid="BD-1"),
        envelope_key(SEALING_KEY, exercise="EX-1", bid="BD-2"),
        envelope_key(SEALING_KEY, exercise="EX-2", bid="BD-1"),
        envelope_key(SEALING_KEY[::-1], exercise="EX-1", bid="BD-1"),
        draft_key(SEALING_KEY, exercise="EX-1", bid="BD-1"),
    }

    assert len(keys) == 5


def test_keys_differ_where_references_run_together():
    assert envelope_key(SEALING_KEY, exercise="A", bid="BC") != envelope_key(
        SEALING_KEY, exercise="AB", bid="C"
    )


@pytest.mark.parametrize("length", [0, 31, 65])
@pytest.mark.parametrize("form", [envelope_key, draft_key])
def test_key_from_a_secret_of_a_bad_length(form, length):
    with pytest.raises(BadSealingKey, match=f"not {length}"):
        form(b"x" * length, exercise="EX-1", bid="BD-1")
