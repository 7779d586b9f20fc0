"""Topics and purposes read well in sentences."""

from commissioning.award_model.rule_records import NoticePurpose, Topic


def test_topics_fit_into_the_sentence_that_none_is_held():
    assert all(topic.words[0].islower() and not topic.words.endswith(".") for topic in Topic)


def test_purposes_have_words_of_their_own():
    assert len({purpose.words for purpose in NoticePurpose}) == len(NoticePurpose)
