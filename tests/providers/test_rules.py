"""Predicates of self-assessment and evidence, without a database."""

from types import SimpleNamespace

import pytest

from accounts.access import Actor, Role
from providers import rules
from providers.models import FileHandling

HERE = SimpleNamespace(name="here", named_by_id=None)
THERE = SimpleNamespace(name="there", named_by_id=None)


def acting(*roles, organisation=HERE):
    return Actor(user=object(), organisation=organisation, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("role", "writes", "binds", "keeps"),
    [
        (Role.CONTRIBUTOR, True, False, True),
        (Role.SIGNATORY, True, True, True),
        (Role.CONTRACT_MANAGER, False, False, True),
        (Role.EVALUATOR, False, False, False),
        (Role.APPROVER, False, False, False),
        (Role.PROCUREMENT_LEAD, False, False, False),
        (Role.ADMINISTRATOR, False, False, False),
        (Role.AUDITOR, False, False, False),
    ],
)
def test_role_gives_what_it_gives_at_home_only(role, writes, binds, keeps):
    for where, expected in ((HERE, [writes, binds, keeps]), (THERE, [False] * 3)):
        asked = SimpleNamespace(provider=SimpleNamespace(organisation=where), asked_by_id=1)
        who = acting(role)
        found = [
            rules.may_answer(who, asked),
            rules.may_submit(who, asked),
            rules.keeps_evidence_of(who, where),
        ]
        assert found == expected


@pytest.mark.parametrize(("asked_by", "expected"), [(1, True), (2, False)])
def test_unconfirmed_signatory_answers_the_body_that_named_them(asked_by, expected):
    named = SimpleNamespace(named_by_id=1)
    asked = SimpleNamespace(provider=SimpleNamespace(organisation=named), asked_by_id=asked_by)
    who = acting(Role.SIGNATORY, organisation=named)
    assert (rules.may_answer(who, asked), rules.may_submit(who, asked)) == (expected, expected)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (acting(Role.CONTRACT_MANAGER), True),
        (acting(Role.CONTRACT_MANAGER, organisation=THERE), False),
        (acting(Role.EVALUATOR, Role.APPROVER), False),
        (Actor.system("importer"), False),
    ],
)
def test_asked_for_is_a_contract_manager_of_the_body_that_asked(actor, expected):
    assert rules.asked_for(actor, SimpleNamespace(asked_by=HERE)) is expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("drafting", True), ("submitted", False), ("returned", False), ("closed", False)],
)
def test_only_a_draft_is_open(state, expected):
    assert rules.is_open(SimpleNamespace(state=state)) is expected


def test_only_an_auditor_reads_as_one():
    assert rules.reads_as_auditor(acting(Role.AUDITOR)) is True
    assert rules.reads_as_auditor(acting(Role.APPROVER, Role.SIGNATORY)) is False


def given(claimed=2, narrative="Why.", not_applicable=False, reason=""):
    return SimpleNamespace(
        claimed_value=claimed,
        narrative=narrative,
        not_applicable=not_applicable,
        not_applicable_reason=reason,
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, False),
        (given(), True),
        (given(claimed=0), True),
        (given(claimed=None), False),
        (given(narrative=" \n"), False),
        (given(claimed=None, narrative="", not_applicable=True, reason="We have none."), True),
        (given(claimed=None, narrative="", not_applicable=True, reason="  "), False),
    ],
)
def test_answer_is_complete_with_a_rating_and_why_or_a_reason(answer, expected):
    assert rules.answer_is_complete(answer) is expected


def a_kept_file(state: str, organisation=HERE) -> SimpleNamespace:
    handling = FileHandling(scan_state=state)
    return SimpleNamespace(kind="file", organisation=organisation, handling=handling)


@pytest.mark.parametrize(
    ("state", "scanner", "own", "others"),
    [
        ("not_scanned", "", "", ""),
        ("waiting", "", "", ""),
        ("clean", "", "", ""),
        ("infected", "", "Malware", "Malware"),
        ("not_scanned", "scan", "", "This file has not been scanned"),
        ("waiting", "scan", "", "This file has not been scanned"),
        ("clean", "scan", "", ""),
        ("infected", "scan", "Malware", "Malware"),
    ],
)
def test_file_is_withheld_until_it_is_clean_and_malware_from_everybody(
    settings, state, scanner, own, others
):
    settings.SCANNER_COMMAND = scanner
    for where, expected in ((HERE, own), (THERE, others)):
        found = rules.why_withheld(acting(Role.AUDITOR, organisation=where), a_kept_file(state))
        assert found.startswith(expected) and bool(found) is bool(expected)


def test_link_is_never_withheld(settings):
    settings.SCANNER_COMMAND = "scan"
    link = SimpleNamespace(kind="link", organisation=THERE)
    assert rules.why_withheld(acting(Role.AUDITOR), link) == ""
