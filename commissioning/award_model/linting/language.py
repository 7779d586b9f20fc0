"""Wording: about the bidder in general, or not specific and measurable."""

from collections.abc import Iterator

from commissioning.award_model.model import AwardModel, Criterion, Lot
from commissioning.award_model.remarks import Remark, named, warning
from commissioning.award_model.terms import CriterionKind
from commissioning.award_model.wording import (
    Passage,
    about_bidder,
    is_tied_to_contract,
    vague_words,
)

_S23 = "Procurement Act 2023, s.23"


def language_remarks(model: AwardModel) -> Iterator[Remark]:
    """One remark for each text and fault, naming every word found."""
    for lot in model.lots:
        for criterion in lot.tree():
            if criterion.kind is not CriterionKind.PRICE:
                yield from _criterion(model, lot, criterion)
    for condition in model.conditions:
        yield from _vague(f"condition “{condition.title}”", condition.text)
    for term in model.terms:
        yield from _vague(f"term “{term.title}”", f"{term.text}\n{term.target}")


def _criterion(model: AwardModel, lot: Lot, criterion: Criterion) -> Iterator[Remark]:
    asked = f"{criterion.title}\n{criterion.asks}"
    general = about_bidder(asked)
    if general and not is_tied_to_contract(asked, model.subject_matter):
        yield warning(
            "about_the_bidder",
            f"{named(criterion)} asks about the bidder in general: {_listed(general)}.",
            "Award criteria relate to the subject-matter of the contract. What a bidder is belongs "
            "into the conditions of participation.",
            basis=_S23,
            lot=lot,
            criterion=criterion,
        )
    yield from _vague(
        named(criterion), f"{criterion.asks}\n{criterion.guidance}", lot=lot, criterion=criterion
    )


def _vague(name: str, text: str, **where) -> Iterator[Remark]:
    found = vague_words(text)
    if found:
        yield warning(
            "wording_not_measurable",
            f"{name[:1].upper()}{name[1:]} can be read in several ways: {_listed(found)}.",
            "Award criteria are clear, measurable and specific. Two readers should measure the "
            "same.",
            basis=_S23,
            **where,
        )


def _listed(passages: tuple[Passage, ...]) -> str:
    """Each word once, with what to do: “robust” (name the parts that have to be there)."""
    unique = {one.words.casefold(): one for one in passages}.values()
    return "; ".join(f"“{one.words}” ({one.explanation})" for one in unique)
