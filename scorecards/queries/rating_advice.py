"""What the wording of a rating gives away."""

from accounts.access import Actor
from commissioning.award_model.model import Criterion
from commissioning.award_model.wording import comparisons, refers_to_bid, repeats
from commissioning.models import BidAnswer
from scorecards.models import BidRating
from scorecards.queries.evaluations import BidLine, LotCase


def advice_on(
    viewer: Actor,
    case: LotCase,
    line: BidLine,
    leaf: Criterion,
    rating: BidRating,
    answer: BidAnswer | None,
) -> list[str]:
    """What the wording of a rating gives away, for its writer. Advice, never a refusal.

    While names are hidden every bidder's name is pointed out alike: saying which of them is
    another bidder would say who this one is.
    """
    text = "\n".join(filter(None, (rating.rationale, rating.strengths, rating.shortcomings)))
    if not text:
        return []
    others = [
        str(other.bid_lot.provider)
        for other in case.bids
        if case.hides_names or other.bid_lot.pk != line.bid_lot.pk
    ]
    found = [f"“{passage.words}”: {_said(case, passage)}" for passage in comparisons(text, others)]
    points = [f"{point.label} {point.description}" for point in case.points(leaf)]
    if repeats(rating.rationale, [leaf.title, leaf.asks, leaf.guidance, *points]):
        found.append(
            "The rationale says next to nothing that the criterion and its scale do not say"
            " already. Say what this bid does."
        )
    reference = refers_to_bid(rating.rationale, answer.text if answer else "")
    if not reference.is_found or reference.missing_quotes:
        found.append(reference.words)
    return found


def _said(case: LotCase, passage) -> str:
    if case.hides_names and "is another bidder" in passage.explanation:
        return "This names a bidder: judge the bid by the criterion alone."
    return passage.explanation
