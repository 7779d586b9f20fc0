"""A scorecard and its way from draft to sign-off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import queries as people
from accounts.access import Actor, Role, WrongState, asks_for_code, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import queries as commissioning
from principles import queries as library
from providers import queries as providers
from providers.enums import SelfAssessmentState
from scorecards import actions, charts, queries
from scorecards.actions.steps import has_answered, has_rated, is_clear, is_of_provider
from scorecards.enums import OPINION_COLOURS, STAGE_COLOURS, Stage
from scorecards.forms import (
    ReasonForm,
    RequestForm,
    ReturnAnswersForm,
    ScorecardForm,
)
from scorecards.models import Scorecard
from scorecards.rules import (
    is_audit,
    is_settled,
    manages,
    may_ask_for_report,
    may_rate,
    may_sign_off,
    sees_ratings,
)
from scorecards.scoring import policy_from_plain

JUDGES = (Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.APPROVER, Role.PROCUREMENT_LEAD)
READERS = (*JUDGES, Role.AUDITOR, Role.CONTRIBUTOR, Role.SIGNATORY)


def found(request, reference) -> Scorecard:
    """The scorecard of the address, if the viewer may see it."""
    return get_object_or_404(queries.scorecards(request.actor), reference=reference)


def permissions(actor: Actor, scorecard: Scorecard) -> dict[str, bool]:
    """What the actor may do now: the same predicates that the actions require."""
    facts = {
        "is_clear": is_clear(actor, scorecard),
        "is_of_provider": is_of_provider(actor, scorecard),
    }
    rates = may_rate(actor, scorecard, **facts)
    signs = may_sign_off(
        actor,
        scorecard,
        **facts,
        has_rated=has_rated(actor, scorecard),
        has_answered=has_answered(actor, scorecard),
    )
    stage, manager = scorecard.stage, manages(actor, scorecard)
    overdue = scorecard.request is not None and scorecard.request.due_on < timezone.localdate()
    return {
        "request": manager and stage == Stage.DRAFT,
        "give_up": manager and stage == Stage.REQUESTED and overdue,
        "return_answers": manager
        and stage in (Stage.SUBMITTED, Stage.RATING)
        and scorecard.request.self_assessment.state == SelfAssessmentState.SUBMITTED,
        "answer": manager
        and scorecard.request is not None
        and not is_settled(scorecard)
        and stage != Stage.SENT_FOR_APPROVAL,
        "begin_rating": rates and stage in (Stage.SUBMITTED, Stage.NOT_ANSWERED),
        "rate": rates and stage == Stage.RATING,
        "send": rates and stage == Stage.RATING,
        "decide": signs and stage == Stage.SENT_FOR_APPROVAL,
        "ask_for_report": may_ask_for_report(actor, scorecard) and not is_settled(scorecard),
        "see_ratings": sees_ratings(actor, scorecard),
    }


@door(*READERS)
def scorecard_detail(request, reference):
    """Results, criteria, findings, reports, and what can be done next."""
    scorecard = found(request, reference)
    if is_audit(request.actor):
        actions.record_opening(actor=request.actor, scorecard=scorecard, what="scorecard")
    case = queries.case(request.actor, scorecard)
    return render(
        request,
        "scorecards/scorecard_detail.html",
        {
            "scorecard": scorecard,
            "case": case,
            "may": permissions(request.actor, scorecard),
            "charts": charts_of(case),
            "findings": queries.findings(request.actor, scorecard),
            "reports": queries.reports_of(request.actor, scorecard),
            "stage_colour": STAGE_COLOURS[scorecard.stage],
            "opinion_colours": OPINION_COLOURS,
        },
    )


def charts_of(case: queries.Case) -> dict:
    """One bar chart a framework, and one of the themes of social value."""
    outcome = case.outcome
    bands = policy_from_plain(case.scorecard.policy.content).bands
    found = {
        framework.code: charts.principle_chart(
            name=f"chart-{framework.code}",
            framework=framework.title,
            principles=framework.principles,
            bands=bands,
        )
        for framework in outcome.frameworks
    }
    if outcome.social_value is not None:
        found["social-value"] = charts.theme_chart(
            name="chart-social-value",
            themes=outcome.social_value.themes,
            is_illustrative=outcome.social_value.is_illustrative,
        )
    return found


@door(Role.CONTRACT_MANAGER)
def scorecard_new(request, contract_reference):
    """Begin a scorecard of a contract."""
    contract = get_object_or_404(
        commissioning.contracts(request.actor), reference=contract_reference
    )
    today = timezone.localdate()
    editions = library.editions_to_assess(request.actor, today)
    form = ScorecardForm(
        request.POST or None,
        providers=providers.providers(request.actor).filter(
            pk__in=contract.parties.values("provider")
        ),
        editions=editions,
        value_sets=library.value_sets_in_use(request.actor, today),
        initial={"editions": [edition.pk for edition in editions]} | kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["editions"] = list(given["editions"])
        try:
            scorecard = actions.create_scorecard(
                actor=request.actor, contract=contract, level=contract.assurance_level, **given
            )
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Scorecard created")
            return redirect("scorecards:scorecard-detail", scorecard.reference)
    return render(request, "scorecards/scorecard_new.html", {"form": form, "contract": contract})


@door(Role.CONTRACT_MANAGER)
def scorecard_request(request, reference):
    """Ask the provider for its self-assessment."""
    scorecard = found(request, reference)
    form = RequestForm(
        request.POST or None,
        needs_signatory=not people.has_signatory(request.actor, scorecard.provider.organisation),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_answers(actor=request.actor, scorecard=scorecard, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, f"{scorecard.provider} has been asked")
            email = form.cleaned_data.get("signatory_email")
            if email and not commissioning.signs_for(request.actor, scorecard.provider, email):
                messages.warning(
                    request, f"Somebody else than {email} signs for {scorecard.provider} here"
                )
                return redirect(
                    "commissioning:signatory-doubt",
                    scorecard.contract.reference,
                    scorecard.provider.reference,
                )
            return redirect("scorecards:scorecard-detail", reference)
    return render(
        request, "scorecards/scorecard_request.html", {"form": form, "scorecard": scorecard}
    )


@door(Role.CONTRACT_MANAGER)
def scorecard_return_answers(request, reference):
    """Send the self-assessment back to the provider."""
    scorecard = found(request, reference)
    form = ReturnAnswersForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_answers(actor=request.actor, scorecard=scorecard, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Self-assessment returned to the provider")
            return redirect("scorecards:scorecard-detail", reference)
    return render(
        request, "scorecards/scorecard_return_answers.html", {"form": form, "scorecard": scorecard}
    )


@door(Role.CONTRACT_MANAGER)
def scorecard_give_up(request, reference):
    """Go on without an answer, after asking."""
    scorecard = found(request, reference)
    if request.method == "POST":
        actions.give_up_waiting(actor=request.actor, scorecard=scorecard)
        messages.success(request, "The rating can begin without the provider's answers")
        return redirect("scorecards:scorecard-detail", reference)
    return render(request, "scorecards/scorecard_give_up.html", {"scorecard": scorecard})


@door(Role.EVALUATOR)
@require_POST
def scorecard_begin(request, reference):
    """Begin to rate."""
    scorecard = found(request, reference)
    actions.begin_rating(actor=request.actor, scorecard=scorecard)
    return redirect("scorecards:scorecard-detail", reference)


@door(Role.EVALUATOR)
def scorecard_send(request, reference):
    """Send for approval, after showing what is still open."""
    scorecard = found(request, reference)
    if request.method == "POST":
        actions.send_for_approval(actor=request.actor, scorecard=scorecard)
        messages.success(request, "Sent for approval")
        return redirect("scorecards:scorecard-detail", reference)
    return render(
        request,
        "scorecards/scorecard_send.html",
        {"scorecard": scorecard, "case": queries.case(request.actor, scorecard)},
    )


@door(Role.APPROVER)
@asks_for_code()
def scorecard_sign_off(request, reference):
    """Sign off, after showing what is signed."""
    scorecard = found(request, reference)
    if request.method == "POST":
        actions.sign_off(actor=request.actor, scorecard=scorecard)
        messages.success(request, "Signed off. The report is being made")
        return redirect("scorecards:scorecard-detail", reference)
    return render(
        request,
        "scorecards/scorecard_sign_off.html",
        {
            "scorecard": scorecard,
            "case": queries.case(request.actor, scorecard),
            "may": permissions(request.actor, scorecard),
        },
    )


@door(Role.APPROVER)
def scorecard_return_rating(request, reference):
    """Give the ratings back with reasons."""
    scorecard = found(request, reference)
    form = ReasonForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.return_rating(actor=request.actor, scorecard=scorecard, **form.cleaned_data)
        messages.success(request, "Returned to the evaluators")
        return redirect("scorecards:scorecard-detail", reference)
    return render(
        request, "scorecards/scorecard_return_rating.html", {"form": form, "scorecard": scorecard}
    )


@door(*JUDGES, Role.AUDITOR)
def scorecard_trail(request, reference):
    """The history of a scorecard and the audit trail of its case, on one page."""
    scorecard = found(request, reference)
    if is_audit(request.actor):
        actions.record_opening(actor=request.actor, scorecard=scorecard, what="trail")
    events = queries.trail(request.actor, scorecard)
    return render(
        request,
        "scorecards/scorecard_trail.html",
        {
            "scorecard": scorecard,
            "steps": queries.steps(request.actor, scorecard),
            "page": page_of(request, events, per_page=50),
        },
    )
