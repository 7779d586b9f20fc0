"""The lists behind the detectors."""

import pytest

from commissioning.award_model import word_lists


@pytest.mark.parametrize("name", ["VAGUE", "ABOUT_BIDDER", "COMPARISONS"])
def test_every_rule_says_what_to_do(name):
    for pattern, explanation in getattr(word_lists, name).rules:
        assert len(explanation) > 10
        assert not pattern.search("")


@pytest.mark.parametrize("words", [word_lists.VAGUE, word_lists.COMPARISONS])
@pytest.mark.parametrize("text", ["A ROBUST plan", "Wider than theirs", "Nothing here", "Etc"])
def test_quick_look_finds_what_the_rules_find(words, text):
    found = any(pattern.search(text) for pattern, _explanation in words.rules)
    assert bool(words.any_of.search(text.lower())) == found


def test_ordinary_words_are_kept_as_texts_are_read():
    assert "policie" in word_lists.ORDINARY_WORDS
    assert not [word for word in word_lists.ORDINARY_WORDS if word != word.casefold()]


@pytest.mark.parametrize("form", ["Ltd", "Limited", "PLC", "LLP", "CIC", "ltd."])
def test_legal_forms_are_taken_off(form):
    assert word_lists.LEGAL_FORMS.sub("", f"Acme {form}").strip() == "Acme"
