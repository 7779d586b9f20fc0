"""Every list asks the database as much for three rows as for one."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OrganisationIdentifier
from commissioning import actions
from tests.commissioning.actions.test_engagements import give
from tests.commissioning.actions.test_matches import award_to
from tests.commissioning.samples import a_contract, a_package, a_request, confirmed, imported
from tests.signing_in import begin_session


def make_row(people, actor_of, number: int) -> None:
    """Add one row to every list of the council."""
    contract = a_contract(people, title=f"Contract {number}", gaps=["value_zero"])
    request = a_request(people, contract)
    actions.declare_interest(
        actor=actor_of("priya"),
        contract=contract,
        provider=request.provider,
        has_interest=False,
    )
    give(actor_of("adam"), people, scope="named_contracts", contracts=[contract])
    release = award_to(f"ocds-b5fd17-aa{number}", f"GB-CFS-1{number}", f"Acme {number}")
    twin = award_to(f"ocds-b5fd17-bb{number}", f"GB-CFS-2{number}", f"Acme {number}")
    upload = actions.stage_notices(
        actor=actor_of("priya"), file_name=f"{number}.json", content=a_package(release)
    )
    confirmed(actor_of("priya"), upload)
    actions.stage_notices(
        actor=actor_of("priya"), file_name=f"{number}.json", content=a_package(release)
    )
    imported(twin)


LISTS = {
    "contract-list": ("priya", 8),
    "procurement-list": ("priya", 7),
    "import-list": ("priya", 8),
    "match-list": ("priya", 9),
    "request-list": ("priya", 7),
    "interest-list": ("priya", 7),
    "engagement-list": ("adam", 8),
}


EXPECTED = {name: number for name, (_, number) in LISTS.items()}


@pytest.mark.django_db
def test_lists_ask_a_constant_number_of_questions(people, actor_of, client):
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )

    def counted() -> dict[str, int]:
        found = {}
        for name, (who, _) in LISTS.items():
            begin_session(client, people.users[who])
            client.get(reverse(f"commissioning:{name}"))
            with CaptureQueriesContext(connection) as queries:
                response = client.get(reverse(f"commissioning:{name}"))
            assert response.status_code == 200, name
            found[name] = len(queries)
        return found

    make_row(people, actor_of, 1)
    one = counted()
    make_row(people, actor_of, 2)
    make_row(people, actor_of, 3)
    assert (one, counted()) == (EXPECTED, EXPECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_empty_list_says_so(browse, name):
    response = browse(LISTS[name][0]).get(reverse(f"commissioning:{name}"))
    text = response.content.decode()
    assert any(words in text for words in ("There are none", "Nothing has been", "Nobody has"))
