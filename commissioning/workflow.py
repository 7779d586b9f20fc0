"""The states of an exercise and of a direct award, and the steps between them."""

from dataclasses import dataclass

from commissioning.enums import DirectAwardState, ExerciseState


@dataclass(frozen=True)
class Step:
    """A named step: where it starts from, where it leads to, and whether it needs a reason."""

    name: str
    words: str
    starts_from: frozenset[str]
    leads_to: str
    needs_reason: bool = False


EXERCISE_STEPS = {
    step.name: step
    for step in (
        Step(
            "publish", "published the exercise",
            frozenset({ExerciseState.DESIGN}), ExerciseState.PUBLISHED,
        ),
        Step(
            "open_quality", "opened participation and quality",
            frozenset({ExerciseState.PUBLISHED}), ExerciseState.QUALITY_OPENED,
        ),
        Step(
            "open_prices", "opened the prices",
            frozenset({ExerciseState.QUALITY_OPENED}), ExerciseState.PRICES_OPENED,
        ),
        Step(
            "end", "ended the exercise",
            frozenset(ExerciseState) - {ExerciseState.ENDED}, ExerciseState.ENDED,
            needs_reason=True,
        ),
    )
}  # fmt: skip

DIRECT_AWARD_STEPS = {
    step.name: step
    for step in (
        Step(
            "send", "sent it for approval",
            frozenset({DirectAwardState.DRAFT}), DirectAwardState.SENT,
        ),
        Step(
            "return", "returned it", frozenset({DirectAwardState.SENT}), DirectAwardState.DRAFT,
            needs_reason=True,
        ),
        Step(
            "approve", "approved it", frozenset({DirectAwardState.SENT}), DirectAwardState.APPROVED,
        ),
        Step(
            "notice", "recorded the transparency notice",
            frozenset({DirectAwardState.APPROVED}), DirectAwardState.NOTICED,
        ),
        Step(
            "enter", "entered into the contract",
            frozenset({DirectAwardState.NOTICED}), DirectAwardState.ENTERED,
        ),
    )
}  # fmt: skip
