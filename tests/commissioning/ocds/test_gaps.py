"""Every gap code has a meaning, in a sentence."""

import re
from pathlib import Path

import pytest

from commissioning import ocds


@pytest.mark.parametrize("code", ocds.GAPS)
def test_meaning_is_a_sentence(code):
    assert ocds.meaning_of(code).endswith(".")
    assert re.fullmatch(r"[a-z_]+", code)


def test_unknown_code_raises():
    with pytest.raises(KeyError):
        ocds.meaning_of("made_up")


def test_every_code_that_the_package_writes_is_explained():
    source = "".join(path.read_text() for path in Path(ocds.__file__).parent.glob("*.py"))
    written = set(re.findall(r"gaps\.add\(\"(\w+)\"\)|codes\.add\(\"(\w+)\"\)", source))
    assert {one or other for one, other in written} <= set(ocds.GAPS)
