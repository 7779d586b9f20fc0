"""The words of a report, for a reader who is not a specialist."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

from scorecards.documents import phrases
from scorecards.documents.content import Basis
from scorecards.documents.layout import report_context
from scorecards.documents.report import report_html
from scorecards.scoring import Applicability, CriterionInput, evaluate
from tests.scorecards.documents.samples import long_content, short_content, social_value_input


def read(content):
    return unescape(report_html(content))


def rescored(content, **changes):
    inputs = replace(content.inputs, **changes)
    return replace(content, inputs=inputs, outcome=evaluate(inputs))


def with_first_criterion(content, **changes):
    framework = content.inputs.frameworks[0]
    principle = framework.principles[0]
    criterion = replace(principle.criteria[0], **changes)
    principle = replace(principle, criteria=(criterion, *principle.criteria[1:]))
    framework = replace(framework, principles=(principle, *framework.principles[1:]))
    return rescored(content, frameworks=(framework, *content.inputs.frameworks[1:]))


def first_criterion(content):
    return report_context(content)["frameworks"][0].principles[0].criteria[0]


def test_summary_opens_with_the_opinion_and_what_it_means():
    summary = report_context(short_content())["summary"]

    assert summary[0] == (
        "The overall management opinion is reasonable assurance. The arrangements are mostly "
        "sound. Some need strengthening, or better evidence, before they can be fully relied on."
    )
    assert "15 criteria apply; 15 have been rated" in summary[1]
    assert summary[-1] == "The assessment raised 3 findings, 1 of high priority."


def test_summary_without_an_opinion_says_that_this_is_not_no_assurance():
    framework = short_content().inputs.frameworks[0]
    bare = replace(
        framework,
        principles=tuple(
            replace(p, criteria=tuple(CriterionInput(c.code, c.is_core, None) for c in p.criteria))
            for p in framework.principles
        ),
    )
    content = rescored(
        short_content(findings=()), frameworks=(bare, *short_content().inputs.frameworks[1:])
    )

    context = report_context(content)

    assert context["opinion"].words == "No opinion yet"
    assert context["summary"][0].startswith("There is no overall opinion yet.")
    assert "not the same as no assurance" in context["summary"][0]
    assert context["summary"][-1] == "The assessment raised no findings."
    assert first_criterion(content).rating == "Not rated"
    assert "No opinion yet" in read(content)


def test_cover_facts_that_are_missing_are_not_published():
    contract = replace(
        short_content().contract, value_gbp=None, starts_on=None, ends_on=None, ocid=""
    )

    facts = dict(report_context(short_content(contract=contract))["cover_facts"])

    assert facts["Contract value"] == "not published"
    assert facts["Contract term"] == "not published"
    assert facts["Published as"] == "not published"


def test_cover_facts_name_what_is_replaced():
    facts = dict(report_context(short_content(supersedes="SC-0LD"))["cover_facts"])

    assert facts["Replaces scorecard"] == "SC-0LD"


def test_criterion_that_was_rated():
    found = first_criterion(short_content())

    assert found.rating == "2, in place"
    assert found.claim == "3, strong"
    assert found.strength == "independently verified"
    assert found.evidence[0].facts == (
        "EV-01K0QWT, covers 1 January 2026 to 30 June 2026, valid until 24 March 2027"
    )


def test_criterion_whose_evidence_has_expired():
    content = with_first_criterion(short_content(), evidence_valid_until=(date(2026, 1, 1),))

    assert first_criterion(content).strength == "independently verified, expired"


def test_criterion_agreed_not_applicable():
    content = with_first_criterion(
        short_content(), rating=None, applicability=Applicability.AGREED_NOT_APPLICABLE
    )

    assert first_criterion(content).rating == "Not applicable, agreed"


def test_criterion_not_applicable_in_the_providers_view_only():
    content = with_first_criterion(
        short_content(), applicability=Applicability.CLAIMED_NOT_APPLICABLE
    )

    assert first_criterion(content).rating == (
        "2, in place (Not applicable in the provider's view, not agreed)"
    )


def test_basis_of_an_edition_is_shown():
    text = replace(short_content().frameworks[0], basis=Basis.RECONSTRUCTED)
    content = short_content(frameworks=(text, short_content().frameworks[1]))

    html = read(content)

    assert phrases.BASIS_WORDS[Basis.RECONSTRUCTED] in html


def test_illustrative_values_are_named_on_cover_and_section():
    html = read(short_content())

    assert html.count("Illustrative values.") == 2
    assert phrases.ILLUSTRATIVE in html


def test_real_values_are_not_called_illustrative():
    content = rescored(short_content(), social_value=social_value_input(is_illustrative=False))

    assert "llustrative values" not in read(content)


def test_report_without_social_value_has_no_such_section():
    content = rescored(short_content(measures=None), social_value=None)

    context = report_context(content)

    assert context["social_value"] is None
    assert "social-value" not in dict(context["sections"])
    assert 'id="social-value"' not in read(content)


def test_social_value_without_a_contract_value():
    value = replace(social_value_input(), contract_value_gbp=None)

    facts = dict(
        report_context(rescored(short_content(), social_value=value))["social_value"].facts
    )

    assert facts["Contract value"] == "not published"
    assert facts["Committed, as a share of the contract value"] == "not published"


def test_measure_that_could_not_be_valued_says_why():
    themes = report_context(short_content())["social_value"].themes
    measures = {m.name.split()[0]: m for t in themes for _, rows in t.outcomes for m in rows}

    assert measures["NT29"].gaps == "Not valued: what would have happened anyway is not stated."
    assert measures["NT1"].committed == "7.5 = £168,750"


def test_limiting_rules_follow_the_policy():
    policy = replace(
        short_content().inputs.policy,
        core_at_lowest_caps_at=None,
        evidence=None,
        minimum_coverage_percent=Decimal("75.5"),
    )

    rules = report_context(rescored(short_content(), policy=policy))["limiting_rules"]

    assert rules == (
        "If fewer than 75.5% of the applicable criteria are rated, there is no opinion yet.",
    )


def test_every_section_of_the_contents_has_its_anchor():
    html = read(long_content())

    for anchor, _ in report_context(long_content())["sections"]:
        assert html.count(f'id="{anchor}"') == 1


def test_every_criterion_is_in_the_report():
    context = report_context(long_content())

    count = sum(len(p.criteria) for f in context["frameworks"] for p in f.principles)

    assert count == 98


def test_management_opinion_is_never_called_an_audit_opinion():
    assert phrases.MANAGEMENT_OPINION in read(short_content())


def test_measure_that_is_only_recorded_is_listed_once():
    view = report_context(short_content())["social_value"]

    assert [m.name for m in view.record_only] == ["NT2 Share of local people"]
    assert not any("NT2 " in m.name for t in view.themes for _, rows in t.outcomes for m in rows)
