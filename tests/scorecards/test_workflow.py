"""The table of steps, as the glossary and the pages tell it."""

from scorecards.workflow import STEPS


def test_table_of_steps():
    assert {
        name: (sorted(step.starts_from), step.leads_to, step.needs_reason)
        for name, step in STEPS.items()
    } == {
        "request": (["draft"], "requested", False),
        "receive": (["requested"], "submitted", False),
        "return_answers": (["rating", "submitted"], "requested", True),
        "give_up": (["requested"], "not_answered", False),
        "begin_rating": (["not_answered", "submitted"], "rating", False),
        "send": (["rating"], "sent_for_approval", False),
        "return_rating": (["sent_for_approval"], "rating", True),
        "sign_off": (["sent_for_approval"], "signed_off", False),
        "supersede": (["signed_off"], "superseded", False),
    }


def test_every_step_has_words_for_the_report():
    assert all(step.words and step.words[0].islower() for step in STEPS.values())
