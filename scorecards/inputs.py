"""From rows to what the arithmetic takes in: everything it rests on, loaded in constant queries."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from accounts.access import Actor
from commissioning.models import CommissionerAnswer
from principles import queries as library
from principles.enums import AnsweredBy, Level
from principles.models import Criterion, DoubleCountPair, Measure
from providers.enums import SelfAssessmentState
from providers.models import Answer, EvidenceItem, MeasureAnswer
from scorecards import scoring
from scorecards.models import Rating, Scorecard

DAYS_OF_A_YEAR = Decimal("365.25")
# The long words of the headings above a criterion, which no page of a case shows.
WORDS_ABOVE = [
    f"{above}__{words}"
    for above in ("parent", "parent__parent")
    for words in ("explanation", "good", "poor", "evidence_to_ask", "source", "locator")
]


@dataclass(frozen=True)
class CaseRows:
    """The rows of one scorecard, by the keys of criteria and measures."""

    scorecard: Scorecard
    editions: list
    criteria: list[Criterion]
    answers: dict[int, Answer | CommissionerAnswer]
    ratings: dict[int, Rating]
    measures: list[Measure]
    figures: dict[int, MeasureAnswer]
    unit_values: dict[int, Decimal]
    pairs: list[DoubleCountPair]

    def of_edition(self, edition) -> list[Criterion]:
        return [c for c in self.criteria if c.edition_id == edition.pk]


def load(scorecard: Scorecard) -> CaseRows:
    """Load a scorecard's rows. The caller has passed the sight gate of the scorecard.

    Answers of a self-assessment count once it is submitted; a draft is nobody else's business.
    """
    editions = list(
        scorecard.editions.select_related("framework")
        .prefetch_related("scale_points")
        .order_by("framework__title")
    )
    by_key = {edition.pk: edition for edition in editions}
    criteria = list(criteria_of(scorecard).select_related("parent__parent").defer(*WORDS_ABOVE))
    measures = list(
        Measure.objects.filter(edition__in=by_key)
        .select_related("outcome__parent")
        .order_by("edition_id", "position")
    )
    for row in (*criteria, *measures):
        row.edition = by_key[row.edition_id]
    request = scorecard.request
    answers: dict = {}
    figures: dict = {}
    if request is not None:
        if request.self_assessment.state == SelfAssessmentState.SUBMITTED:
            given = Answer.objects.filter(self_assessment=request.self_assessment_id)
            answers |= {row.criterion_id: row for row in given.prefetch_related(_evidence())}
            stated = MeasureAnswer.objects.filter(self_assessment=request.self_assessment_id)
            figures = {row.measure_id: row for row in stated.prefetch_related("evidence")}
        own = CommissionerAnswer.objects.filter(request=request).prefetch_related(_evidence())
        answers |= {row.criterion_id: row for row in own}
    return CaseRows(
        scorecard=scorecard,
        editions=editions,
        criteria=criteria,
        answers=answers,
        ratings={
            row.criterion_id: row
            for row in Rating.objects.filter(scorecard=scorecard).select_related("rated_by")
        },
        measures=measures,
        figures=figures,
        unit_values=_unit_values(scorecard),
        pairs=list(
            DoubleCountPair.objects.filter(edition__in=by_key).select_related("first", "second")
        )
        if measures
        else [],
    )


def _evidence() -> Prefetch:
    """The evidence of answers, with what the page of a rating says of its files."""
    return Prefetch("evidence", EvidenceItem.objects.select_related("handling"))


def criteria_of(scorecard: Scorecard):
    """The criteria that the scorecard rates at its level, in reading order."""
    return (
        Criterion.objects.filter(edition__in=scorecard.editions.all())
        .at_level(scorecard.level)
        .order_by("edition__framework__title", "position")
    )


def answer_to(scorecard: Scorecard, criterion: Criterion) -> Answer | CommissionerAnswer | None:
    """The answer to one criterion that counts now, as in ``load``."""
    request = scorecard.request
    if request is None:
        return None
    if criterion.answered_by == AnsweredBy.COMMISSIONER:
        return CommissionerAnswer.objects.filter(request=request, criterion=criterion).first()
    if request.self_assessment.state != SelfAssessmentState.SUBMITTED:
        return None
    return Answer.objects.filter(
        self_assessment=request.self_assessment_id, criterion=criterion
    ).first()


def scoring_inputs(rows: CaseRows, assessed_on: datetime.date) -> scoring.ScorecardInput:
    """The whole case as the arithmetic takes it."""
    return scoring.ScorecardInput(
        assessed_on=assessed_on,
        policy=scoring.policy_from_plain(rows.scorecard.policy.content),
        frameworks=tuple(
            _framework(rows, edition) for edition in rows.editions if rows.of_edition(edition)
        ),
        social_value=_social_value(rows),
    )


def _framework(rows: CaseRows, edition) -> scoring.FrameworkInput:
    points = [point.value for point in edition.scale_points.all()]
    principles: dict[Criterion, list[Criterion]] = {}
    for criterion in rows.of_edition(edition):
        principles.setdefault(criterion.principle, []).append(criterion)
    return scoring.FrameworkInput(
        code=edition.framework.code,
        edition=edition.label,
        title=edition.framework.title,
        scale=scoring.Scale(min(points), max(points)),
        principles=tuple(
            scoring.PrincipleInput(
                code=principle.code,
                title=principle.title,
                weight=principle.weight,
                criteria=tuple(_criterion(rows, criterion) for criterion in criteria),
            )
            for principle, criteria in principles.items()
        ),
    )


def _criterion(rows: CaseRows, criterion: Criterion) -> scoring.CriterionInput:
    answer = rows.answers.get(criterion.pk)
    rating = rows.ratings.get(criterion.pk)
    applicability = scoring.Applicability.APPLICABLE
    if rating is not None and rating.not_applicable_agreed:
        applicability = scoring.Applicability.AGREED_NOT_APPLICABLE
    elif answer is not None and answer.not_applicable:
        applicability = scoring.Applicability.CLAIMED_NOT_APPLICABLE
    strength = rating.evidence_strength if rating else ""
    evidence = answer.evidence.all() if answer else ()
    return scoring.CriterionInput(
        code=criterion.code,
        is_core=criterion.level == Level.CORE,
        rating=rating.value if rating else None,
        claim=answer.claimed_value if answer else None,
        weight=criterion.weight,
        applicability=applicability,
        evidence_strength=scoring.EvidenceStrength(strength) if strength else None,
        evidence_valid_until=tuple(item.valid_until for item in evidence),
    )


def _social_value(rows: CaseRows) -> scoring.SocialValueInput | None:
    if not rows.measures:
        return None
    value_set = rows.scorecard.value_set
    contract = rows.scorecard.contract
    themes: dict[Criterion, dict[Criterion, list[Measure]]] = {}
    for measure in rows.measures:
        outcomes = themes.setdefault(measure.outcome.principle, {})
        outcomes.setdefault(measure.outcome, []).append(measure)
    return scoring.SocialValueInput(
        edition=rows.measures[0].edition.key,
        value_set=f"{value_set.title}, {value_set.label}" if value_set else "",
        gross_of_deadweight=bool(value_set and value_set.gross_of_deadweight),
        is_illustrative=bool(value_set and value_set.is_illustrative),
        term_years=_term_years(contract),
        contract_value_gbp=contract.value_gbp,
        themes=tuple(
            scoring.ThemeInput(
                code=theme.code,
                title=theme.title,
                outcomes=tuple(
                    scoring.OutcomeInput(
                        code=outcome.code,
                        title=outcome.title,
                        measures=tuple(_measure(rows, measure) for measure in measures),
                    )
                    for outcome, measures in outcomes.items()
                ),
            )
            for theme, outcomes in themes.items()
        ),
        double_count_pairs=tuple(
            scoring.DoubleCountPair(pair.first.code, pair.second.code, pair.reason)
            for pair in rows.pairs
        ),
    )


def _measure(rows: CaseRows, measure: Measure) -> scoring.MeasureInput:
    figures = rows.figures.get(measure.pk)
    return scoring.MeasureInput(
        code=measure.code,
        label=measure.label,
        unit=measure.unit,
        kind=scoring.MeasureKind(measure.kind),
        committed_quantity=figures.committed_quantity if figures else None,
        committed_basis=scoring.CommittedBasis(
            figures.committed_basis if figures else scoring.CommittedBasis.WHOLE_TERM
        ),
        delivered_quantity=figures.delivered_quantity if figures else None,
        unit_value_gbp=rows.unit_values.get(measure.pk),
        attribution_percent=figures.attribution_percent if figures else None,
        deadweight_percent=figures.deadweight_percent if figures else None,
    )


def _term_years(contract) -> Decimal | None:
    """The length of the contract in years of 365.25 days, both end days counted."""
    if not (contract.starts_on and contract.ends_on):
        return None
    return Decimal((contract.ends_on - contract.starts_on).days + 1) / DAYS_OF_A_YEAR


def _unit_values(scorecard: Scorecard) -> dict[int, Decimal]:
    """Values by the key of the measure: that of the scorecard's place, else that for everywhere."""
    if scorecard.value_set_id is None:
        return {}
    found = library.unit_values_by_measure(
        Actor.system("scoring"), scorecard.value_set, scorecard.locality
    )
    return {key: row.value_gbp for key, row in found.items()}
