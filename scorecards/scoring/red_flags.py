"""What a careful reader of a result should look into. A flag decides nothing by itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from accounts.numbers import pounds
from scorecards.scoring.award_inputs import AwardInput, BidInput, BidStanding
from scorecards.scoring.award_outcome import (
    AbnormallyLowFlag,
    BidResult,
    OutcomeState,
    RedFlag,
    RedFlagKind,
)
from scorecards.scoring.award_weights import price_leaf
from scorecards.scoring.award_words import listed, number, percent
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.prices import exact_price, mean


def abnormally_low_prices(inputs: AwardInput) -> tuple[AbnormallyLowFlag, ...]:
    """Prices that lie as far below the mean of the others as the model says, or further.

    Looked at are the prices of all bids whose standing is eligible, whatever became of them
    afterwards. With fewer than two there is nothing to compare.
    """
    leaf = price_leaf(inputs.lot)
    rule = leaf.price if leaf is not None else None
    if rule is None or rule.abnormally_low_percent is None:
        return ()
    eligible = [bid for bid in inputs.bids if bid.standing is BidStanding.ELIGIBLE]
    priced = {bid.key: bid for bid in eligible if bid.price_gbp is not None}
    if len(priced) < 2:
        return ()
    flags = (
        _abnormally_low(priced[key], priced, rule.abnormally_low_percent) for key in sorted(priced)
    )
    return tuple(flag for flag in flags if flag is not None)


def red_flags(inputs: AwardInput, results: Sequence[BidResult]) -> tuple[RedFlag, ...]:
    """The flags of one lot, in the order of ``RedFlagKind``."""
    return tuple(_flags(inputs, results))


def _abnormally_low(
    bid: BidInput, priced: dict[str, BidInput], threshold: Decimal
) -> AbnormallyLowFlag | None:
    assert bid.price_gbp is not None  # only priced bids come here
    others = mean(
        [
            other.price_gbp
            for key, other in priced.items()
            if key != bid.key and other.price_gbp is not None
        ]
    )
    below = (others - exact_price(bid.price_gbp)) / others
    if below * 100 < Fraction(threshold):
        return None
    return AbnormallyLowFlag(
        bid=bid.key,
        price_gbp=bid.price_gbp,
        mean_of_others_gbp=as_decimal(others),
        percent_below=as_decimal(below * 100),
        threshold_percent=threshold,
        words=(
            f"{bid.label}: {pounds(bid.price_gbp)} is {percent(below)} below the mean of the "
            f"other bids, {pounds(others)}. From {number(threshold)}% a price is looked into."
        ),
    )


def _flags(inputs: AwardInput, results: Sequence[BidResult]) -> Iterator[RedFlag]:
    received = [each for each in results if each.state is not OutcomeState.WITHDRAWN]
    if len(received) == 1:
        yield RedFlag(
            RedFlagKind.SINGLE_BID,
            (received[0].key,),
            f"Only one bid was received, from {received[0].label}.",
        )
    yield from _identical_prices(inputs)
    ranked = [each for each in received if each.state.is_ranked]
    if len(received) > 1 and len(ranked) == 1:
        yield RedFlag(
            RedFlagKind.ALL_BUT_ONE_OUT,
            (ranked[0].key,),
            f"Of {len(received)} bids only that of {ranked[0].label} is left.",
        )
    period = inputs.tendering
    if period is not None and period.days_given < period.minimum_days:
        yield RedFlag(
            RedFlagKind.SHORT_TENDERING_PERIOD,
            (),
            f"Bidders had {period.days_given} days; the least is {period.minimum_days}.",
        )


def _identical_prices(inputs: AwardInput) -> Iterator[RedFlag]:
    by_price: dict[Decimal, list[BidInput]] = {}
    for bid in sorted(inputs.bids, key=lambda bid: bid.key):
        if bid.price_gbp is not None and bid.standing is not BidStanding.WITHDRAWN:
            by_price.setdefault(bid.price_gbp, []).append(bid)
    for price, bids in sorted(by_price.items()):
        if len(bids) > 1:
            names = listed([bid.label for bid in bids])
            yield RedFlag(
                RedFlagKind.IDENTICAL_PRICES,
                tuple(bid.key for bid in bids),
                f"{names} have the same price, {pounds(price)}.",
            )
