"""What is held of each regime."""

import pytest

from commissioning.award_model.regime_texts import ACT_NOTICES
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.rule_records import ConflictsCheck, NoticePurpose, Topic
from commissioning.award_model.terms import RegimeCode, Standing

ACT = RegimeCode.PROCUREMENT_ACT_2023


@pytest.mark.parametrize("regime", RegimeCode)
def test_every_regime_has_a_title_a_law_and_words_on_every_topic(regime):
    rules = rules_for(regime)
    assert rules.regime is regime
    assert rules.title and rules.law and rules.scope.endswith(".")
    assert all(rules.words(topic).endswith(".") for topic in Topic)


def test_act_holds_a_rule_on_every_topic():
    for body in ("central", "sub_central", "devolved_wales"):
        rules = rules_for(ACT, body)
        assert [topic for topic in Topic if rules.provision(topic) is None] == []


@pytest.mark.parametrize("regime", [code for code in RegimeCode if code is not ACT])
def test_other_regimes_say_for_each_topic_that_no_rule_is_held(regime):
    rules = rules_for(regime)
    assert all(rules.provision(topic) is None for topic in Topic)
    assert all(rules.notice(purpose) is None for purpose in NoticePurpose)
    assert rules.words(Topic.STANDSTILL) == rules.missing(Topic.STANDSTILL)


def test_missing_rule_names_topic_regime_and_law():
    assert rules_for("provider_selection").missing(Topic.STANDSTILL) == (
        "This service holds no rule on standstill under the Provider Selection Regime. Follow the "
        "Health Care Services (Provider Selection Regime) Regulations 2023 (SI 2023/1348) yourself."
    )


def test_wales_has_its_own_regulation_on_summaries():
    welsh = rules_for(ACT, "devolved_wales").provision(Topic.ASSESSMENT_SUMMARY)
    english = rules_for(ACT, "sub_central").provision(Topic.ASSESSMENT_SUMMARY)
    assert "(Wales) Regulations 2024, reg. 32" in welsh.basis
    assert "reg. 31" in english.basis
    assert welsh.standing is Standing.THIRD_PARTY
    assert rules_for("scotland", "devolved_wales") is rules_for("scotland")


@pytest.mark.parametrize(
    ("purpose", "code", "asks_conflicts"),
    [
        (NoticePurpose.TENDER, "UK4", True),
        (NoticePurpose.TRANSPARENCY, "UK5", True),
        (NoticePurpose.AWARD, "UK6", True),
        (NoticePurpose.CONTRACT_DETAILS, "UK7", True),
        (NoticePurpose.CONTRACT_PERFORMANCE, "UK9", False),
        (NoticePurpose.CONTRACT_CHANGE, "UK10", True),
        (NoticePurpose.CONTRACT_TERMINATION, "UK11", False),
        (NoticePurpose.PROCUREMENT_TERMINATION, "UK12", False),
    ],
)
def test_notices_of_the_act(purpose, code, asks_conflicts):
    rules = rules_for(ACT)
    assert rules.notice(purpose).code == code
    assert rules.asks_conflicts(code) == asks_conflicts


def test_notice_that_is_not_known_asks_for_the_conflicts_assessment():
    assert rules_for(ACT).asks_conflicts("other")
    assert rules_for("scotland").asks_conflicts("UK12")


def test_act_asks_for_the_conflicts_assessment_in_four_of_the_notices_held():
    by_law = [one.code for one in ACT_NOTICES if one.conflicts is ConflictsCheck.LAW]
    ours = [one.code for one in ACT_NOTICES if one.conflicts is ConflictsCheck.OURS]
    assert (by_law, ours) == (["UK4", "UK5", "UK7", "UK10"], ["UK6"])


def test_regime_that_does_not_exist_is_refused():
    with pytest.raises(ValueError):
        rules_for("common_law")
