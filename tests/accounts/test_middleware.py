"""What every request passes through."""

import pytest

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse

from accounts import actions
from accounts.access import PUBLIC, StaleSave, WrongState, door
from accounts.middleware import ACTING_FOR, Door
from accounts.models import Membership, MembershipRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_door(rf, actor_of):
    """``at_the_door(view, name)``: what the door answers; None lets the person in."""

    def knock(view, name="priya"):
        request = rf.get("/")
        request.actor = actor_of(name)
        request.user = request.actor.user
        return Door(lambda request: HttpResponse()).process_view(request, view, (), {})

    return knock


def in_both(people) -> None:
    """Hana also works for the council, as evaluator."""
    place = Membership.objects.create(
        user=people.users["hana"], organisation=people.organisations["council"]
    )
    MembershipRole.objects.create(membership=place, role="evaluator")


def test_view_without_a_mark_raises(at_the_door):
    def unmarked(request):
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured, match="unmarked has no door"):
        at_the_door(unmarked)


def test_view_for_everybody_lets_everybody_in(at_the_door):
    @door(PUBLIC)
    def view(request):
        return HttpResponse()

    assert at_the_door(view) is None


def test_stranger_is_led_to_sign_in_and_back(client):
    assert client.get("/people/?page=2")["Location"] == "/sign-in/?next=%2Fpeople%2F%3Fpage%3D2"


def test_every_answer_has_an_id_of_its_own(client):
    ids = {client.get("/help/")["X-Request-ID"] for _ in range(3)}
    assert (len(ids), {len(one) for one in ids}) == (3, {16})


def test_person_of_two_organisations_acts_for_the_first_by_name(browse, people):
    in_both(people)
    page = browse("hana").get("/")
    assert page.context["actor"].organisation == people.organisations["council"]


def test_person_acts_for_the_organisation_that_they_chose(browse, people):
    in_both(people)
    browser = browse("hana")
    browser.post("/acting-for/", {"organisation": people.organisations["charity"].reference})
    assert browser.get("/").context["actor"].organisation == people.organisations["charity"]


def test_person_whose_chosen_membership_ended_acts_for_another(browse, people, actor_of):
    in_both(people)
    browser = browse("hana")
    browser.post("/acting-for/", {"organisation": people.organisations["council"].reference})
    place = Membership.objects.get(
        user=people.users["hana"], organisation=people.organisations["council"]
    )
    actions.end_membership(actor=actor_of("adam"), membership=place)
    page = browser.get("/")
    assert (page.context["actor"].organisation, ACTING_FOR in browser.session) == (
        people.organisations["charity"],
        False,
    )


def test_roles_of_one_organisation_open_nothing_for_another(browse, people):
    in_both(people)
    browser = browse("hana")
    browser.post("/acting-for/", {"organisation": people.organisations["council"].reference})
    assert browser.get("/evidence/").status_code == 403


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WrongState("It is signed off already."), "It is signed off already."),
        (StaleSave(current=None), "newer"),
    ],
)
def test_wrong_state_and_stale_save_are_told_in_words(rf, error, words):
    answer = Door(lambda request: HttpResponse()).process_exception(rf.get("/"), error)
    assert (answer.status_code, words in answer.content.decode()) == (409, True)


def test_other_errors_are_left_to_django(rf):
    assert Door(lambda request: None).process_exception(rf.get("/"), ValueError()) is None


@pytest.mark.parametrize("written", ["{}", "{}:8000", "{}.", "{}.:8000"])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_health_host_answers_for_the_health_page_only(client, settings, written, case):
    """However it is written: host names have no case, and may end with a dot."""
    headers = {"host": case(written.format(settings.HEALTH_HOST))}
    assert client.get("/health/", headers=headers).status_code == 200
    for path in ("/", "/sign-in/", "/help/", "/health/x"):
        assert client.get(path, headers=headers).status_code == 404


@pytest.mark.parametrize("path", ["/", "/people/", "/help/"])
def test_pages_are_kept_by_nobody_and_use_nothing_of_the_machine(browse, path):
    answer = browse("adam").get(path)
    assert (answer["Cache-Control"], answer["Cross-Origin-Resource-Policy"]) == (
        "no-store",
        "same-origin",
    )
    assert all(f"{feature}=()" in answer["Permissions-Policy"] for feature in ("camera", "usb"))
