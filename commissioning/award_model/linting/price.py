"""Price: one criterion a lot, its method and every input of the method stated."""

from collections.abc import Iterator
from decimal import Decimal

from commissioning.award_model.model import AwardModel, Criterion, Lot, PriceRule
from commissioning.award_model.price_inputs import INPUTS_OF_METHOD, PRICE_INPUTS
from commissioning.award_model.remarks import Remark, error, joined, named, note, warning
from commissioning.award_model.terms import CriterionKind, PriceMethod

HUNDRED = Decimal(100)
_WHY_STATED = "Bidders and courts must be able to work out the score from what was published."
_S23 = "Procurement Act 2023, s.23"

_HANGS_ON_OTHERS = (
    PriceMethod.RELATIVE,
    PriceMethod.LINEAR,
    PriceMethod.DEVIATION_FROM_MEAN,
)


def price_remarks(model: AwardModel) -> Iterator[Remark]:
    """What is wrong with the price criterion of each lot."""
    for lot in model.lots:
        if not lot.criteria:
            continue
        prices = [one for one in lot.tree() if one.kind is CriterionKind.PRICE]
        yield from _places(lot, prices)
        for criterion in lot.tree():
            if criterion.kind is not CriterionKind.PRICE and criterion.price is not None:
                yield error(
                    "price_rule_misplaced",
                    f"{named(criterion)} has a price method and is no price criterion. Take the "
                    "method out, or change the kind.",
                    "The method would never be used.",
                    lot=lot,
                    criterion=criterion,
                )
        for leaf in lot.leaves():
            if leaf.kind is CriterionKind.PRICE and not leaf.is_incomplete_as_published:
                yield from _price(lot, leaf)


def _places(lot: Lot, prices: list[Criterion]) -> Iterator[Remark]:
    if not prices:
        yield warning(
            "price_missing",
            f"Lot {lot.number} has no price criterion. Leave it so only where the price is fixed.",
            "Otherwise the price that bidders ask decides nothing.",
            lot=lot,
        )
    if len(prices) > 1:
        yield error(
            "price_repeated",
            f"Lot {lot.number} has {len(prices)} price criteria: "
            f"{joined([named(one) for one in prices])}. Keep one, at the top level, and build "
            "its figure from the parts in the price basis.",
            "A lot has one price, in an envelope of its own.",
            lot=lot,
        )
    for price in prices:
        if price.sub_criteria:
            yield error(
                "price_has_parts",
                f"{named(price)} is a price and has sub-criteria. Take them out.",
                "Price is one figure. What is rated belongs to another criterion.",
                lot=lot,
                criterion=price,
            )
        if price not in lot.criteria:
            yield error(
                "price_below_top",
                f"Move {named(price)} to the top level.",
                "Price stays apart from quality, so that evaluators of quality do not see it.",
                lot=lot,
                criterion=price,
            )


def _price(lot: Lot, leaf: Criterion) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    rule = leaf.price or PriceRule()
    if leaf.is_pass_fail or leaf.minimum_rating is not None:
        yield error(
            "minimum_on_price",
            f"{named(leaf)} is a price. Take out its pass mark or minimum rating.",
            "A price gets no rating that could reach a minimum.",
            **where,
        )
    if not rule.price_basis.strip():
        yield error(
            "price_basis_missing",
            f"Say what figure {named(leaf)} asks for: for which term and quantity, and with or "
            "without VAT.",
            _WHY_STATED,
            basis=_S23,
            **where,
        )
    if rule.method is None:
        yield error(
            "price_method_missing",
            f"Choose the method by which {named(leaf)} is scored.",
            _WHY_STATED,
            basis=_S23,
            **where,
        )
    else:
        yield from _inputs(lot, leaf, rule)
    yield from _ranges(lot, leaf, rule)


def _inputs(lot: Lot, leaf: Criterion, rule: PriceRule) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    needed = INPUTS_OF_METHOD[rule.method]
    missing = [PRICE_INPUTS[name] for name in needed if getattr(rule, name) is None]
    if missing:
        yield error(
            "price_inputs_missing",
            f"State {joined(missing)} for {named(leaf)}. Its method needs "
            f"{'it' if len(missing) == 1 else 'them'}.",
            _WHY_STATED,
            basis=_S23,
            **where,
        )
    unused = [
        words
        for name, words in PRICE_INPUTS.items()
        if name not in needed and getattr(rule, name) is not None
    ]
    if unused:
        yield warning(
            "price_inputs_unused",
            f"Take {joined(unused)} out of {named(leaf)}. Its method does not use "
            f"{'it' if len(unused) == 1 else 'them'}.",
            "Bidders would think that it counts.",
            **where,
        )
    if rule.method in _HANGS_ON_OTHERS:
        yield note(
            "price_hangs_on_others",
            f"With this method the score of {named(leaf)} hangs on the other prices. Try it under "
            "“Test the model”.",
            "One more bid, or one set aside, can change the order of the others.",
            **where,
        )


def _ranges(lot: Lot, leaf: Criterion, rule: PriceRule) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    ceiling, floor = rule.ceiling_gbp, rule.floor_gbp
    if ceiling is not None and floor is not None and ceiling <= floor:
        yield error(
            "ceiling_not_above_floor",
            f"The ceiling of {named(leaf)} must be above its floor.",
            "The points are spread between the two.",
            **where,
        )
    if (floor is not None and floor < 0) or (ceiling is not None and ceiling <= 0):
        yield error(
            "price_bound_negative",
            f"Give {named(leaf)} a ceiling above £0 and a floor of £0 or more.",
            "No price lies there.",
            **where,
        )
    for name, words in (
        ("midpoint_percent", "the share of the points at the mean"),
        ("minimum_quality_percent", "the minimum quality"),
    ):
        value = getattr(rule, name)
        if value is not None and not 0 < value <= HUNDRED:
            yield error(
                f"{name}_out_of_range",
                f"For {named(leaf)}, set {words} above 0 and up to 100 per cent.",
                "Nothing could reach it, or everything would.",
                **where,
            )
    if rule.points_per_percent is not None and rule.points_per_percent <= 0:
        yield error(
            "points_per_percent_not_positive",
            f"For {named(leaf)}, set the points for each per cent from the mean above 0.",
            "Otherwise a dearer bid would score as much or more.",
            **where,
        )
    if rule.abnormally_low_percent is not None and not 0 < rule.abnormally_low_percent < HUNDRED:
        yield error(
            "abnormally_low_out_of_range",
            f"For {named(leaf)}, look into prices that are more than 0 and less than 100 per cent "
            "below the others.",
            "No price could be that low, or every price would be.",
            basis="Procurement Act 2023, s.19(3) to (5)",
            **where,
        )
