"""The way of a scorecard, from draft to sign-off."""

from datetime import timedelta
from decimal import Decimal

import pytest

from django.core import mail
from django.utils import timezone

from accounts.access import Actor, Refused, Role, WrongState
from accounts.models import AuditEvent, Job, Membership, MembershipRole
from commissioning.actions import declare_interest
from commissioning.models import CommissionerAnswer, Contract
from principles.models import Edition
from scorecards import actions
from scorecards.models import (
    AssurancePolicy,
    FrameworkResult,
    PrincipleResult,
    Report,
    Scorecard,
    ScorecardResult,
)
from scorecards.scoring import replay
from tests.commissioning.samples import a_contract
from tests.providers.samples import a_framework, a_provider
from tests.scorecards.samples import (
    RATED,
    a_scorecard,
    a_value_set,
    again,
    answer_for_commissioner,
    answered,
    asked,
    being_rated,
    declared,
    find,
    made_late,
    rate,
    sent,
    signed_off,
)

NOT_MANAGERS = ("mei", "evan", "anna", "adam", "sam", "oscar", "olive")


@pytest.mark.django_db
def test_created_scorecard_is_a_draft_under_the_policy_in_force(people):
    row = a_scorecard(people)
    assert (row.stage, row.number, row.supersedes, row.opinion) == ("draft", 1, None, "")
    assert (row.value_pounds, row.policy) == (100000, AssurancePolicy.objects.get())
    assert AuditEvent.objects.get(verb="scorecard.created").facts == {
        "provider": row.provider.reference,
        "level": "core",
        "policy": row.policy.label,
        "editions": ["sample@1"],
        "value_set": None,
    }


@pytest.mark.django_db
def test_scorecard_that_cannot_stand_is_refused(people):
    row = a_scorecard(people)
    with pytest.raises(WrongState, match="is open already"):
        a_scorecard(people, contract=row.contract)
    with pytest.raises(WrongState, match="Choose at least one framework"):
        a_scorecard(people, editions=[])
    with pytest.raises(WrongState, match="not for design only"):
        a_scorecard(people, editions=[Edition(for_assessment=False)])
    with pytest.raises(Refused, match="no party to the contract"):
        actions.create_scorecard(
            actor=Actor.of(people.users["priya"]),
            contract=row.contract,
            provider=a_provider(people, "charity"),
            editions=[a_framework()],
            level="core",
        )


@pytest.mark.django_db
def test_scorecard_needs_a_policy_in_force_and_a_contract_manager(people, actor_of):
    contract = a_contract(people)
    given = {"contract": contract, "provider": contract.parties.get().provider,
             "editions": [a_framework()], "level": "core"}  # fmt: skip
    with pytest.raises(WrongState, match="No assurance policy is in force"):
        actions.create_scorecard(actor=actor_of("priya"), **given)
    for name in NOT_MANAGERS:
        with pytest.raises(Refused, match="Only a contract manager of the commissioner"):
            actions.create_scorecard(actor=actor_of(name), **given)
    assert not Scorecard.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", NOT_MANAGERS)
def test_only_the_contract_manager_leads_the_way(people, actor_of, name):
    actor, row = actor_of(name), asked(people, a_scorecard(people))
    due_on = timezone.localdate()
    for deed in (
        lambda: actions.request_answers(actor=actor, scorecard=row, due_on=due_on),
        lambda: actions.give_up_waiting(actor=actor, scorecard=row),
        lambda: actions.return_answers(actor=actor, scorecard=row, reason="x", due_on=due_on),
    ):
        with pytest.raises(Refused, match="Only a contract manager of the commissioner"):
            deed()


@pytest.mark.django_db
@pytest.mark.parametrize(("gross", "expected"), [(True, True), (False, False), (None, False)])
def test_provider_is_asked_for_deadweight_where_the_values_are_gross(people, gross, expected):
    values = None if gross is None else a_value_set(gross)
    row = asked(people, a_scorecard(people, value_set=values))
    assert (row.stage, row.request.self_assessment.asks_deadweight) == ("requested", expected)


@pytest.mark.django_db
def test_request_tells_the_provider(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked(people, a_scorecard(people))
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_submission_moves_the_scorecard(people):
    row = answered(people, asked(people, a_scorecard(people)))
    assert (row.stage, row.steps.last().by_label) == ("submitted", "Sam Doyle")


@pytest.mark.django_db
def test_rating_goes_on_without_an_answer_only_after_the_due_date(people, actor_of):
    row = asked(people, a_scorecard(people), days=0)
    with pytest.raises(WrongState, match="The provider still has time"):
        actions.give_up_waiting(actor=actor_of("priya"), scorecard=row)
    row = actions.give_up_waiting(actor=actor_of("priya"), scorecard=made_late(row))
    declared(people, row, "evan")
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    assert row.stage == "rating"
    assert answered(people, row).stage == "rating"


@pytest.mark.django_db
def test_returned_answers_open_the_next_version_and_ratings_stay(people, actor_of):
    row = being_rated(people)
    rating, due_on = rate(actor_of("evan"), row), timezone.localdate() + timedelta(days=7)
    given = {"actor": actor_of("priya"), "due_on": due_on}
    with pytest.raises(WrongState, match="Give the reason"):
        actions.return_answers(scorecard=row, reason=" ", **given)
    row = again(actions.return_answers(scorecard=row, reason="Last year's.", **given))
    assert (row.stage, row.request.self_assessment.version_number) == ("requested", 2)
    assert row.steps.last().reason == "Last year's."
    assert list(row.ratings.all()) == [rating]
    with pytest.raises(WrongState, match="submitted nothing that could be returned"):
        actions.return_answers(scorecard=row, reason="x", **given)
    row = answered(people, _unanswered(row))
    assert row.stage == "submitted"


def _unanswered(row):
    """The next version without the copies, so that it can be answered from nothing."""
    version = again(row).request.self_assessment
    for answers in (version.answers, version.measure_answers):
        answers.all().delete()
    return row


@pytest.mark.django_db
def test_nobody_rates_or_approves_undeclared_or_with_an_interest(people, actor_of):
    row = answered(people, asked(people, a_scorecard(people)))
    with pytest.raises(Refused, match="interests declared and clear"):
        actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    declared(people, row, "evan", has_interest=True, description="My sister works there.")
    with pytest.raises(Refused, match="interests declared and clear"):
        actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    declared(people, row, "edith")
    row = actions.begin_rating(actor=actor_of("edith"), scorecard=row)
    with pytest.raises(Refused, match="interests declared and clear"):
        rate(actor_of("evan"), row)
    for code in RATED:
        rate(actor_of("edith"), row, code)
    row = actions.send_for_approval(actor=actor_of("edith"), scorecard=row)
    for deed in (
        lambda: actions.sign_off(actor=actor_of("anna"), scorecard=row),
        lambda: actions.return_rating(actor=actor_of("anna"), scorecard=row, reason="x"),
    ):
        with pytest.raises(Refused, match="Only an approver of the commissioner signs off"):
            deed()
    assert again(row).stage == "sent_for_approval"


def _also(people, name: str, organisation: str, *roles: Role) -> None:
    place, _ = Membership.objects.get_or_create(
        user=people.users[name], organisation=people.organisations[organisation], ended_at=None
    )
    for role in roles:
        MembershipRole.objects.get_or_create(membership=place, role=role)


@pytest.mark.django_db
def test_providers_people_neither_rate_nor_approve_for_the_council(people):
    council = people.organisations["council"]
    _also(people, "cara", "council", Role.EVALUATOR, Role.APPROVER)
    cara = Actor.of(people.users["cara"], council)
    row = being_rated(people)
    declare_interest(actor=cara, contract=row.contract, provider=row.provider, has_interest=False)
    for deed in (
        lambda: rate(cara, row),
        lambda: actions.send_for_approval(actor=cara, scorecard=row),
    ):
        with pytest.raises(Refused, match="not one of the provider's people"):
            deed()
    evan = Actor.of(people.users["evan"])
    rate(evan, row)
    row = actions.send_for_approval(actor=evan, scorecard=row)
    with pytest.raises(Refused, match="does not belong to the provider"):
        actions.sign_off(actor=cara, scorecard=row)


@pytest.mark.django_db
def test_who_rated_or_answered_does_not_sign_off(people, actor_of):
    _also(people, "evan", "council", Role.APPROVER)
    _also(people, "priya", "council", Role.APPROVER)
    row = asked(people, a_scorecard(people))
    answer_for_commissioner(people, row)
    row = answered(people, row)
    declared(people, row, "evan", "edith", "anna", "priya")
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    rate(actor_of("evan"), row)
    rate(actor_of("edith"), row, version=1)
    row = actions.send_for_approval(actor=actor_of("edith"), scorecard=row)
    for name in ("evan", "priya", "edith"):
        with pytest.raises(Refused, match="neither rated nor answered"):
            actions.sign_off(actor=actor_of(name), scorecard=row)
    assert actions.sign_off(actor=actor_of("anna"), scorecard=row).stage == "signed_off"


@pytest.mark.django_db
def test_three_people_run_a_small_councils_whole_process(people, actor_of):
    row = asked(people, a_scorecard(people, "small_council"))
    answer_for_commissioner(people, row, "mei")
    row = answered(people, row)
    declared(people, row, "tom", "ruth")
    row = actions.begin_rating(actor=actor_of("tom"), scorecard=row)
    for code in RATED:
        rate(actor_of("tom"), row, code)
    row = actions.send_for_approval(actor=actor_of("tom"), scorecard=row)
    with pytest.raises(Refused):
        actions.sign_off(actor=actor_of("tom"), scorecard=row)
    row = actions.sign_off(actor=actor_of("ruth"), scorecard=row)
    assert (row.stage, row.opinion) == ("signed_off", "reasonable")


@pytest.mark.django_db
def test_nothing_rated_is_not_sent(people, actor_of):
    with pytest.raises(WrongState, match="Nothing has been rated yet"):
        actions.send_for_approval(actor=actor_of("evan"), scorecard=being_rated(people))


@pytest.mark.django_db
def test_approver_returns_the_rating_with_reasons(people, actor_of):
    row, anna = sent(people), actor_of("anna")
    with pytest.raises(WrongState, match="Give the reason"):
        actions.return_rating(actor=anna, scorecard=row, reason=" ")
    row = actions.return_rating(actor=anna, scorecard=row, reason="A2 lacks a source.")
    assert (row.stage, row.steps.last().reason) == ("rating", "A2 lacks a source.")
    rate(actor_of("evan"), row, "A2", version=1, found_where="Page 9")
    row = actions.send_for_approval(actor=actor_of("evan"), scorecard=row)
    assert actions.sign_off(actor=anna, scorecard=row).stage == "signed_off"


@pytest.mark.django_db
def test_scorecard_that_was_not_sent_is_not_signed_off(people, actor_of):
    with pytest.raises(WrongState, match="sent for approval"):
        actions.sign_off(actor=actor_of("anna"), scorecard=being_rated(people))


@pytest.mark.django_db
def test_sign_off_keeps_inputs_and_outcome_that_replay(people, actor_of):
    row = asked(people, a_scorecard(people, value_set=a_value_set()))
    answer_for_commissioner(people, row)
    row = answered(people, row)
    declared(people, row, "evan", "anna")
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    for code in RATED:
        rate(actor_of("evan"), row, code, value=3 if code == "A1" else 2)
    row = actions.send_for_approval(actor=actor_of("evan"), scorecard=row)
    Contract.objects.filter(pk=row.contract_id).update(value_gbp=Decimal("200000.99"))
    row = actions.sign_off(actor=actor_of("anna"), scorecard=row)
    kept = ScorecardResult.objects.get()
    assert replay(kept.inputs) == kept.outcome
    assert (row.assessed_on, row.value_pounds) == (timezone.localdate(), 200000)
    assert FrameworkResult.objects.values_list(
        "framework_code", "opinion", "hundredths_of_percent"
    ).get() == ("sample", "reasonable", 7777)
    assert PrincipleResult.objects.values_list("principle_code", "hundredths_of_percent").get() == (
        "A", 7777,
    )  # fmt: skip
    assert '"attribution_percent":"75"' in kept.inputs.replace(" ", "")
    assert row.opinion == "reasonable"


@pytest.mark.django_db
def test_sign_off_freezes_closes_and_asks_for_the_report(people):
    row = asked(people, a_scorecard(people))
    answer_for_commissioner(people, row)
    row = signed_off_from(people, row)
    assert row.request.state == "closed"
    assert {rating.frozen_at is None for rating in row.ratings.all()} == {False}
    assert row.findings.get().frozen_at is not None
    assert CommissionerAnswer.objects.get().frozen_at is not None
    report = Report.objects.get()
    assert (report.kind, report.job.state, report.job) == ("final", "queued", Job.objects.get())
    assert AuditEvent.objects.filter(
        case_reference=row.contract.reference, verb="scorecard.sign_off"
    ).exists()


def signed_off_from(people, row):
    row = answered(people, row)
    declared(people, row, "evan", "anna")
    evan = Actor.of(people.users["evan"])
    row = actions.begin_rating(actor=evan, scorecard=row)
    rate(evan, row)
    find(evan, row)
    row = actions.send_for_approval(actor=evan, scorecard=row)
    return again(actions.sign_off(actor=Actor.of(people.users["anna"]), scorecard=row))


@pytest.mark.django_db
def test_later_scorecard_supersedes_the_former_at_its_sign_off(people):
    first = signed_off(people)
    second = a_scorecard(people, contract=first.contract)
    assert (second.number, second.supersedes, again(first).stage) == (2, first, "signed_off")
    second = signed_off(people, second, value=3)
    assert (again(first).stage, again(second).stage) == ("superseded", "signed_off")
    assert again(first).opinion == "reasonable"
    third = a_scorecard(people, contract=first.contract)
    assert (third.number, third.supersedes) == (3, second)


@pytest.mark.django_db
def test_coverage_under_the_policy_gives_no_opinion_yet(people, actor_of):
    row = being_rated(people)
    rate(actor_of("evan"), row)
    row = actions.send_for_approval(actor=actor_of("evan"), scorecard=row)
    assert actions.sign_off(actor=actor_of("anna"), scorecard=row).opinion == "no_opinion_yet"


@pytest.mark.django_db
def test_sign_off_without_an_answer_closes_the_providers_draft(people, actor_of):
    row = made_late(asked(people, a_scorecard(people)))
    row = actions.give_up_waiting(actor=actor_of("priya"), scorecard=row)
    declared(people, row, "evan", "anna")
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    for code in RATED:
        rate(actor_of("evan"), row, code)
    row = actions.send_for_approval(actor=actor_of("evan"), scorecard=row)
    row = actions.sign_off(actor=actor_of("anna"), scorecard=row)
    draft = again(row).request.self_assessment
    assert draft.state == "closed"
    with pytest.raises(WrongState, match="closed before it was submitted"):
        answered(people, row)
