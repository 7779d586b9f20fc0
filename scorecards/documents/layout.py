"""From a report's content to the words and pictures that its template places."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scorecards.charts import Chart, principle_chart
from scorecards.documents import phrases
from scorecards.documents.content import (
    CriterionText,
    EvidenceText,
    FrameworkText,
    ReportContent,
)
from scorecards.documents.layout_social_value import SocialValueView, social_value_view
from scorecards.documents.wording import (
    NOT_PUBLISHED,
    count_words,
    day_words,
    gbp_words,
    listed,
    moment_words,
    number_words,
    percent_words,
)
from scorecards.scoring import (
    CriterionInput,
    CriterionOutcome,
    FrameworkInput,
    FrameworkOutcome,
    Opinion,
    Policy,
)

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OpinionView:
    """`key` names the opinion for the stylesheet; `words` start with a capital."""

    key: str
    words: str
    reason: str
    meaning: str


@dataclass(frozen=True)
class EvidenceView:
    title: str
    facts: str
    sha256: str


@dataclass(frozen=True)
class CriterionView:
    code: str
    title: str
    tags: str
    explanation: str
    rating: str
    claim: str
    strength: str
    rationale: str
    found_where: str
    not_applicable_reason: str
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class PrincipleView:
    code: str
    title: str
    score: str
    coverage: str
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True)
class FrameworkView:
    anchor: str
    title: str
    edition: str
    basis: str
    basis_note: str
    opinion: OpinionView
    facts: Rows
    rules: tuple[str, ...]
    scale: Rows
    chart: Chart
    principles: tuple[PrincipleView, ...]


@dataclass(frozen=True)
class FindingView:
    reference: str
    priority: str
    criterion: str
    title: str
    detail: str


def report_context(content: ReportContent) -> dict[str, Any]:
    """The template's whole context: words, no figures that still need forming."""
    texts = {text.code: text for text in content.frameworks}
    policy = content.inputs.policy
    frameworks = tuple(
        _framework(texts[given.code], given, found, policy)
        for given, found in zip(content.inputs.frameworks, content.outcome.frameworks, strict=True)
    )
    social_value = social_value_view(content)
    overall = content.outcome.overall
    return {
        "report": content,
        "title": content.title,
        "is_draft": content.is_draft,
        "draft_words": phrases.DRAFT,
        "management_opinion_words": phrases.MANAGEMENT_OPINION,
        "opinion": opinion_view(overall.opinion, overall.words),
        "cover_facts": _cover_facts(content),
        "summary": _summary(content),
        "frameworks": frameworks,
        "findings": tuple(
            FindingView(f.reference, f.priority.capitalize(), f.criterion_code, f.title, f.detail)
            for f in content.findings
        ),
        "social_value": social_value,
        "illustrative_words": (
            phrases.ILLUSTRATIVE if social_value and social_value.is_illustrative else ""
        ),
        "policy_label": policy.label,
        "bands": _bands(policy),
        "limiting_rules": tuple(_limiting_rules(policy)),
        "history": tuple((moment_words(e.at), e.who, e.what) for e in content.history),
        "created": moment_words(content.created_at),
        "sections": _sections(frameworks, social_value),
    }


def opinion_view(opinion: Opinion, reason: str) -> OpinionView:
    return OpinionView(
        key=opinion.value.replace("_", "-"),
        words=opinion.words.capitalize(),
        reason=reason,
        meaning=phrases.OPINION_MEANINGS[opinion],
    )


def _sections(frameworks: tuple[FrameworkView, ...], social_value: SocialValueView | None) -> Rows:
    """(anchor, heading) in the order of the report, for its list of contents."""
    rows = [("summary", "Summary")]
    rows += [(f.anchor, f.title) for f in frameworks]
    rows.append(("findings", "Findings"))
    if social_value is not None:
        rows.append(("social-value", "Social value"))
    rows += [(f"{f.anchor}-criteria", f"Every criterion: {f.title}") for f in frameworks]
    rows += [
        ("method", "Method and limiting rules"),
        ("history", "Who did what, and when"),
        ("verify", "How to check this report"),
    ]
    return tuple(rows)


def _cover_facts(content: ReportContent) -> Rows:
    contract = content.contract
    term = NOT_PUBLISHED
    if contract.starts_on or contract.ends_on:
        term = f"{day_words(contract.starts_on)} to {day_words(contract.ends_on)}"
    rows = [
        ("Provider", contract.provider),
        ("Commissioner", contract.commissioner),
        ("Contract", f"{contract.title} ({contract.reference})"),
        ("Published as", contract.ocid or NOT_PUBLISHED),
        ("Contract value", gbp_words(contract.value_gbp)),
        ("Contract term", term),
        ("Level of assurance", content.level.capitalize()),
        ("Assessed on", day_words(content.inputs.assessed_on)),
        ("Scorecard", content.scorecard_reference),
        ("Report", content.reference),
    ]
    if content.supersedes:
        rows.append(("Replaces scorecard", content.supersedes))
    if contract.source:
        rows.append(("Source of the notice", contract.source))
    return tuple(rows)


def _summary(content: ReportContent) -> tuple[str, ...]:
    """A few paragraphs for someone who is not a specialist."""
    contract, outcome = content.contract, content.outcome
    names = listed([f.title for f in outcome.frameworks])
    rated = sum(f.coverage.rated for f in outcome.frameworks)
    applicable = sum(f.coverage.applicable for f in outcome.frameworks)
    supported = sum(f.evidence.supported for f in outcome.frameworks)
    overall = outcome.overall.opinion
    if overall is Opinion.NO_OPINION_YET:
        opening = f"There is no overall opinion yet. {phrases.OPINION_MEANINGS[overall]}"
    else:
        opening = (
            f"The overall management opinion is {overall.words}. "
            f"{phrases.OPINION_MEANINGS[overall]}"
        )
    paragraphs = [
        opening,
        f"{contract.commissioner} assessed how {contract.provider} upholds ethical standards in "
        f"the contract “{contract.title}”, against {names or 'no framework'}. "
        f"{count_words(applicable, 'criterion applies', 'criteria apply')}; {rated} "
        f"{'has' if rated == 1 else 'have'} been rated, {supported} of them on documented or "
        "verified evidence that is in date.",
    ]
    paragraphs += [p for f in outcome.frameworks if (p := _best_and_worst(f))]
    claims = sum(f.gap.over_claimed for f in outcome.frameworks)
    if claims:
        paragraphs.append(
            f"For {count_words(claims, 'criterion', 'criteria')} the provider claimed more than "
            "the evaluator found."
        )
    high = sum(f.priority.lower() == "high" for f in content.findings)
    if content.findings:
        paragraphs.append(
            f"The assessment raised {count_words(len(content.findings), 'finding')}"
            f"{f', {high} of high priority' if high else ''}."
        )
    else:
        paragraphs.append("The assessment raised no findings.")
    return tuple(paragraphs)


def _best_and_worst(framework: FrameworkOutcome) -> str:
    scored = sorted(
        (p for p in framework.principles if p.percent is not None),
        key=lambda p: (p.percent, p.code),
    )
    if len(scored) < 2 or scored[0].percent == scored[-1].percent:
        return ""
    lowest, highest = scored[0], scored[-1]
    return (
        f"{framework.title}: the strongest result is for {highest.title} "
        f"({percent_words(highest.percent)}), the weakest for {lowest.title} "
        f"({percent_words(lowest.percent)})."
    )


def _framework(
    text: FrameworkText, given: FrameworkInput, found: FrameworkOutcome, policy: Policy
) -> FrameworkView:
    words = {c.code: c for c in text.criteria}
    labels = {value: label for value, label, _ in text.scale_points}
    inputs = {c.code: c for c in given.criteria}
    evidence = found.evidence
    facts = (
        ("Score", percent_words(found.percent)),
        (
            "Coverage",
            f"{found.coverage.rated} of {found.coverage.applicable} applicable criteria rated "
            f"({percent_words(found.coverage.percent, 'none apply')})",
        ),
        (
            "Evidence behind the ratings",
            f"{evidence.verified} independently verified, {evidence.documented} documented, "
            f"{evidence.asserted} asserted only, {evidence.not_stated} not stated; "
            f"{evidence.expired} expired",
        ),
        (
            "Claims compared with ratings",
            f"{found.gap.compared} compared: {found.gap.over_claimed} claimed higher, "
            f"{found.gap.under_claimed} claimed lower; mean difference "
            f"{number_words(found.gap.mean, 'not known')}",
        ),
    )
    return FrameworkView(
        anchor=f"framework-{text.code}",
        title=text.title,
        edition=f"Edition {text.edition}, {text.publisher}. {text.licence}",
        basis=phrases.BASIS_WORDS[text.basis],
        basis_note=text.basis_note,
        opinion=opinion_view(found.opinion.opinion, found.opinion.words),
        facts=facts,
        rules=tuple(rule.words for rule in found.opinion.rules if not rule.decided),
        scale=tuple((f"{v} {label}", told) for v, label, told in text.scale_points),
        chart=principle_chart(
            name=f"chart-{text.code}",
            framework=text.title,
            principles=found.principles,
            bands=policy.bands,
        ),
        principles=tuple(
            PrincipleView(
                code=p.code,
                title=p.title,
                score=percent_words(p.percent),
                coverage=f"{p.coverage.rated} of {p.coverage.applicable} rated",
                criteria=tuple(
                    _criterion(words[c.code], inputs[c.code], c, labels) for c in p.criteria
                ),
            )
            for p in found.principles
        ),
    )


def _criterion(
    text: CriterionText,
    given: CriterionInput,
    found: CriterionOutcome,
    labels: dict[int, str],
) -> CriterionView:
    def point(value: int | None, missing: str) -> str:
        return missing if value is None else f"{value}, {labels.get(value, '').lower()}"

    not_applicable = phrases.NOT_APPLICABLE_WORDS.get(given.applicability, "")
    rating = point(found.rating, "Not rated")
    if not_applicable:
        rating = not_applicable if found.rating is None else f"{rating} ({not_applicable})"
    strength = ""
    if found.rating is not None:
        strength = phrases.STRENGTH_WORDS[given.evidence_strength]
        strength += ", expired" if found.is_expired else ""
    return CriterionView(
        code=text.code,
        title=text.title,
        tags=f"{text.level.capitalize()}, answered by the {text.answered_by}",
        explanation=text.explanation,
        rating=rating,
        claim=point(found.claim, "not answered"),
        strength=strength,
        rationale=text.rationale,
        found_where=text.found_where,
        not_applicable_reason=text.not_applicable_reason,
        evidence=tuple(_evidence(item) for item in text.evidence),
    )


def _evidence(item: EvidenceText) -> EvidenceView:
    facts = [item.reference]
    if item.covers_from or item.covers_to:
        first = day_words(item.covers_from, "a day not stated")
        facts.append(f"covers {first} to {day_words(item.covers_to, 'a day not stated')}")
    if item.valid_until:
        facts.append(f"valid until {day_words(item.valid_until)}")
    if item.url:
        facts.append(item.url)
    return EvidenceView(item.title, ", ".join(facts), item.sha256)


def _bands(policy: Policy) -> Rows:
    rows = [
        (band.opinion.words.capitalize(), f"{number_words(band.from_percent)}% or more")
        for band in policy.bands
    ]
    lowest = number_words(policy.bands[-1].from_percent)
    rows.append((Opinion.NO_ASSURANCE.words.capitalize(), f"under {lowest}%"))
    return tuple(rows)


def _limiting_rules(policy: Policy) -> Iterable[str]:
    yield (
        f"If fewer than {number_words(policy.minimum_coverage_percent)}% of the applicable "
        "criteria are rated, there is no opinion yet."
    )
    if policy.core_at_lowest_caps_at is not None:
        yield (
            "One core criterion rated at the lowest point of the scale limits the opinion to "
            f"{policy.core_at_lowest_caps_at.words} at best."
        )
    rule = policy.evidence
    if rule is not None:
        core = "every applicable core criterion and " if rule.every_core_supported else ""
        yield (
            f"An opinion better than {rule.caps_at.words} needs {core}at least "
            f"{number_words(rule.minimum_supported_percent)}% of the ratings to rest on "
            "documented or verified evidence that was in date on the day of the assessment."
        )
