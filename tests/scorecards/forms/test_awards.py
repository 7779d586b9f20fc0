"""Forms of awards."""

from types import SimpleNamespace

from scorecards.forms import AwardNoticeForm, ChallengeForm, SummaryForm


def leaf(key: str, rating=3):
    return SimpleNamespace(key=key, number="1", title="Plan", rating=rating)


def form_of(given=None, **changes):
    said = {"leaves": (leaf("a"), leaf("p", None)), "is_winner": False, "is_assessed": True}
    return SummaryForm({"revision": "0"} | (given or {}), **(said | changes))


def test_rated_criterion_asks_what_a_higher_score_needed_and_a_price_does_not():
    names = set(form_of().fields)
    assert {"why:a", "higher:a", "why:p"} <= names
    assert "higher:p" not in names


def test_winner_and_disregarded_bidder_are_told_nothing_of_a_winner():
    for changes in ({"is_winner": True}, {"is_assessed": False}):
        assert not any(name.startswith("withheld") for name in form_of(**changes).fields)


def test_words_and_grounds_are_given_apart():
    form = form_of(
        {"address": "1 High Street", "why:a": "It says who.", "withheld-scores": "Secret"}
    )
    assert form.is_valid()
    assert (form.words["address"], form.words["why:a"]) == ("1 High Street", "It says who.")
    assert form.withheld == {"scores": "Secret", "explanations": "", "total": ""}


def test_errors_say_what_to_do():
    assert form_of({"email": "x"}).errors["email"] == [
        "Enter an e-mail address, such as bids@example.org"
    ]
    assert set(AwardNoticeForm({}).errors) == {"number", "published_on"}
    assert ChallengeForm({"reason": "A claim"}).errors["step"] == ["Choose what happened"]
