"""Contracts by hand, corrections and levels."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent, Organisation
from commissioning import actions
from commissioning.models import Contract, OrganisationMatch
from principles.rules import RiskAnswers
from providers.models import Provider
from tests.commissioning.samples import a_contract

NO_RISK = RiskAnswers(False, False, False)
ALL_RISKS = RiskAnswers(True, True, True)


@pytest.fixture
def contract(people):
    return a_contract(people, value_gbp=Decimal("50000"), currency="GBP")


def correct(actor, contract, **changes):
    given = {
        "field": "value_gbp",
        "value": Decimal("60000"),
        "reason": "Signed contract.",
        "seen": "50000",
    }
    return actions.correct_contract(actor=actor, contract=contract, **given | changes)


@pytest.mark.django_db
def test_contract_by_hand_has_its_parties_in_order(people, actor_of):
    providers = [
        Provider.objects.get_or_create(organisation=people.organisations[key])[0]
        for key in ("charity", "firm")
    ]
    contract = actions.create_contract(
        actor=actor_of("priya"), title="Lunch club", providers=providers, value_gbp=Decimal("9.50")
    )
    assert (contract.value_gbp, contract.currency, contract.procurement) == (
        Decimal("9.50"),
        "GBP",
        None,
    )
    assert [(p.provider, p.is_lead) for p in contract.parties.all()] == [
        (providers[0], True),
        (providers[1], False),
    ]
    assert AuditEvent.objects.get(verb="contract.created").case_reference == contract.reference


@pytest.mark.django_db
def test_new_provider_is_a_reference_row_and_its_name_is_asked_about(people, actor_of):
    firm = people.organisations["firm"]
    contract = actions.create_contract(
        actor=actor_of("priya"), title="Visits", providers=[], new_provider_name=firm.name.upper()
    )
    made = contract.parties.get().provider.organisation
    assert (made.is_reference_row, made == firm) == (True, False)
    match = OrganisationMatch.objects.get()
    assert (match.organisation, match.candidate) == (made, firm)


@pytest.mark.django_db
def test_new_provider_with_a_known_company_number_is_that_provider(people, actor_of):
    for title in ("One", "Two"):
        actions.create_contract(
            actor=actor_of("priya"),
            title=title,
            providers=[],
            new_provider_name=f"Acme {title}",
            new_provider_company_number="1234567",
        )
    assert Organisation.objects.filter(identifiers__value="01234567").count() == 1
    assert Provider.objects.filter(organisation__name__startswith="Acme").count() == 1


@pytest.mark.django_db
def test_contract_without_provider_is_refused(actor_of):
    with pytest.raises(WrongState, match="at least one provider"):
        actions.create_contract(actor=actor_of("priya"), title="X", providers=[])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["evan", "anna", "adam", "sam", "oscar", "olive"])
def test_only_keepers_add_contracts(people, actor_of, name):
    with pytest.raises(Refused):
        actions.create_contract(
            actor=actor_of(name), title="X", providers=[], new_provider_name="Acme"
        )


@pytest.mark.django_db
def test_correction_keeps_the_published_value(actor_of, contract):
    first = correct(actor_of("priya"), contract)
    second = correct(actor_of("priya"), contract, value=Decimal("61000"), seen="60000")
    contract.refresh_from_db()
    first.refresh_from_db()
    assert contract.value_gbp == Decimal("61000")
    assert (second.published_value, second.corrected_value) == ("50000", "61000")
    assert (first.replaced_at is None, first.replaced_by.full_name) == (False, "Priya Raman")
    assert AuditEvent.objects.filter(verb="contract.corrected").count() == 2


@pytest.mark.django_db
def test_audit_of_a_correction_holds_no_words(actor_of, contract):
    correct(actor_of("priya"), contract)
    assert "Signed" not in str(AuditEvent.objects.get(verb="contract.corrected").facts)


@pytest.mark.django_db
def test_correction_from_an_older_value_is_refused_as_stale(actor_of, contract):
    with pytest.raises(StaleSave) as caught:
        correct(actor_of("priya"), contract, seen="49999")
    assert caught.value.current == contract


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": Decimal("50000")}, "This is the value already."),
        (
            {"field": "ends_on", "value": date(2024, 1, 1), "seen": ""},
            "The contract would end before it starts.",
        ),
    ],
)
def test_correction_that_cannot_stand_is_refused(actor_of, contract, changes, message):
    contract.starts_on = date(2025, 1, 1)
    contract.save()
    with pytest.raises(WrongState, match=message):
        correct(actor_of("priya"), contract, **changes)


@pytest.mark.django_db
def test_withdrawn_correction_gives_the_published_value_back(actor_of, contract):
    correction = correct(actor_of("priya"), contract)
    actions.withdraw_correction(actor=actor_of("priya"), correction=correction)
    contract.refresh_from_db()
    assert contract.value_gbp == Decimal("50000")
    with pytest.raises(WrongState, match="doesn't stand any more"):
        actions.withdraw_correction(actor=actor_of("priya"), correction=correction)


@pytest.mark.django_db
def test_withdrawn_correction_of_what_was_not_published_is_not_published_again(actor_of, contract):
    correction = correct(
        actor_of("priya"), contract, field="awarded_on", value=date(2025, 2, 1), seen=""
    )
    actions.withdraw_correction(actor=actor_of("priya"), correction=correction)
    contract.refresh_from_db()
    assert contract.awarded_on is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "evan", "anna", "sam", "oscar", "olive", "adam"])
def test_only_the_commissioners_keepers_correct(actor_of, contract, name):
    with pytest.raises(Refused):
        correct(actor_of(name), contract)


@pytest.mark.django_db
def test_level_as_proposed_needs_no_reason(actor_of, contract):
    actions.set_level(actor=actor_of("priya"), contract=contract, answers=ALL_RISKS)
    contract.refresh_from_db()
    proposed = (contract.assurance_level, contract.level_proposed, contract.level_reason)
    assert proposed == ("standard", "standard", "")
    assert contract.risk_answers["serves_people_at_risk"] is True
    assert contract.level_set_by.full_name == "Priya Raman"


@pytest.mark.django_db
def test_another_level_needs_a_reason(actor_of, contract):
    with pytest.raises(WrongState, match="needs a reason"):
        actions.set_level(
            actor=actor_of("priya"), contract=contract, answers=NO_RISK, level="enhanced"
        )
    actions.set_level(
        actor=actor_of("priya"),
        contract=contract,
        answers=NO_RISK,
        level="enhanced",
        reason="A complaint was upheld.",
    )
    contract.refresh_from_db()
    assert (contract.assurance_level, contract.level_proposed) == ("enhanced", "core")


@pytest.mark.django_db
def test_another_commissioner_sets_no_level(actor_of, contract):
    with pytest.raises(Refused):
        actions.set_level(actor=actor_of("mei"), contract=contract, answers=NO_RISK)
    assert Contract.objects.get(pk=contract.pk).assurance_level == ""
