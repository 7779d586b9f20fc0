"""The states of an exercise and of a direct award, and the steps between them."""

import pytest

from commissioning.enums import DirectAwardState, ExerciseState
from commissioning.workflow import DIRECT_AWARD_STEPS, EXERCISE_STEPS


@pytest.mark.parametrize(
    ("steps", "states", "first"),
    [
        (EXERCISE_STEPS, ExerciseState, ExerciseState.DESIGN),
        (DIRECT_AWARD_STEPS, DirectAwardState, DirectAwardState.DRAFT),
    ],
)
def test_every_state_is_reached_from_the_first(steps, states, first):
    reached = {first}
    while (
        found := {step.leads_to for step in steps.values() if step.starts_from & reached} - reached
    ):
        reached |= found
    assert reached == set(states)


def test_published_exercise_never_becomes_a_design_again():
    assert not [step for step in EXERCISE_STEPS.values() if step.leads_to == ExerciseState.DESIGN]


def test_ended_exercise_stays_ended():
    starts = set().union(*(step.starts_from for step in EXERCISE_STEPS.values()))
    assert ExerciseState.ENDED not in starts


def test_prices_open_only_after_quality():
    assert EXERCISE_STEPS["open_prices"].starts_from == {ExerciseState.QUALITY_OPENED}


def test_ending_and_returning_need_a_reason():
    assert EXERCISE_STEPS["end"].needs_reason
    assert DIRECT_AWARD_STEPS["return"].needs_reason
    assert not EXERCISE_STEPS["publish"].needs_reason


def test_steps_are_named_as_they_are_found():
    for steps in (EXERCISE_STEPS, DIRECT_AWARD_STEPS):
        assert all(name == step.name for name, step in steps.items())
