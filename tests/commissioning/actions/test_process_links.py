"""Linking an own contract to a process that another body published."""

import pytest

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent, OrganisationIdentifier
from commissioning import actions
from commissioning.models import Contract, ProcessLink, Procurement
from tests.commissioning.samples import a_contract, a_release, imported

OCID = "ocds-b5fd17-aa01"


@pytest.fixture
def process(people):
    """The small council's process."""
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["small_council"], scheme="GB-LAE", value="ASH"
    )
    imported(a_release(OCID))
    return Procurement.objects.get()


@pytest.fixture
def state(people, actor_of):
    """States a link of a contract of the council to the small council's process."""

    def _state(name="priya", contract=None, **changes):
        given = {
            "ocid": OCID,
            "publisher_name": people.organisations["small_council"].name,
            "reason": "Call-off 12 under lot 1.",
        }
        contract = contract or a_contract(people)
        return actions.state_link(actor=actor_of(name), contract=contract, **given | changes)

    return _state


def seen(actor) -> tuple[int, int]:
    return (
        Procurement.objects.visible_to(actor).count(),
        Contract.objects.visible_to(actor).count(),
    )


@pytest.mark.django_db
def test_link_gives_neither_side_sight_of_the_others_rows(process, state, people, actor_of):
    contract = a_contract(people)
    before = [seen(actor_of(name)) for name in ("priya", "mei", "sam")]
    link = state(contract=contract)
    assert [seen(actor_of(name)) for name in ("priya", "mei", "sam")] == before
    assert (link.publisher, link.state) == (people.organisations["small_council"], "stated")
    contract.refresh_from_db()
    assert contract.procurement is None
    event = AuditEvent.objects.get(verb="contract.process_linked")
    assert (event.case_reference, event.facts["ocid"]) == (contract.reference, OCID)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "evan", "adam", "sam", "olive"])
def test_only_the_contracts_own_keepers_link_it(state, name):
    with pytest.raises(Refused):
        state(name)


@pytest.mark.django_db
def test_other_body_sees_the_link_where_it_has_the_process(process, state, people, actor_of):
    link = state()
    who = ("priya", "evan", "anna", "mei", "tom", "adam", "sam", "olive", "oscar")
    sees = [n for n in who if ProcessLink.objects.visible_to(actor_of(n)).exists()]
    assert sees == ["priya", "evan", "anna", "mei", "tom"]
    Procurement.objects.update(ocid="ocds-b5fd17-other")
    assert not ProcessLink.objects.visible_to(actor_of("mei")).filter(pk=link.pk).exists()


@pytest.mark.django_db
def test_process_of_the_same_number_shows_nobody_links_that_name_another_body(
    process, state, people, actor_of
):
    state(publisher_name="Crown Commercial Service")
    assert not ProcessLink.objects.visible_to(actor_of("mei")).exists()


@pytest.mark.django_db
def test_body_that_published_disputes_once_and_the_other_reads_why(process, state, actor_of):
    link = state()
    for name in ("priya", "tom", "sam", "olive"):
        with pytest.raises(Refused):
            actions.dispute_link(actor=actor_of(name), link=link, reason="No.")
    link = actions.dispute_link(actor=actor_of("mei"), link=link, reason="Not in our records.")
    assert (link.state, link.disputed_by.full_name) == ("disputed", "Mei Lin")
    read = ProcessLink.objects.visible_to(actor_of("priya")).get()
    assert read.dispute_reason == "Not in our records."
    with pytest.raises(WrongState):
        actions.dispute_link(actor=actor_of("mei"), link=link, reason="Again.")


@pytest.mark.django_db
def test_nobody_disputes_a_process_that_is_not_theirs(state, people, actor_of):
    with pytest.raises(Refused):
        actions.dispute_link(actor=actor_of("mei"), link=state(), reason="No.")


@pytest.mark.django_db
def test_withdrawn_link_stays_as_history_and_may_be_stated_again(process, state, people, actor_of):
    contract = a_contract(people)
    link = state(contract=contract)
    with pytest.raises(WrongState, match="linked to this process already"):
        state(contract=contract)
    with pytest.raises(Refused):
        actions.withdraw_link(actor=actor_of("mei"), link=link)
    actions.withdraw_link(actor=actor_of("priya"), link=link)
    with pytest.raises(WrongState):
        actions.withdraw_link(actor=actor_of("priya"), link=link)
    state(contract=contract)
    assert sorted(ProcessLink.objects.values_list("state", flat=True)) == ["stated", "withdrawn"]


@pytest.mark.django_db
def test_own_process_is_not_another_bodys(process, state, people):
    with pytest.raises(WrongState, match="your own organisation"):
        state(publisher_name=people.organisations["council"].name)
    own = Contract.objects.get(procurement=process)
    with pytest.raises(WrongState, match="it is your own"):
        state("mei", contract=own)
