"""The steps of a self-assessment, from every state."""

import pytest

from providers.enums import SelfAssessmentState
from providers.workflow import STEPS


@pytest.mark.parametrize(
    ("step", "starts", "leads_to"),
    [
        ("submit", {"drafting"}, "submitted"),
        ("return", {"submitted"}, "returned"),
        ("close", {"drafting"}, "closed"),
    ],
)
def test_step_starts_from_its_states_only(step, starts, leads_to):
    assert STEPS[step] == (starts, leads_to)


def test_table_has_no_other_step():
    assert set(STEPS) == {"submit", "return", "close"}
    assert {state for starts, to in STEPS.values() for state in (*starts, to)} == set(
        SelfAssessmentState.values
    )
