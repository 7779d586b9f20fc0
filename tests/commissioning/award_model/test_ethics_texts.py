"""Ready wording for ethical standards."""

import pytest

from commissioning.award_model.ethics_texts import (
    ETHICS_TEXTS,
    PROPOSED_CONDITIONS,
    PROPOSED_CRITERIA,
    PROPOSED_TERMS,
)
from commissioning.award_model.wording import vague_words
from principles.packs import FRAMEWORKS, read_pack


@pytest.fixture(scope="module")
def expectations():
    pack = read_pack(FRAMEWORKS / "seven-principles-2026.1.yaml")
    return {row.code for row in pack.criteria if row.is_assessable}


def test_every_text_is_for_an_expectation_of_our_edition(expectations):
    assert set(ETHICS_TEXTS) <= expectations


def test_what_is_proposed_has_a_text():
    for codes in (PROPOSED_CONDITIONS, PROPOSED_CRITERIA, PROPOSED_TERMS):
        assert set(codes) <= set(ETHICS_TEXTS)


@pytest.mark.parametrize("code", ETHICS_TEXTS)
def test_wording_is_specific_and_about_this_contract(code):
    text = ETHICS_TEXTS[code]
    for name in ("condition", "asks", "guidance", "term", "target"):
        assert vague_words(getattr(text, name)) == ()
    assert "this contract" in text.asks
    assert text.evidence


def test_no_text_is_used_twice():
    for name in ("condition", "asks", "guidance", "term"):
        texts = [getattr(text, name) for text in ETHICS_TEXTS.values()]
        assert len(set(texts)) == len(texts)
