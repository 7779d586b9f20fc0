"""What every request passes through."""

import datetime

import pytest
import time_machine

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions
from accounts.access import PUBLIC, StaleSave, WrongState, door
from accounts.middleware import ACTING_FOR, Door
from accounts.models import Membership, MembershipRole
from tests.signing_in import begin_session

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


def session_writes(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum(row["sql"].startswith('UPDATE "django_session"') for row in captured)


def test_page_that_changes_nothing_writes_its_session_once_a_minute(people, client, settings):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        begin_session(client, people.users["priya"])
        assert [session_writes(client, "/contracts/") for _ in range(3)] == [1, 0, 0]
        clock.shift(settings.SESSION_USE_WRITTEN_EVERY_SECONDS)
        assert [session_writes(client, "/contracts/") for _ in range(2)] == [1, 0]


def test_session_in_use_lasts_and_one_that_lay_idle_for_ten_hours_ends(people, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        begin_session(client, people.users["evan"])
        for _ in range(2):
            clock.shift(datetime.timedelta(hours=5, minutes=30))
            assert client.get("/contracts/").status_code == 200
        begin_session(client, people.users["evan"])
        client.get("/contracts/")
        clock.shift(datetime.timedelta(hours=10, seconds=1))
        assert client.get("/contracts/").status_code == 302


def test_what_changes_a_session_is_written_at_once(people, client):
    in_both(people)
    begin_session(client, people.users["hana"])
    client.get("/contracts/")
    council = people.organisations["council"]
    client.post("/acting-for/", {"organisation": council.reference})
    assert client.session[ACTING_FOR] == council.pk


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
