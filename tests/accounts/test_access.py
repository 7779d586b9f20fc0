"""The three gates."""

import pytest

from accounts.access import (
    OPERATOR,
    PUBLIC,
    SIGNED_IN,
    Actor,
    Refused,
    Role,
    door,
    door_of,
    may_open,
    require,
)


def test_door_without_marks_is_refused():
    with pytest.raises(ValueError):
        door()


def test_door_of_view_without_mark_is_none():
    assert door_of(lambda request: None) is None


def test_door_of_wrapped_view_looks_inside():
    @door(PUBLIC)
    def view(request):
        return None

    def wrapper(request):
        return view(request)

    wrapper.__wrapped__ = view
    assert door_of(wrapper) == frozenset({PUBLIC})


def test_require_refuses_with_reason():
    with pytest.raises(Refused, match="Not you"):
        require(False, "Not you.")


def test_may_open_signed_in_door_for_stranger_is_refused():
    assert may_open(Actor(), frozenset({SIGNED_IN})) is False


@pytest.mark.parametrize(
    ("name", "mark", "expected"),
    [
        ("priya", Role.CONTRACT_MANAGER, True),
        ("priya", Role.APPROVER, False),
        ("olive", OPERATOR, True),
        ("priya", OPERATOR, False),
        ("cara", SIGNED_IN, True),
    ],
)
def test_may_open_by_role(actor_of, name, mark, expected):
    assert may_open(actor_of(name), frozenset({mark})) is expected


def test_actor_of_organisation_not_belonged_to_has_no_roles(people):
    actor = Actor.of(people.users["priya"], people.organisations["small_council"])
    assert (actor.organisation, actor.roles) == (None, frozenset())


def test_actor_of_inactive_user_is_nobody(people):
    user = people.users["priya"]
    user.is_active = False
    assert Actor.of(user) == Actor()


def test_approver_needs_second_factor_and_evaluator_does_not(actor_of):
    assert actor_of("anna").needs_second_factor is True
    assert actor_of("evan").needs_second_factor is False
