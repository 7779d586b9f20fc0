"""What a bid says, in templates."""

from decimal import Decimal

from django import template

from accounts.numbers import POUNDS, NotANumber, read_number
from commissioning.award_model.bid_parts import count_words
from commissioning.award_model.exclusion import GROUND_BY_CODE, Ground

register = template.Library()


@register.filter
def grounds_that_apply(content: dict) -> list[tuple[Ground, str]]:
    """The grounds that the bidder said yes to, each with its words."""
    said = content.get("grounds", {})
    return [(GROUND_BY_CODE[code], words) for code, words in said.items() if code in GROUND_BY_CODE]


@register.filter
def grounds_of(participation) -> list[tuple[Ground, str]]:
    """The same of an opened declaration."""
    return grounds_that_apply({"grounds": participation.grounds})


@register.filter
def word_count(text: str | None) -> int:
    return count_words(text or "")


@register.filter
def as_amount(typed: str | None) -> Decimal | None:
    """An amount as it was typed into a draft; None where it is none."""
    try:
        return read_number(typed or "", POUNDS)
    except NotANumber:
        return None
