"""From the figures of a framework to a management opinion, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scorecards.scoring.kinds import BEST_TO_WORST, Opinion, worse_of
from scorecards.scoring.policy import Policy
from scorecards.scoring.tree import (
    CriterionInput,
    FrameworkFigures,
    FrameworkInput,
)

NO_CRITERIA = "no_criteria"
COVERAGE = "coverage"
BAND = "band"
CORE_AT_LOWEST = "core_at_lowest"
EVIDENCE_OF_CORE = "evidence_of_core"
EVIDENCE_SHARE = "evidence_share"


@dataclass(frozen=True)
class RuleFinding:
    """One rule of the policy as it met these figures.

    `limits_to` is what it allows at best; `decided` says whether the opinion
    would have been another without it.
    """

    rule: str
    limits_to: Opinion
    decided: bool
    words: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class FrameworkOpinion:
    opinion: Opinion
    decided_by: str
    words: str
    rules: tuple[RuleFinding, ...]


@dataclass(frozen=True)
class OverallOpinion:
    opinion: Opinion
    decided_by: tuple[str, ...]
    words: str


def framework_opinion(
    framework: FrameworkInput,
    figures: FrameworkFigures,
    policy: Policy,
    *,
    assessed_on: date,
) -> FrameworkOpinion:
    """The opinion that the policy allows on these figures."""
    blocked = _no_opinion_yet(figures, policy)
    if blocked is not None:
        return FrameworkOpinion(Opinion.NO_OPINION_YET, blocked.rule, blocked.words, (blocked,))
    assert figures.exact_percent is not None  # something is rated, or it was blocked
    findings = [
        _band(figures.exact_percent, policy),
        *_core_at_lowest(framework, policy),
        *_evidence(framework, figures, policy, assessed_on),
    ]
    worst = max(findings, key=lambda found: BEST_TO_WORST.index(found.limits_to))
    rules = tuple(
        RuleFinding(f.rule, f.limits_to, f is worst, f.words, f.criteria) for f in findings
    )
    return FrameworkOpinion(worst.limits_to, worst.rule, worst.words, rules)


def overall_opinion(opinions: Sequence[tuple[str, Opinion]]) -> OverallOpinion:
    """The worst of (title, opinion) pairs; none while one of them is open."""
    if not opinions:
        return OverallOpinion(
            Opinion.NO_OPINION_YET,
            (),
            "No framework has been assessed, so there is no opinion yet.",
        )
    open_titles = tuple(t for t, o in opinions if o is Opinion.NO_OPINION_YET)
    if open_titles:
        return OverallOpinion(
            Opinion.NO_OPINION_YET,
            open_titles,
            f"There is no overall opinion yet, because there is none for {_listed(open_titles)}.",
        )
    worst = opinions[0][1]
    for _, opinion in opinions:
        worst = worse_of(worst, opinion)
    titles = tuple(title for title, opinion in opinions if opinion is worst)
    if len(opinions) == 1:
        words = f"One framework was assessed, {titles[0]}: its opinion is the overall opinion."
    else:
        words = (
            "The overall opinion is the worst of the frameworks' opinions: "
            f"{worst.words}, from {_listed(titles)}."
        )
    return OverallOpinion(worst, titles, words)


def _no_opinion_yet(figures: FrameworkFigures, policy: Policy) -> RuleFinding | None:
    coverage = figures.coverage
    if coverage.applicable == 0:
        return RuleFinding(
            NO_CRITERIA,
            Opinion.NO_OPINION_YET,
            True,
            "No criterion of this framework applies, so there is no opinion.",
        )
    enough = coverage.rated * 100 >= policy.minimum_coverage_percent * coverage.applicable
    if coverage.rated and enough:
        return None
    return RuleFinding(
        COVERAGE,
        Opinion.NO_OPINION_YET,
        True,
        f"{coverage.rated} of {coverage.applicable} applicable criteria are rated. "
        f"An opinion needs at least {_plain(policy.minimum_coverage_percent)}% of them, "
        "so there is no opinion yet. This is not the same as no assurance.",
    )


def _band(percent: Fraction, policy: Policy) -> RuleFinding:
    above = None
    for band in policy.bands:
        if percent >= band.from_percent:
            words = (
                f"The score is in the band for {band.opinion.words} "
                f"({_plain(band.from_percent)}% or more"
            )
            words += ")." if above is None else f", under {_plain(above)}%)."
            return RuleFinding(BAND, band.opinion, False, words)
        above = band.from_percent
    assert above is not None  # a policy has at least one band
    return RuleFinding(
        BAND,
        Opinion.NO_ASSURANCE,
        False,
        f"The score is under {_plain(above)}%, below every band: no assurance.",
    )


def _core_at_lowest(framework: FrameworkInput, policy: Policy) -> Iterable[RuleFinding]:
    cap = policy.core_at_lowest_caps_at
    if cap is None:
        return
    codes = _codes(
        c
        for c in framework.criteria
        if c.is_core and c.is_rated and c.rating == framework.scale.lowest
    )
    if codes:
        yield RuleFinding(
            CORE_AT_LOWEST,
            cap,
            False,
            f"{_criteria_are(codes, 'core criterion', 'core criteria')} rated at the lowest "
            f"point of the scale. That limits the opinion to {cap.words} at best.",
            codes,
        )


def _evidence(
    framework: FrameworkInput, figures: FrameworkFigures, policy: Policy, on: date
) -> Iterable[RuleFinding]:
    rule = policy.evidence
    if rule is None:
        return
    if rule.every_core_supported:
        codes = _codes(
            c
            for c in framework.criteria
            if c.is_core and c.is_applicable and not c.is_supported(on)
        )
        if codes:
            yield RuleFinding(
                EVIDENCE_OF_CORE,
                rule.caps_at,
                False,
                f"{_criteria_are(codes, 'core criterion', 'core criteria')} not supported by "
                "documented or verified evidence that is in date. That limits the opinion to "
                f"{rule.caps_at.words} at best.",
                codes,
            )
    supported, rated = figures.evidence.supported, figures.coverage.rated
    if supported * 100 < rule.minimum_supported_percent * rated:
        yield RuleFinding(
            EVIDENCE_SHARE,
            rule.caps_at,
            False,
            f"{supported} of {rated} ratings rest on documented or verified evidence that is "
            f"in date; {_plain(rule.minimum_supported_percent)}% is needed. That limits the "
            f"opinion to {rule.caps_at.words} at best.",
        )


def _codes(criteria: Iterable[CriterionInput]) -> tuple[str, ...]:
    return tuple(sorted(c.code for c in criteria))


def _criteria_are(codes: tuple[str, ...], one: str, many: str) -> str:
    if len(codes) == 1:
        return f"{one.capitalize()} {codes[0]} is"
    shown = codes if len(codes) <= 6 else (*codes[:5], f"{len(codes) - 5} more")
    return f"{many.capitalize()} {_listed(shown)} are"


def _listed(items: Sequence[str]) -> str:
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _plain(value: Decimal) -> str:
    """A figure of the policy, as the policy gives it."""
    return f"{value.normalize():f}"
