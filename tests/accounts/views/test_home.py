"""The home page, and whom one acts for."""

import pytest

from accounts.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana_of_two(browse, people):
    """Hana's browser; she belongs to the firm as well."""
    Membership.objects.create(user=people.users["hana"], organisation=people.organisations["firm"])
    return browse("hana")


def test_home_offers_a_switch_to_people_of_several_organisations(hana_of_two, people):
    page = hana_of_two.get("/")
    assert list(page.context["organisations"]) == [
        people.organisations["firm"],
        people.organisations["charity"],
    ]
    assert 'action="/acting-for/"' in page.content.decode()


def test_home_offers_no_switch_to_people_of_one(browse):
    assert 'action="/acting-for/"' not in browse("sam").get("/").content.decode()


def test_switch_shows_on_whose_behalf_one_acts_from_then_on(hana_of_two, people):
    shown = []
    for key in ("charity", "firm"):
        body = people.organisations[key]
        hana_of_two.post("/acting-for/", {"organisation": body.reference})
        text = hana_of_two.get("/help/").content.decode()
        shown.append(f"acting for <strong>{body.name}</strong>" in text)
    assert shown == [True, True]


@pytest.mark.parametrize("key", ["council", None])
def test_switch_to_a_body_not_belonged_to_is_not_found(hana_of_two, people, key):
    reference = people.organisations[key].reference if key else "ORG-NOTHING"
    assert hana_of_two.post("/acting-for/", {"organisation": reference}).status_code == 404


def test_operator_is_told_that_they_act_for_the_installation(browse):
    assert "operator of this service" in browse("olive").get("/").content.decode()


def test_account_leads_to_password_factor_and_sessions(browse):
    text = browse("priya").get("/account/").content.decode()
    links = ("/sign-in/password/change/", "/sign-in/second-factor/", "/sign-in/sessions/")
    assert [f'href="{link}"' in text for link in links] == [True, True, True]
