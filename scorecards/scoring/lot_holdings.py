"""Who holds which lot while bids are set aside. A private part of ``award_lots``."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from scorecards.scoring.award_outcome import AwardOutcome
from scorecards.scoring.award_words import listed

# Pairs of lot number and bid key: bids that are passed over in that lot.
Aside = frozenset[tuple[int, str]]


class TieAtTheCut(Exception):
    """Bids that nothing parts yet share the last place of a lot."""

    def __init__(self, lots: Iterable[int]) -> None:
        super().__init__()
        self.lots = tuple(lots)


class Holdings:
    """The rankings of all lots, and what follows from setting bids aside in them."""

    def __init__(
        self,
        outcomes: Sequence[AwardOutcome],
        places: Mapping[int, int],
        prices: Mapping[tuple[int, str], Decimal | None],
    ) -> None:
        self.prices = prices
        self._outcomes = {outcome.lot_number: outcome for outcome in outcomes}
        self._places = places

    @property
    def lots(self) -> tuple[int, ...]:
        return tuple(sorted(self._outcomes))

    def ranked(self, number: int) -> tuple[str, ...]:
        return self._outcomes[number].ranking

    def winners(self, number: int, aside: Aside) -> tuple[str, ...]:
        """The holders of a lot. Raises ``TieAtTheCut`` where its last place is shared."""
        left = self._left(number, aside)
        places = self._places[number]
        if len(left) > places and self._rank(number, left[places - 1]) == self._rank(
            number, left[places]
        ):
            raise TieAtTheCut([number])
        return left[:places]

    def over(self, limit: int, aside: Aside) -> dict[str, list[int]]:
        """Who holds more lots than the limit, and which. Raises ``TieAtTheCut``, all lots named."""
        held: dict[str, list[int]] = {}
        tied = []
        for number in self.lots:
            try:
                for bid in self.winners(number, aside):
                    held.setdefault(bid, []).append(number)
            except TieAtTheCut:
                tied.append(number)
        if tied:
            raise TieAtTheCut(tied)
        return {bid: lots for bid, lots in held.items() if len(lots) > limit}

    def margin(self, number: int, bid: str, aside: Aside) -> Fraction:
        """How far the bid is ahead of the one that would move up, in per cent of what decides.

        Points are out of 100, so their difference is the margin; a ratio is compared with the other
        ratio. Where nobody would move up, the margin is 100.
        """
        left = self._left(number, aside)
        if len(left) <= self._places[number]:
            return Fraction(100)
        own = self._outcomes[number].bid(bid)
        following = self._outcomes[number].bid(left[self._places[number]])
        if own.ratio is None or following.ratio is None:
            return self.points(number, bid) - self.points(number, following.key)
        mine, other = Fraction(own.ratio.value), Fraction(following.ratio.value)
        return abs(mine - other) / max(mine, other) * 100

    def points(self, number: int, bid: str) -> Fraction:
        return Fraction(self._outcomes[number].bid(bid).total or 0)

    def price(self, number: int, bid: str) -> Fraction:
        return Fraction(self.prices.get((number, bid)) or 0)

    def that_mattered(self, aside: Aside) -> Aside:
        """Without the bids that would not have held, or shared, a place of their lot anyway."""
        return frozenset(
            (number, bid)
            for number, bid in aside
            if self._would_hold(number, bid, aside - {(number, bid)})
        )

    def _would_hold(self, number: int, bid: str, aside: Aside) -> bool:
        last_place = self._left(number, aside)[: self._places[number]][-1]
        return (self._rank(number, bid) or 0) <= (self._rank(number, last_place) or 0)

    def _left(self, number: int, aside: Aside) -> tuple[str, ...]:
        return tuple(bid for bid in self.ranked(number) if (number, bid) not in aside)

    def _rank(self, number: int, bid: str) -> int | None:
        return self._outcomes[number].bid(bid).rank


def lots_of(numbers: Sequence[int]) -> str:
    """ "lot 2", or "lots 1, 2 and 4"."""
    named = listed([str(number) for number in numbers])
    return f"lot {named}" if len(numbers) == 1 else f"lots {named}"
