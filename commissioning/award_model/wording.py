"""What gives wording away: vague words, the bidder in general, bid against bid.

These are lists of words, not understanding. They point a person to a place and say why; a person
decides. What each list holds is the whole rule, and ``docs/procurement-rules.md`` says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from commissioning.award_model.word_lists import (
    ABOUT_BIDDER,
    COMPARISONS,
    LEGAL_FORMS,
    ORDINARY_WORDS,
    TIED_TO_CONTRACT,
    VAGUE,
    WordList,
)


@dataclass(frozen=True)
class Passage:
    """A place in a text: ``text[start:end]`` is ``words``; ``explanation`` says what to do."""

    start: int
    end: int
    words: str
    explanation: str


def vague_words(text: str) -> tuple[Passage, ...]:
    """Words that two readers would measure differently, each with what to write instead.

    A word is let pass where its sentence holds a figure ("timely, within 2 working days").
    """
    found = _passages(VAGUE, text)
    if not found:
        return ()
    measured = [span for span in _sentences(text) if re.search(r"\d", text[slice(*span)])]
    return tuple(
        passage
        for passage in found
        if not any(start <= passage.start < end for start, end in measured)
    )


def about_bidder(text: str) -> tuple[Passage, ...]:
    """Words about the bidder in general: its past, its size, its policies."""
    return _passages(ABOUT_BIDDER, text)


def is_tied_to_contract(text: str, subject_matter: str) -> bool:
    """Whether a text speaks of this contract: by such a phrase, or by a word of its subject-matter.

    Ordinary words, and words of under five letters, are no sign; a plural is taken for its
    singular.
    """
    if TIED_TO_CONTRACT.search(text):
        return True
    return bool(_telling_words(subject_matter) & _telling_words(text))


def comparisons(text: str, other_bidders: Iterable[str] = ()) -> tuple[Passage, ...]:
    """Words that compare bid with bid, or name another bidder.

    ``other_bidders`` are the names of all bidders but this one; "Ltd" and the like are ignored.
    What is measured against the criterion ("better than the minimum") is let pass.
    """
    return _apart([*_passages(COMPARISONS, text), *_names(text, other_bidders)])


@dataclass(frozen=True)
class BidReference:
    """Signs that a rationale refers to the bid. ``missing_quotes`` stand nowhere in the bid."""

    signs: tuple[str, ...]
    missing_quotes: tuple[str, ...] = ()

    @property
    def is_found(self) -> bool:
        return bool(self.signs)

    @property
    def words(self) -> str:
        """What a page says. It never says that a rationale is good."""
        if self.missing_quotes:
            quotes = "; ".join(f"“{quote}”" for quote in self.missing_quotes)
            return f"This is given as a quotation and does not stand in the answer: {quotes}."
        if self.signs:
            return f"It refers to the bid: {', '.join(self.signs)}."
        return (
            "Nothing in it points to the bid. Say what the bid offers and where it says so, for "
            "example a page or a quotation. This check looks for signs only and can be wrong."
        )


_PLACE = re.compile(
    r"\b(?:pages?|pp?\.|sections?|paragraphs?|paras?\.?|appendix|annex|table|figure|answer)\s*"
    r"(?:\d[\d.]*|[A-Z]\b)",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"\b(?:the|this) (?:bid|tender|bidder|tenderer|response|answer|submission|proposal|provider|"
    r"supplier)\b(?:'s|’s)? (?:\w+ )?(?:says|states|sets out|describes|commits|proposes|offers|"
    r"explains|shows|names|gives|lists|does not|did not|omits|will|plan|plans|provides|includes|"
    r"demonstrates|identifies|evidences|has)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[“\"‘]([^“”\"‘’]{8,}?)[”\"’]")
_FIGURE = re.compile(r"\b\d[\d,.]*\d\b|\b\d+\b")
_RUN_OF_WORDS = 4


def refers_to_bid(text: str, bid_text: str = "") -> BidReference:
    """Signs that a rationale refers to the bid: places, attributions, quotations, figures, words.

    With ``bid_text`` quotations are looked up, and figures and runs of four words that both hold
    count too. It finds signs, not sense.
    """
    signs = []
    if _PLACE.search(text):
        signs.append("it names a place in the bid")
    if _ATTRIBUTION.search(text):
        signs.append("it says what the bid does")
    quotes = [quote.strip() for quote in _QUOTE.findall(text)]
    plain_bid = _plain(bid_text)
    missing = tuple(q for q in quotes if bid_text and _plain(q) not in plain_bid)
    if len(quotes) > len(missing):
        signs.append("it quotes")
    if bid_text and set(_FIGURE.findall(text)) & set(_FIGURE.findall(bid_text)):
        signs.append("it gives a figure of the bid")
    if bid_text and _runs(text) & _runs(bid_text):
        signs.append("it uses words of the bid")
    return BidReference(tuple(signs), missing)


def repeats(text: str, sources: Iterable[str]) -> bool:
    """Whether a text says next to nothing that ``sources`` (criterion, scale) do not say already.

    True where at least nine in ten of its telling words stand in the sources. A text without any
    telling word says nothing, and is no repetition.
    """
    own = _telling_words(text)
    known = set().union(*(_telling_words(source) for source in sources))
    return bool(own) and len(own & known) * 10 >= len(own) * 9


def _passages(words: WordList, text: str) -> tuple[Passage, ...]:
    if not words.any_of.search(text.lower()):
        return ()
    return _apart(
        Passage(match.start(), match.end(), match.group(), explanation)
        for pattern, explanation in words.rules
        for match in pattern.finditer(text)
    )


def _apart(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """In reading order; of passages that overlap, the first and longest stays."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda one: (one.start, -one.end, one.explanation)):
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return tuple(kept)


def _names(text: str, other_bidders: Iterable[str]) -> list[Passage]:
    found = []
    for name in other_bidders:
        core = LEGAL_FORMS.sub("", name).strip(" ,.")
        if len(core) < 3:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(core)}(?!\w)", text, re.IGNORECASE):
            explanation = f"{name} is another bidder: judge this bid by the criterion alone."
            found.append(Passage(match.start(), match.end(), match.group(), explanation))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.!?;\n]+(?:\.(?=\d)[^.!?;\n]+)*", text)]


def _telling_words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{5,}", text.casefold())
    return {word.removesuffix("s") for word in words} - ORDINARY_WORDS


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every run of four words, at least two of them telling."""
    words = re.findall(r"\w+", text.casefold())
    runs = zip(*(words[start:] for start in range(_RUN_OF_WORDS)), strict=False)
    return {run for run in runs if len(_telling_words(" ".join(run))) >= 2}
