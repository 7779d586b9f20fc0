"""The rules that are held, each with its basis."""

from commissioning.award_model.regime_texts import ACT_NOTICES, ACT_PROVISIONS, WELSH_PROVISIONS
from commissioning.award_model.rule_records import Topic
from commissioning.award_model.terms import Standing


def test_each_topic_is_held_once_with_section_or_regulation():
    for provisions in (ACT_PROVISIONS, WELSH_PROVISIONS):
        topics = [topic for topic, _provision in provisions]
        assert len(set(topics)) == len(topics)
        for _topic, provision in provisions:
            assert "Procurement Act 2023, s" in provision.basis
            assert provision.words.endswith(".")


def test_what_was_not_read_in_the_law_says_so():
    assert [topic.value for topic, one in ACT_PROVISIONS if one.standing != Standing.SOURCED] == [
        "abnormally_low"
    ]
    assert {one.standing for one in ACT_NOTICES} == {Standing.SOURCED}


def test_conditions_of_participation_must_exclude_and_the_rest_may():
    words = dict(ACT_PROVISIONS)[Topic.CONDITIONS_OF_PARTICIPATION].words
    assert "does not satisfy the conditions of participation must be disregarded" in words
    assert "In the other cases a tender may be disregarded" in words


def test_exclusion_needs_circumstances_that_go_on_or_come_back_and_a_hearing():
    words = dict(ACT_PROVISIONS)[Topic.EXCLUSION].words
    assert "continuing or likely to occur again" in words
    assert "opportunity to make representations" in words


def test_breach_notice_has_no_least_value():
    words = dict(ACT_PROVISIONS)[Topic.CONTRACT_PERFORMANCE].words
    assert "No least value is needed" in words
    assert "million" not in words


def test_welsh_authorities_publish_no_copy_of_the_contract():
    assert "publish no copy" in dict(WELSH_PROVISIONS)[Topic.CONTRACT_DETAILS].words
    assert "within 90 days, 180" in dict(ACT_PROVISIONS)[Topic.CONTRACT_DETAILS].words


def test_each_notice_has_a_purpose_and_a_code_of_its_own():
    assert len({one.code for one in ACT_NOTICES}) == len(ACT_NOTICES)
    assert len({one.purpose for one in ACT_NOTICES}) == len(ACT_NOTICES)
