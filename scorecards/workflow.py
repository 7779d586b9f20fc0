"""The stages of a scorecard and the steps between them: the one table."""

from dataclasses import dataclass

from scorecards.enums import Stage


@dataclass(frozen=True)
class Step:
    """A named step: where it starts from, where it leads to, and whether it needs a reason."""

    name: str
    words: str
    starts_from: frozenset[Stage]
    leads_to: Stage
    needs_reason: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("request", "asked the provider", frozenset({Stage.DRAFT}), Stage.REQUESTED),
        Step(
            "receive", "submitted the self-assessment",
            frozenset({Stage.REQUESTED}), Stage.SUBMITTED,
        ),
        Step(
            "return_answers", "returned the self-assessment",
            frozenset({Stage.SUBMITTED, Stage.RATING}), Stage.REQUESTED, needs_reason=True,
        ),
        Step(
            "give_up", "went on without an answer",
            frozenset({Stage.REQUESTED}), Stage.NOT_ANSWERED,
        ),
        Step(
            "begin_rating", "began to rate",
            frozenset({Stage.SUBMITTED, Stage.NOT_ANSWERED}), Stage.RATING,
        ),
        Step("send", "sent for approval", frozenset({Stage.RATING}), Stage.SENT_FOR_APPROVAL),
        Step(
            "return_rating", "returned to the evaluators",
            frozenset({Stage.SENT_FOR_APPROVAL}), Stage.RATING, needs_reason=True,
        ),
        Step("sign_off", "signed off", frozenset({Stage.SENT_FOR_APPROVAL}), Stage.SIGNED_OFF),
        Step("supersede", "superseded", frozenset({Stage.SIGNED_OFF}), Stage.SUPERSEDED),
    )
}  # fmt: skip
