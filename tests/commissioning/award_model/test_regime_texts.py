"""The rules that are held, each with its basis."""

from commissioning.award_model.regime_texts import ACT_NOTICES, ACT_PROVISIONS, WELSH_PROVISIONS
from commissioning.award_model.terms import Standing


def test_each_topic_is_held_once_with_section_or_regulation():
    for provisions in (ACT_PROVISIONS, WELSH_PROVISIONS):
        topics = [topic for topic, _provision in provisions]
        assert len(set(topics)) == len(topics)
        for _topic, provision in provisions:
            assert "Procurement Act 2023, s" in provision.basis
            assert provision.words.endswith(".")


def test_what_was_not_checked_says_so():
    unchecked = {topic.value for topic, one in ACT_PROVISIONS if one.standing is Standing.UNCHECKED}
    assert unchecked == {"contract_details"}
    assert {one.code for one in ACT_NOTICES if one.standing is Standing.UNCHECKED} == {
        "UK10",
        "UK11",
    }


def test_each_notice_has_a_purpose_and_a_code_of_its_own():
    assert len({one.code for one in ACT_NOTICES}) == len(ACT_NOTICES)
    assert len({one.purpose for one in ACT_NOTICES}) == len(ACT_NOTICES)
