"""The least weight that government policy asks for social value, by body, date and value.

Three policies follow one another: PPN 06/20, PPN 002 and PPN 026. The regime decides first: PPN
06/20 is for procurements under the Regulations of 2015, whatever their day. Under the Act what
counts is the day of the tender notice, not today's: a procurement keeps the policy under which it
began. They bind central government only; others may follow them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissioning.award_model.model import Criterion, Lot
from commissioning.award_model.terms import BodyCode, CriterionKind, RegimeCode, Standing

PPN_06_20, PPN_002, PPN_026 = "PPN 06/20", "PPN 002", "PPN 026"
PPN_06_20_FROM = date(2021, 1, 1)
PPN_002_MAY_FROM = date(2025, 2, 24)
PPN_002_MUST_FROM = date(2025, 10, 1)
PPN_026_FROM = date(2027, 1, 1)
PPN_026_FLOOR_GBP = Decimal(1_000_000)
PPN_026_LARGE_GBP = Decimal(5_000_000)
TEN, TWENTY = Decimal(10), Decimal(20)
HUNDRED = Decimal(100)

_BASIS = {
    PPN_06_20: "PPN 06/20 (September 2020): 10% of the total",
    PPN_002: "PPN 002 (February 2025), paragraph 10 as quoted by a third party: 10% of the total, "
    "or of the part that is not price where price and quality are divided",
    PPN_026: "PPN 026 (August 2026), as summarised by third parties: 10% from £1 million, 20% from "
    "£5 million with VAT, of the part that is not price where price and quality are divided",
}
_STANDING = {
    PPN_06_20: Standing.SOURCED,
    PPN_002: Standing.THIRD_PARTY,
    PPN_026: Standing.THIRD_PARTY,
}


@dataclass(frozen=True)
class SocialValueMinimum:
    """What is asked of one procurement.

    ``percent`` is None where no minimum binds or none can be told; ``is_binding`` says whether it
    must be kept. ``standing`` is None where no policy was found to apply.
    """

    policy: str
    percent: Decimal | None
    words: str
    basis: str = ""
    standing: Standing | None = None

    @property
    def is_binding(self) -> bool:
        return self.percent is not None


def social_value_minimum(
    *,
    regime: str,
    body_type: str,
    tender_notice_on: date | None,
    value_gbp: Decimal | None,
    method_divides: bool = False,
) -> SocialValueMinimum:
    """The minimum for a body, the day of its tender notice and the value with VAT.

    ``method_divides``: price and quality are divided, so that the share is of the rest.
    """
    unbound = _why_unbound(regime, body_type)
    if unbound:
        return SocialValueMinimum("", None, unbound)
    if tender_notice_on is None:
        return SocialValueMinimum(
            "",
            None,
            "Which minimum applies hangs on the day of the tender notice. Give the day on which "
            "you plan to publish it.",
        )
    if regime == RegimeCode.REGULATIONS_2015 and tender_notice_on >= PPN_06_20_FROM:
        return _ten_percent(PPN_06_20, method_divides)
    if tender_notice_on >= PPN_026_FROM:
        return _ppn_026(value_gbp, method_divides)
    if tender_notice_on >= PPN_002_MUST_FROM:
        return _ten_percent(PPN_002, method_divides)
    if tender_notice_on >= PPN_06_20_FROM:
        return _ten_percent(
            PPN_06_20, method_divides, may_take_002=tender_notice_on >= PPN_002_MAY_FROM
        )
    return SocialValueMinimum("", None, "No minimum weight applied before 1 January 2021.")


def _why_unbound(regime: str, body_type: str) -> str:
    """Why no minimum binds, in words; empty for a body that is bound."""
    if regime == RegimeCode.PROVIDER_SELECTION:
        return "This service holds no minimum weight under the Provider Selection Regime."
    if regime == RegimeCode.BELOW_THRESHOLD:
        return "The minimum weight does not apply below the threshold."
    if body_type == BodyCode.CENTRAL:
        return ""
    if body_type in (BodyCode.DEVOLVED_SCOTLAND, BodyCode.DEVOLVED_WALES) or (
        regime == RegimeCode.SCOTLAND
    ):
        return (
            "This service holds no minimum weight for devolved bodies. Follow the duties of "
            "Scotland or Wales yourself."
        )
    if body_type == BodyCode.OTHER:
        return (
            "Whether a minimum weight binds hangs on the kind of body, which is not known. It "
            "binds central government only."
        )
    return (
        "No minimum weight binds you: the policy is for central government. You may follow it, and "
        "your own policy may ask for one."
    )


def _ten_percent(
    policy: str, method_divides: bool, *, may_take_002: bool = False
) -> SocialValueMinimum:
    whole = "part that is not price" if method_divides and policy == PPN_002 else "total"
    words = f"Social value counts for at least 10% of the {whole} under {policy}."
    if may_take_002:
        words += " You may follow PPN 002 instead, which also asks for 10%."
    return SocialValueMinimum(policy, TEN, words, _BASIS[policy], _STANDING[policy])


def _ppn_026(value_gbp: Decimal | None, method_divides: bool) -> SocialValueMinimum:
    known = (_BASIS[PPN_026], _STANDING[PPN_026])
    if value_gbp is None:
        return SocialValueMinimum(
            PPN_026, None, "The minimum weight hangs on the value. Give the value.", *known
        )
    if value_gbp < PPN_026_FLOOR_GBP:
        return SocialValueMinimum(
            PPN_026, None, "PPN 026 asks for no minimum weight under £1 million.", *known
        )
    percent = TWENTY if value_gbp >= PPN_026_LARGE_GBP else TEN
    whole = "part that is not price" if method_divides else "total"
    words = f"Social value counts for at least {percent}% of the {whole} under PPN 026."
    return SocialValueMinimum(PPN_026, percent, words, *known)


def social_value_share(lot: Lot) -> Decimal:
    """What social value counts overall in a lot, in per cent.

    Where price is divided it has no weight, so the share is of the part that is not price.
    """
    return sum((_share_in(criterion, HUNDRED) for criterion in lot.criteria), Decimal(0))


def _share_in(criterion: Criterion, above: Decimal) -> Decimal:
    own = above * (criterion.weight_percent or Decimal(0)) / HUNDRED
    if not criterion.sub_criteria:
        return own if criterion.kind is CriterionKind.SOCIAL_VALUE else Decimal(0)
    return sum((_share_in(child, own) for child in criterion.sub_criteria), Decimal(0))
