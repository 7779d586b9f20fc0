"""An award model in templates: outline, sentences, figures."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from commissioning.award_model import outline as reading
from commissioning.award_model.model import AwardModel, Lot, PriceRule, Scale, SocialValueRule
from commissioning.award_model.remarks import shown

register = template.Library()

HUNDREDTH = Decimal("0.01")


@register.filter
def outline(lot: Lot) -> reading.Level:
    """The criteria of a lot with what each counts overall."""
    return reading.outline(lot)


@register.filter
def price_sentences(rule: PriceRule) -> tuple[str, ...]:
    return reading.price_sentences(rule)


@register.filter
def social_value_sentence(rule: SocialValueRule) -> str:
    return reading.social_value_sentence(rule)


@register.filter
def figure(number: Decimal | None) -> str:
    """A number to two decimal places, without trailing zeros; empty for None."""
    if number is None:
        return ""
    return shown(number.quantize(HUNDREDTH, ROUND_HALF_UP))


@register.filter
def scale_named(model: AwardModel, code: str) -> Scale | None:
    """The scale of a model with this code."""
    return model.scale(code)


@register.filter
def titled(names: dict[str, str] | None, code: str) -> str:
    """What a code stands for, with the code; the code alone where its title is not known."""
    title = (names or {}).get(code)
    return f"{title} ({code})" if title else code
