"""What each bidder is told: the assessment summary (Procurement Regulations 2024, reg. 31), and the
letter to one whose tender was disregarded.

Everything comes from the record but for what a person may word: addresses, the explanation of each
criterion, what a higher score would have needed, and why the tender was not awarded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from commissioning.award_model.outline import price_sentences
from commissioning.models import BidLot
from scorecards.award_documents.facts import AwardFacts
from scorecards.award_inputs import bid_key
from scorecards.documents.document import (
    Block,
    DocumentContent,
    Section,
    document,
    facts,
    note,
    paragraph,
    section,
    table,
)
from scorecards.enums import Standing
from scorecards.models import BidStanding
from scorecards.scoring import BidResult, LeafStep

ADDRESS, EMAIL, OVERALL = "address", "email", "overall"
WINNER_PARTS = {
    "scores": "Scores of each criterion",
    "explanations": "Explanations",
    "total": "Total",
}


@dataclass(frozen=True)
class SummaryTexts:
    """The words that people may edit, and what of the winner's information is withheld.

    Keys of ``texts``: ``address``, ``email``, ``overall``, ``why:<criterion>`` and
    ``higher:<criterion>``. ``withheld`` gives the ground for each part of ``WINNER_PARTS``.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str:
        return self.texts.get(key, "").strip()


def default_texts(about: AwardFacts, bid_lot: BidLot) -> dict[str, str]:
    """The words as the record gives them, for people to look over."""
    result = about.result_of(bid_lot)
    agreed = about.consensus[bid_lot.pk]
    found = {ADDRESS: "", EMAIL: "", OVERALL: _overall(about, bid_lot, result)}
    for leaf in result.leaves:
        row = agreed.get(leaf.key)
        found[f"why:{leaf.key}"] = row.reasons if row else leaf.words
        if row:
            found[f"higher:{leaf.key}"] = row.higher_score
    return found


def _overall(about: AwardFacts, bid_lot: BidLot, result: BidResult) -> str:
    if bid_lot in about.winners:
        return "Your tender is the most advantageous one for this lot, and the award goes to it."
    said = [f"Your tender was not awarded: {about.became_of(bid_lot)}."]
    if result.rank is not None and result.total is not None:
        said.append(f"It came to {result.total:f} points and stands at place {result.rank}.")
    passed_over = about.passed_over.get(bid_key(bid_lot))
    return " ".join([*said, *result.reasons, *([passed_over] if passed_over else [])])


def missing_of(about: AwardFacts, bid_lot: BidLot, words: SummaryTexts) -> list[str]:
    """What the summary still lacks, in words; empty where it may be released."""
    found = []
    if not words.get(ADDRESS):
        found.append("the supplier's postal address")
    if not words.get(EMAIL):
        found.append("the supplier's e-mail address")
    result = about.result_of(bid_lot)
    for leaf in result.leaves:
        if not words.get(f"why:{leaf.key}"):
            found.append(f"an explanation for {leaf.number} {leaf.title}")
    if bid_lot not in about.winners and not words.get(OVERALL):
        found.append("why the tender was not awarded")
    return found


def summary_document(
    about: AwardFacts,
    bid_lot: BidLot,
    words: SummaryTexts,
    winner_words: Mapping[int, SummaryTexts],
    *,
    reference: str,
    at: datetime,
    is_draft: bool,
) -> DocumentContent:
    """The assessment summary of one bid. ``winner_words`` are those of each winning bid."""
    result = about.result_of(bid_lot)
    is_winner = bid_lot in about.winners
    others = (
        []
        if is_winner
        else [
            _winner(about, row, words, winner_words.get(row.pk, SummaryTexts()))
            for row in about.winners
        ]
    )
    return document(
        section("The outcome", paragraph(words.get(OVERALL))),
        _supplier(bid_lot, words),
        _method(about),
        section(
            "How your tender was assessed",
            *(_leaf(about, bid_lot, leaf, words) for leaf in result.leaves),
        ),
        _totals(about, result),
        *others,
        section("What happens next", *(paragraph(text) for text in _next(about, is_winner))),
        kind="Assessment summary",
        title=f"{about.model.title}: lot {about.lot.number}",
        reference=reference,
        issued_by=str(about.evaluation.exercise.procurement.buyer),
        made_at=at,
        issued_on=None if is_draft else at.date(),
        for_whom=(str(bid_lot.provider), *_lines(words.get(ADDRESS)), *_lines(words.get(EMAIL))),
        facts=(
            ("Procurement", about.evaluation.exercise.reference),
            ("Lot", f"{about.lot.number}: {about.lot.title}"),
        ),
        is_draft=is_draft,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def identifier_of(bid_lot: BidLot) -> str:
    """The unique identifier of the supplier, as a register gives it."""
    rows = list(bid_lot.provider.organisation.identifiers.all())
    if rows:
        return ", ".join(f"{row.scheme} {row.value}" for row in rows)
    return f"{bid_lot.provider.reference} (in this service; no register number is known)"


def _supplier(bid_lot: BidLot, words: SummaryTexts) -> Section:
    return section(
        "The supplier",
        facts(
            (
                ("Name", str(bid_lot.provider)),
                ("Postal address", words.get(ADDRESS) or "not given yet"),
                ("E-mail address", words.get(EMAIL) or "not given yet"),
                ("Unique identifier", identifier_of(bid_lot)),
            )
        ),
    )


def _method(about: AwardFacts) -> Section:
    scales = {leaf.scale_code for leaf in about.lot.leaves() if leaf.scale_code}
    return section(
        "Award criteria and how they were assessed",
        table(
            "Award criteria",
            ("Criterion", "Counts", "How it was assessed", "Scores available"),
            tuple(
                (
                    f"{leaf.number} {leaf.title}",
                    f"{leaf.weight_percent:f}%" if leaf.weight_percent is not None else "no weight",
                    *_assessed_by(about, leaf.key),
                )
                for leaf in about.of_lot.bids[0].leaves
            ),
            (40, 10, 30, 20),
        ),
        *(
            table(
                scale.title,
                ("Score", "What earned it"),
                tuple(
                    (f"{point.value:f} {point.label}", point.description or point.label)
                    for point in scale.points
                ),
                (30, 70),
            )
            for scale in about.model.scales
            if scale.code in scales
        ),
        note(
            f"The award criteria and the method in full are version {about.version.number} of"
            f" procurement {about.evaluation.exercise.reference}, published on"
            f" {about.version.made_at:%-d %B %Y} and open to every bidder in this service."
        ),
    )


def _assessed_by(about: AwardFacts, key: str) -> tuple[str, str]:
    leaf = next(row for row in about.lot.leaves() if row.key == key)
    if leaf.price:
        return " ".join(price_sentences(leaf.price)), "by the formula"
    if leaf.is_pass_fail:
        return "Passed or not passed", "passed, not passed"
    if not leaf.is_rated:
        return "Worked out from the commitments in pounds", "by the formula"
    scale = about.model.scale(leaf.scale_code)
    return (
        "Each evaluator scored alone with reasons; then the panel agreed one rating",
        ", ".join(f"{point.value:f}" for point in scale.points),
    )


def _leaf(about: AwardFacts, bid_lot: BidLot, leaf: LeafStep, words: SummaryTexts) -> Section:
    higher = words.get(f"higher:{leaf.key}")
    return section(
        f"{leaf.number} {leaf.title}",
        facts(_score(leaf), caption=f"Score for {leaf.number}"),
        paragraph(words.get(f"why:{leaf.key}"), lead="Explanation."),
        paragraph(higher, lead="What a higher score would have needed.") if higher else None,
    )


def _score(leaf: LeafStep) -> tuple[tuple[str, str], ...]:
    rows = []
    if leaf.rating is not None and leaf.top_rating is not None:
        rows.append(("Rating", f"{leaf.rating:f} of {leaf.top_rating:f}"))
    if leaf.passed is not None:
        rows.append(("Result", "Passed" if leaf.passed else "Not passed"))
    if leaf.points is not None:
        rows.append(("Points", f"{leaf.points:f} of {_points(leaf.weight_percent)}"))
    return (*rows, ("How it was worked out", leaf.words))


def _points(weight: Decimal | None) -> str:
    return f"{weight:f}" if weight is not None else "no weight"


def _totals(about: AwardFacts, result: BidResult) -> Section:
    rows = [
        (f"{row.number} {row.title}", _points(row.weight_percent), _figure(row.points), row.words)
        for row in result.sub_totals
    ]
    rows.append(("Total", "100", _figure(result.total), result.total_words))
    return section(
        "Totals",
        table(
            "Sub-totals and total", ("Part", "Available", "Points", "Sum"), rows, (35, 15, 15, 35)
        ),
        paragraph(result.ratio.words) if result.ratio else None,
    )


def _figure(points: Decimal | None) -> str:
    return "none" if points is None else f"{points:f}"


def _winner(about: AwardFacts, row: BidLot, own: SummaryTexts, words: SummaryTexts) -> Section:
    """The winning tender's information, less what is withheld from this bidder, with the ground."""
    result = about.result_of(row)
    withheld = [
        note(f"{WINNER_PARTS[part]}: withheld. {ground}")
        for part, ground in own.withheld.items()
        if part in WINNER_PARTS
    ]
    leaves = []
    for leaf in result.leaves:
        blocks = []
        if "scores" not in own.withheld:
            blocks.append(facts(_score(leaf), caption=f"Winning score for {leaf.number}"))
        if "explanations" not in own.withheld:
            blocks.append(paragraph(words.get(f"why:{leaf.key}"), lead="Explanation."))
        if blocks:
            leaves.append(section(f"{leaf.number} {leaf.title}", *blocks))
    total = (
        paragraph(f"{_figure(result.total)} points.", lead="Total.")
        if "total" not in own.withheld
        else None
    )
    return section(
        f"The winning tender: {row.provider}",
        facts(
            (
                ("Supplier", str(row.provider)),
                ("Postal address", words.get(ADDRESS) or "not given yet"),
                ("E-mail address", words.get(EMAIL) or "not given yet"),
                ("Unique identifier", identifier_of(row)),
            ),
            caption="The winning supplier",
        ),
        *withheld,
        total,
        *leaves,
    )


def _next(about: AwardFacts, is_winner: bool) -> tuple[str, ...]:
    said = [
        "The contract award notice is published after this summary was given to every bidder whose"
        " tender was assessed. Where a standstill applies, it begins with the day of that"
        " publication, and the contract is not entered into before it has ended."
    ]
    if not is_winner:
        said.append(
            "If you think that a duty was broken, take advice at once: the time for a claim is"
            " short, and a claim that is made known during the standstill stops the award for the"
            " time being."
        )
    return tuple(said)


def _exclusion(standing: BidStanding) -> Iterator[Block]:
    """What an exclusion rests on, where it is one."""
    row = getattr(standing, "exclusion", None)
    if row is None:
        return
    yield facts(
        (
            ("Kind", row.kind_words),
            ("Applies to", row.get_about_display()),
            ("Circumstances", row.get_circumstances_display()),
            ("You were asked on", f"{row.asked_on:%-d %B %Y}"),
        ),
        caption="The exclusion",
    )
    yield paragraph(row.circumstances_reason, lead="What shows that.")
    yield paragraph(row.representations, lead="What you said and showed.")


def disregarded_document(
    about: AwardFacts,
    bid_lot: BidLot,
    words: SummaryTexts,
    *,
    reference: str,
    at: datetime,
    is_draft: bool,
) -> DocumentContent:
    """The letter to a supplier whose tender was disregarded: it is no assessed tender (s.50(5))."""
    standing = about.standings[bid_lot.pk]
    return document(
        section(
            "Your tender was disregarded",
            facts(
                (
                    ("Why", Standing(standing.standing).label),
                    ("Rule", standing.ground),
                    ("Decided on", f"{standing.at:%-d %B %Y}"),
                )
            ),
            *_exclusion(standing),
            paragraph(standing.reason, lead="Reason."),
            paragraph(words.get(OVERALL)) if words.get(OVERALL) else None,
        ),
        section(
            "What this means",
            paragraph(
                "Your tender was not assessed against the award criteria, so there is no assessment"
                " summary for it and this letter gives no scores. Nothing in it says how other"
                " tenders were assessed."
            ),
            paragraph(
                "If you think that this is wrong, write to the contact of the procurement at once,"
                " and take advice: the time for a claim is short."
            ),
        ),
        kind="Letter about a disregarded tender",
        title=f"{about.model.title}: lot {about.lot.number}",
        reference=reference,
        issued_by=str(about.evaluation.exercise.procurement.buyer),
        made_at=at,
        issued_on=None if is_draft else at.date(),
        for_whom=(str(bid_lot.provider), *_lines(words.get(ADDRESS)), *_lines(words.get(EMAIL))),
        facts=(
            ("Procurement", about.evaluation.exercise.reference),
            ("Lot", f"{about.lot.number}: {about.lot.title}"),
        ),
        is_draft=is_draft,
    )
