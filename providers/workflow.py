"""The states of a self-assessment and the steps between them."""

from providers.enums import SelfAssessmentState as State

# step: (states it starts from, state it leads to)
STEPS = {
    "submit": ({State.DRAFTING}, State.SUBMITTED),
    "return": ({State.SUBMITTED}, State.RETURNED),
    "close": ({State.DRAFTING}, State.CLOSED),
}
