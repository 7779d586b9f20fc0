"""The stages of a scorecard and of a lot, and the steps between them: the tables."""

from dataclasses import dataclass

from scorecards.enums import LotStage, Stage


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

_L = LotStage
_BEFORE_RESULT = {_L.SCORING, _L.MODERATION, _L.CONFIRMING, _L.QUALITY_SIGNED, _L.CALCULATED}


@dataclass(frozen=True)
class LotMove:
    """A step of the evaluation of a lot; otherwise as ``Step``."""

    name: str
    words: str
    starts_from: frozenset[LotStage]
    leads_to: LotStage
    needs_reason: bool = False


LOT_STEPS = {
    step.name: step
    for step in (
        LotMove(
            "begin_moderation", "began the moderation when all ratings were locked",
            frozenset({_L.SCORING}), _L.MODERATION,
        ),
        LotMove(
            "reopen_scoring", "opened the scoring again",
            frozenset({_L.MODERATION}), _L.SCORING, needs_reason=True,
        ),
        LotMove(
            "propose_record", "put the record to the members",
            frozenset({_L.MODERATION}), _L.CONFIRMING,
        ),
        LotMove(
            "reopen_moderation", "opened the moderation again",
            frozenset({_L.CONFIRMING}), _L.MODERATION, needs_reason=True,
        ),
        LotMove(
            "sign_quality", "signed the consensus on quality",
            frozenset({_L.CONFIRMING}), _L.QUALITY_SIGNED,
        ),
        LotMove(
            "calculate", "calculated the result",
            frozenset({_L.QUALITY_SIGNED, _L.CALCULATED}), _L.CALCULATED,
        ),
        LotMove(
            "recommend", "recommended the award", frozenset({_L.CALCULATED}), _L.RECOMMENDED,
        ),
        LotMove(
            "return_award", "returned the recommendation",
            frozenset({_L.RECOMMENDED}), _L.CALCULATED, needs_reason=True,
        ),
        LotMove("approve", "approved the award", frozenset({_L.RECOMMENDED}), _L.APPROVED),
        LotMove(
            "release", "released the assessment summaries",
            frozenset({_L.APPROVED}), _L.SUMMARIES_RELEASED,
        ),
        LotMove(
            "notice", "recorded the award notice",
            frozenset({_L.SUMMARIES_RELEASED}), _L.STANDSTILL,
        ),
        LotMove(
            "challenge", "recorded a challenge",
            frozenset({_L.SUMMARIES_RELEASED, _L.STANDSTILL}), _L.CHALLENGED, needs_reason=True,
        ),
        LotMove(
            "suspend", "recorded that the award is suspended",
            frozenset({_L.STANDSTILL, _L.CHALLENGED}), _L.SUSPENDED, needs_reason=True,
        ),
        LotMove(
            "go_on", "recorded that the award goes on",
            frozenset({_L.CHALLENGED, _L.SUSPENDED}), _L.STANDSTILL, needs_reason=True,
        ),
        LotMove("enter", "entered into the contract", frozenset({_L.STANDSTILL}), _L.ENTERED),
        LotMove(
            "not_award", "ended the lot without an award",
            frozenset(_BEFORE_RESULT | {_L.CHALLENGED, _L.SUSPENDED, _L.STANDSTILL}),
            _L.NOT_AWARDED, needs_reason=True,
        ),
    )
}  # fmt: skip
