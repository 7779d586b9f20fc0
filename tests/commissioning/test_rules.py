"""Claims over loaded facts, case by case."""

from types import SimpleNamespace as Row

import pytest

from accounts.access import Actor, Role
from commissioning import rules

OWN, OTHER = Row(pk=1, named_by_id=None), Row(pk=2, named_by_id=None)


def actor(*roles, organisation=OWN, operator=False, pk=7, email="a@x.example"):
    return Actor(
        user=Row(pk=pk, email=email),
        organisation=organisation,
        roles=frozenset(roles),
        is_operator=operator,
    )


@pytest.mark.parametrize(
    ("who", "organisation", "expected"),
    [
        (actor(Role.PROCUREMENT_LEAD), OWN, True),
        (actor(Role.CONTRACT_MANAGER), OWN, True),
        (actor(Role.EVALUATOR, Role.APPROVER, Role.ADMINISTRATOR), OWN, False),
        (actor(Role.PROCUREMENT_LEAD), OTHER, False),
        (actor(Role.PROCUREMENT_LEAD, organisation=None), None, False),
    ],
)
def test_may_import_notices(who, organisation, expected):
    assert rules.may_import_notices(who, organisation) is expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [(Actor.system("importer"), True), (actor(Role.PROCUREMENT_LEAD, operator=True), False)],
)
def test_may_import_for_any_buyer(who, expected):
    assert rules.may_import_for_any_buyer(who) is expected


FIRST = Row(
    provider=Row(organisation=OTHER),
    named_for_id=3,
    named_by_id=9,
    invitation=Row(email="kim@x.example"),
)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (actor(Role.CONTRACT_MANAGER), True),
        (actor(Role.PROCUREMENT_LEAD), True),
        (actor(Role.EVALUATOR), False),
        (actor(Role.CONTRACT_MANAGER, organisation=Row(pk=3, named_by_id=None)), False),
        (actor(Role.CONTRACT_MANAGER, organisation=OTHER), False),
        (actor(Role.CONTRACT_MANAGER, pk=9), False),
        (actor(Role.CONTRACT_MANAGER, email="kim@x.example"), False),
        (actor(organisation=None), False),
    ],
)
def test_may_confirm_as_second(who, expected):
    assert rules.may_confirm_as_second(who, FIRST) is expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (actor(Role.SIGNATORY, organisation=OTHER), True),
        (actor(Role.CONTRIBUTOR, organisation=OTHER), False),
        (actor(Role.SIGNATORY), False),
    ],
)
def test_is_first_signatory_of(who, expected):
    assert rules.is_first_signatory_of(who, FIRST) is expected


def test_may_doubt_signatories():
    assert rules.may_doubt_signatories(actor(Role.CONTRACT_MANAGER))
    assert not rules.may_doubt_signatories(actor(Role.SIGNATORY))
    assert not rules.may_doubt_signatories(actor(organisation=None))


NAMED = Row(pk=5, named_by_id=1)


@pytest.mark.parametrize(
    ("who", "bids", "submits"),
    [
        (actor(Role.SIGNATORY), True, True),
        (actor(Role.CONTRIBUTOR), True, False),
        (actor(Role.SIGNATORY, organisation=OTHER), False, False),
        (actor(Role.ADMINISTRATOR), False, False),
    ],
)
def test_may_bid_and_submit(who, bids, submits):
    provider = Row(organisation=OWN)
    assert (rules.may_bid(who, provider), rules.may_submit_bid(who, provider)) == (bids, submits)


def test_nobody_bids_for_a_provider_whose_signatory_is_not_confirmed():
    who, provider = actor(Role.SIGNATORY, organisation=NAMED), Row(organisation=NAMED)
    assert not rules.may_bid(who, provider)
    assert not rules.may_submit_bid(who, provider)


NOTICES_ONLY, WITH_PEOPLE = Row(is_reference_row=True), Row(is_reference_row=False)


@pytest.mark.parametrize(
    ("who", "concerned", "candidate", "expected"),
    [
        (actor(operator=True, organisation=None), {1, 2}, WITH_PEOPLE, True),
        (actor(Role.CONTRACT_MANAGER), {1}, NOTICES_ONLY, True),
        (actor(Role.CONTRACT_MANAGER), {1}, WITH_PEOPLE, False),
        (actor(Role.CONTRACT_MANAGER), {1, 2}, NOTICES_ONLY, False),
        (actor(Role.CONTRACT_MANAGER), set(), NOTICES_ONLY, False),
        (actor(Role.EVALUATOR), {1}, NOTICES_ONLY, False),
    ],
)
def test_may_decide_match(who, concerned, candidate, expected):
    match = Row(organisation=NOTICES_ONLY, candidate=candidate)
    assert rules.may_decide_match(who, match, concerned) is expected


@pytest.mark.parametrize(
    ("who", "publisher", "expected"),
    [
        (actor(Role.PROCUREMENT_LEAD), 1, True),
        (actor(Role.CONTRACT_MANAGER), 1, True),
        (actor(Role.CONTRACT_MANAGER), 2, False),
        (actor(Role.CONTRACT_MANAGER), None, False),
        (actor(Role.EVALUATOR), 1, False),
        (actor(organisation=None), None, False),
    ],
)
def test_may_dispute_link(who, publisher, expected):
    assert rules.may_dispute_link(who, Row(publisher_id=publisher)) is expected


@pytest.mark.parametrize(
    ("who", "declarant", "expected"),
    [
        (actor(Role.CONTRACT_MANAGER), 8, True),
        (actor(Role.APPROVER), 8, True),
        (actor(Role.APPROVER), 7, False),
        (actor(Role.EVALUATOR), 8, False),
        (actor(Role.APPROVER, organisation=OTHER), 8, False),
    ],
)
def test_may_resolve_interest(who, declarant, expected):
    contract = Row(commissioner=Row(organisation=OWN))
    declaration = Row(contract=contract, user_id=declarant)
    assert rules.may_resolve_interest(who, declaration) is expected


@pytest.mark.parametrize(
    ("rule", "role"),
    [
        (rules.is_contract_manager_of, Role.CONTRACT_MANAGER),
        (rules.keeps_contracts_of, Role.PROCUREMENT_LEAD),
        (rules.is_administrator_of, Role.ADMINISTRATOR),
        (rules.is_judge_of, Role.EVALUATOR),
    ],
)
def test_role_counts_for_the_own_commissioner_alone(rule, role):
    own, other = Row(organisation=OWN), Row(organisation=OTHER)
    assert (rule(actor(role), own), rule(actor(role), other)) == (True, False)
    assert rule(actor(Role.AUDITOR), own) is False


def test_own_buyer_is_known_by_name():
    assert rules.is_own_buyer_by_name("THE ASHMERE COUNCIL", "Ashmere Council")
    assert not rules.is_own_buyer_by_name("Ashmere Parish Council", "Ashmere Council")
