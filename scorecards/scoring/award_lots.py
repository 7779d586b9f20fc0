"""Several lots together: the limit of lots per supplier, by the published mechanism.

A bid *holds* a lot when it is among the first in the lot's ranking, as many as the lot has winners,
not counting bids that were set aside there. Where a supplier holds more lots than it may, the
mechanism says which it keeps; in the others its bid is set aside and the next in the ranking moves
up. That may put another supplier over its limit, so it goes on until nobody is.
``docs/scoring.md`` defines each mechanism.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from commissioning.award_model.terms import LotLimitMechanism
from scorecards.scoring.award import award
from scorecards.scoring.award_inputs import AWARD_METHOD_VERSION, AwardLotsInput
from scorecards.scoring.award_outcome import (
    AwardLotsOutcome,
    AwardOutcome,
    LotAward,
    SetAside,
)
from scorecards.scoring.award_words import listed
from scorecards.scoring.errors import (
    IncompleteModel,
    MissingPreference,
    ScoringError,
    TooManyCombinations,
    UnknownMethod,
)
from scorecards.scoring.lot_holdings import Aside, Holdings, TieAtTheCut, lots_of
from scorecards.scoring.published_rounding import sum_of

MOST_COMBINATIONS = 20_000

# Orders the lots that a supplier holds, those it keeps first.
BestFirst = Callable[[str, Sequence[int], Aside], list[int]]


def award_lots(inputs: AwardLotsInput) -> AwardLotsOutcome:
    """Each lot by itself, then all of them with the limit per supplier.

    Raises ``IncompleteModel`` for a limit without a mechanism, ``MissingPreference`` where a
    supplier has to choose and did not say, ``TooManyCombinations`` where the cheapest share-out
    cannot be found by trying, and what ``award`` raises.
    """
    _check(inputs)
    outcomes = tuple(award(lot) for lot in sorted(inputs.lots, key=lambda lot: lot.lot.number))
    prices = {
        (each.lot.number, bid.key): bid.price_gbp for each in inputs.lots for bid in each.bids
    }
    holdings = Holdings(
        outcomes, {each.lot.number: each.lot.winners for each in inputs.lots}, prices
    )
    try:
        aside = _set_aside(inputs, holdings)
        held = {number: holdings.winners(number, aside) for number in holdings.lots}
    except TieAtTheCut as tie:
        return _waiting(outcomes, tie.lots)
    return _decided(inputs, outcomes, holdings, held, aside)


def _set_aside(inputs: AwardLotsInput, holdings: Holdings) -> Aside:
    """The bids that are passed over, as pairs of lot and bid."""
    limit = inputs.lots_per_supplier
    if limit is None:
        return frozenset()
    match inputs.mechanism:
        case LotLimitMechanism.LOT_ORDER:
            return _lot_by_lot(holdings, limit)
        case LotLimitMechanism.LOWEST_TOTAL_COST:
            return _cheapest(holdings, limit)
        case LotLimitMechanism.SUPPLIER_PREFERENCE:
            wishes = {each.bid: each.lots for each in inputs.preferences}
            return _in_rounds(
                holdings, limit, lambda bid, lots, _: _by_preference(bid, lots, wishes)
            )
    return _in_rounds(
        holdings,
        limit,
        lambda bid, lots, aside: sorted(
            lots, key=lambda number: (-holdings.margin(number, bid, aside), number)
        ),
    )


def _lot_by_lot(holdings: Holdings, limit: int) -> Aside:
    """Lots in the order of their numbers; who has its limit is passed over in those that follow."""
    aside: Aside = frozenset()
    won: dict[str, int] = {}
    for number in holdings.lots:
        full = {bid for bid, lots in won.items() if lots >= limit}
        aside |= {(number, bid) for bid in full & set(holdings.ranked(number))}
        for bid in holdings.winners(number, aside):
            won[bid] = won.get(bid, 0) + 1
    return holdings.that_mattered(aside)


def _in_rounds(holdings: Holdings, limit: int, best_first: BestFirst) -> Aside:
    """In each round everyone over the limit keeps its best lots, all judged at the same moment."""
    aside: Aside = frozenset()
    while over := holdings.over(limit, aside):
        released = {
            (number, bid)
            for bid, lots in over.items()
            for number in best_first(bid, lots, aside)[limit:]
        }
        aside |= released
    return aside


def _by_preference(bid: str, lots: Sequence[int], wishes: Mapping[str, Sequence[int]]) -> list[int]:
    wished = wishes.get(bid, ())
    unnamed = [number for number in lots if number not in wished]
    if unnamed:
        raise MissingPreference(
            f"{bid} would win more lots than it may, and its preference does not name "
            f"{lots_of(unnamed)}"
        )
    return sorted(lots, key=wished.index)


def _cheapest(holdings: Holdings, limit: int) -> Aside:
    """The share-out with the lowest total price, found by looking at every one.

    Of equal ones: the one that fills most places, then the most points, then the bids set aside in
    the higher-numbered lots.
    """
    best: tuple[tuple, Aside] | None = None
    seen: set[Aside] = set()
    waiting: list[Aside] = [frozenset()]
    while waiting:
        aside = waiting.pop()
        if aside in seen:
            continue
        seen.add(aside)
        if len(seen) > MOST_COMBINATIONS:
            raise TooManyCombinations(
                f"more than {MOST_COMBINATIONS} ways to share out the lots; the cheapest cannot "
                "be found by looking at all of them"
            )
        over = holdings.over(limit, aside)
        if over:
            bid, lots = min(over.items())
            waiting += [aside | {(number, bid)} for number in lots]
            continue
        worth = _worth(holdings, aside)
        if best is None or worth < best[0]:
            best = worth, aside
    assert best is not None  # the search ends in at least one share-out
    return best[1]


def _worth(holdings: Holdings, aside: Aside) -> tuple:
    held = [(n, bid) for n in holdings.lots for bid in holdings.winners(n, aside)]
    price = sum((holdings.price(n, bid) for n, bid in held), Fraction(0))
    points = sum((holdings.points(n, bid) for n, bid in held), Fraction(0))
    later_first = sorted((-number, bid) for number, bid in aside)
    return -len(held), price, -points, later_first


def _decided(
    inputs: AwardLotsInput,
    outcomes: Sequence[AwardOutcome],
    holdings: Holdings,
    held: Mapping[int, tuple[str, ...]],
    aside: Aside,
) -> AwardLotsOutcome:
    labels = {bid.key: bid.label for outcome in outcomes for bid in outcome.bids}
    awards = tuple(
        LotAward(number, winners, _award_words(number, [labels[bid] for bid in winners]))
        for number, winners in held.items()
    )
    paid = [
        price
        for number, winners in held.items()
        for bid in winners
        if (price := holdings.prices.get((number, bid))) is not None
    ]
    return AwardLotsOutcome(
        lots=tuple(outcomes),
        awards=awards,
        set_aside=tuple(
            SetAside(bid, number, _aside_words(inputs, labels[bid], number, bid, held))
            for number, bid in sorted(aside)
        ),
        waiting_for_draw=(),
        total_price_gbp=sum_of(paid) if paid else None,
        words=" ".join(each.words for each in awards),
    )


def _award_words(number: int, names: Sequence[str]) -> str:
    if not names:
        return f"Lot {number}: no bid can be recommended."
    return f"Lot {number}: {listed(names)}."


def _aside_words(
    inputs: AwardLotsInput,
    label: str,
    number: int,
    bid: str,
    held: Mapping[int, tuple[str, ...]],
) -> str:
    kept = [lot for lot, winners in held.items() if bid in winners]
    mechanism = inputs.mechanism.words if inputs.mechanism is not None else ""
    return (
        f"{label} is passed over in lot {number}: it has {lots_of(kept)}, and a supplier may win "
        f"{inputs.lots_per_supplier}. Rule: {mechanism[:1].lower()}{mechanism[1:]}."
    )


def _waiting(outcomes: Sequence[AwardOutcome], lots: Iterable[int]) -> AwardLotsOutcome:
    waiting = tuple(sorted(lots))
    return AwardLotsOutcome(
        lots=tuple(outcomes),
        awards=(),
        set_aside=(),
        waiting_for_draw=waiting,
        total_price_gbp=None,
        words=f"Nothing is decided until the ties in {lots_of(waiting)} are parted.",
    )


def _check(inputs: AwardLotsInput) -> None:
    if inputs.method_version != AWARD_METHOD_VERSION:
        raise UnknownMethod(f"award method version {inputs.method_version} is not known here")
    numbers = [each.lot.number for each in inputs.lots]
    if len(numbers) != len(set(numbers)):
        raise ScoringError("a lot occurs twice")
    if inputs.lots_per_supplier is None:
        return
    if inputs.lots_per_supplier < 1:
        raise IncompleteModel("a limit of lots per supplier must be at least one")
    if inputs.mechanism is None:
        raise IncompleteModel("a limit of lots per supplier needs the mechanism that applies it")
