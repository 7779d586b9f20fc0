"""From a result to a contract, and what bidders are told."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Role, StaleSave, WrongState, asks_for_code, door
from accounts.kept import kept_initial
from commissioning import queries as exercises
from commissioning.award_model.dates import (
    StandstillException,
    contract_deadlines,
    standstill,
)
from commissioning.enums import Duty
from commissioning.views.award_steps import AwardPlace, confirm_page, form_page
from scorecards import actions, award_documents, queries
from scorecards.actions.award_documents import is_assessed, summary_words, told
from scorecards.enums import LotStage
from scorecards.forms import (
    AwardNoticeForm,
    AwardReasonForm,
    ChallengeForm,
    EnterContractForm,
    RecommendationForm,
    SummaryForm,
)
from scorecards.workflow import LOT_STEPS

PANEL = (*COMMISSIONER_ROLES,)
WORDED = (LotStage.CALCULATED, LotStage.RECOMMENDED, LotStage.APPROVED)


def the_lot(request, reference, number):
    """The evaluation of a lot that the viewer is cleared for; 404 otherwise."""
    evaluation = queries.lot_evaluation(request.actor, reference, number)
    if evaluation is None:
        raise Http404
    return evaluation


def _facts(request, evaluation):
    about = queries.award_facts(request.actor, evaluation)
    if about is None:
        raise Http404
    return about


@door(*PANEL, Role.AUDITOR)
def award_detail(request, reference, number):
    """Where the award of a lot stands, what comes next, what each bidder is told, documents."""
    evaluation = the_lot(request, reference, number)
    about = _facts(request, evaluation)
    duties = exercises.duties(request.actor, evaluation.exercise)
    words = summary_words(about)
    stage = evaluation.stage
    notice = evaluation.award_notice
    documents = list(queries.documents_of_lot(request.actor, evaluation))
    released = {row.bid_lot_id for row in documents if row.released_at}
    return render(
        request,
        "scorecards/award_detail.html",
        {
            "evaluation": evaluation,
            "exercise": evaluation.exercise,
            "about": about,
            "bids": [
                {
                    "row": bid,
                    "result": about.result_of(bid),
                    "became": about.became_of(bid),
                    "missing": award_documents.missing_of(about, bid, words[bid.pk])
                    if is_assessed(about, bid)
                    else [],
                    "is_winner": bid in about.winners,
                    "is_released": bid.pk in released,
                }
                for bid in about.bids
            ],
            "is_lead": Duty.LEAD in duties,
            "is_approver": Duty.APPROVER in duties,
            "is_team": bool(duties & {Duty.LEAD, Duty.CHAIR, Duty.APPROVER}),
            "may_word": Duty.LEAD in duties and stage in WORDED,
            "may_end": stage
            not in (
                LotStage.ENTERED,
                LotStage.NOT_AWARDED,
                LotStage.RECOMMENDED,
                LotStage.APPROVED,
                LotStage.SUMMARIES_RELEASED,
            ),
            "standstill": standstill(notice.published_on, evaluation.exercise.regime)
            if notice and not evaluation.standstill_exception
            else None,
            "exception": StandstillException(evaluation.standstill_exception)
            if evaluation.standstill_exception
            else None,
            "may_enter": evaluation.standstill_ends_on is None
            or evaluation.standstill_ends_on < timezone.localdate(),
            "deadlines": _deadlines(evaluation),
            "is_fresh": evaluation.stage == LotStage.ENTERED
            and exercises.fresh_conflicts_assessment(request.actor, evaluation.exercise)
            is not None,
            "documents": documents,
            "steps": [(LOT_STEPS[row.step].words, row) for row in evaluation.steps.all()],
        },
    )


def _deadlines(evaluation) -> list:
    """What is to be published after each contract was entered into, and by when."""
    return [
        (row.contract, deadline)
        for row in evaluation.contracts.all()
        for deadline in contract_deadlines(
            evaluation.exercise.regime,
            entered_on=row.contract.awarded_on,
            is_light_touch=evaluation.standstill_exception == StandstillException.LIGHT_TOUCH,
            value_gbp=row.contract.value_gbp,
            body_type=evaluation.exercise.procurement.buyer.body_type,
        )
    ]


def _place(evaluation) -> AwardPlace:
    exercise, number = evaluation.exercise, evaluation.lot_number
    url = reverse("scorecards:award-detail", args=[exercise.reference, number])
    return AwardPlace(f"{exercise}, lot {number}", url)


@door(Role.PROCUREMENT_LEAD)
def award_recommend(request, reference, number):
    """Recommend what the result says."""
    evaluation = the_lot(request, reference, number)
    form = RecommendationForm(
        request.POST or None,
        initial={"recommendation": evaluation.recommendation} | kept_initial(request),
    )
    return form_page(
        request,
        _place(evaluation),
        form,
        lambda given: actions.recommend_award(actor=request.actor, evaluation=evaluation, **given),
        title="Recommend the award",
        button="Recommend",
        hint="An approver who did not score decides about it.",
        field="recommendation",
        done="Recommended",
    )


@door(Role.APPROVER)
def award_return(request, reference, number):
    """Return the recommendation."""
    evaluation = the_lot(request, reference, number)
    return form_page(
        request,
        _place(evaluation),
        AwardReasonForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.return_award(actor=request.actor, evaluation=evaluation, **given),
        title="Return the recommendation",
        button="Return it",
        field="reason",
        done="Returned",
    )


@door(Role.APPROVER)
@asks_for_code()
def award_approve(request, reference, number):
    """Approve the award, after asking."""
    evaluation = the_lot(request, reference, number)
    about = _facts(request, evaluation)
    return confirm_page(
        request,
        _place(evaluation),
        lambda: actions.approve_award(actor=request.actor, evaluation=evaluation),
        title="Approve the award",
        words=[evaluation.recommendation, about.words],
        button="Approve",
        done="Approved",
    )


@door(Role.PROCUREMENT_LEAD)
def award_release(request, reference, number):
    """Release every summary and letter together, after asking."""
    evaluation = the_lot(request, reference, number)
    return confirm_page(
        request,
        _place(evaluation),
        lambda: actions.release_summaries(actor=request.actor, evaluation=evaluation),
        title="Release the assessment summaries",
        words=[
            "Every bidder of this lot is told at the same moment, each about its own bid. What is"
            " released cannot be changed."
        ],
        button="Release them all",
        done="Released to every bidder",
    )


@door(Role.PROCUREMENT_LEAD)
def award_notice(request, reference, number):
    """Record the award notice; the standstill is counted from it."""
    evaluation = the_lot(request, reference, number)
    return form_page(
        request,
        _place(evaluation),
        AwardNoticeForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.record_award_notice(
            actor=request.actor, evaluation=evaluation, **given
        ),
        title="Record the award notice",
        button="Record it",
        hint="This service does not publish to the central platform. Publish the notice there, and"
        " record its number and day here. Confirm the conflicts assessment first.",
        done="Notice recorded",
    )


@door(Role.PROCUREMENT_LEAD)
def award_challenge(request, reference, number):
    """Record a challenge, a suspension, or that the award goes on."""
    evaluation = the_lot(request, reference, number)
    return form_page(
        request,
        _place(evaluation),
        ChallengeForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.record_challenge(actor=request.actor, evaluation=evaluation, **given),
        title="Challenge or suspension",
        button="Record it",
        field="step",
        done="Recorded",
    )


@door(Role.PROCUREMENT_LEAD)
def award_enter(request, reference, number):
    """Record that the contract was entered into."""
    evaluation = the_lot(request, reference, number)
    return form_page(
        request,
        _place(evaluation),
        EnterContractForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.enter_contract(actor=request.actor, evaluation=evaluation, **given),
        title="Contract entered into",
        button="Record it",
        hint="The contract then carries its terms, KPIs and social value commitments into"
        " assurance.",
        field="entered_on",
        done="Contract kept, with what was promised",
    )


@door(Role.PROCUREMENT_LEAD)
def award_end(request, reference, number):
    """End the lot without an award."""
    evaluation = the_lot(request, reference, number)
    return form_page(
        request,
        _place(evaluation),
        AwardReasonForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.end_lot(actor=request.actor, evaluation=evaluation, **given),
        title="End without an award",
        button="End this lot",
        field="reason",
        done="Ended without an award",
    )


def _bid(about, code):
    bid = next((row for row in about.bids if row.code == code), None)
    if bid is None:
        raise Http404
    return bid


@door(Role.PROCUREMENT_LEAD)
def summary_edit(request, reference, number, code):
    """Word what one bidder is told, where words are needed."""
    evaluation = the_lot(request, reference, number)
    about = _facts(request, evaluation)
    bid = _bid(about, code)
    held = queries.summary_of(request.actor, bid)
    words = summary_words(about)[bid.pk]
    initial = {
        "revision": held.revision if held else 0,
        **words.texts,
        **{f"withheld-{part}": ground for part, ground in words.withheld.items()},
    }
    form = SummaryForm(
        request.POST or None,
        leaves=about.result_of(bid).leaves,
        is_winner=bid in about.winners,
        is_assessed=is_assessed(about, bid),
        initial=initial | kept_initial(request),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_summary(
                actor=request.actor,
                evaluation=evaluation,
                bid_lot=bid,
                words=form.words,
                withheld=form.withheld,
                seen_revision=form.cleaned_data["revision"],
            )
        except StaleSave as stale:
            conflict = stale.current
            form.data = form.data.copy()
            form.data["revision"] = conflict.revision if conflict else 0
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Saved")
            return redirect("scorecards:summary-preview", reference, number, code)
    context = {
        "form": form,
        "evaluation": evaluation,
        "exercise": evaluation.exercise,
        "bid": bid,
        "conflict": conflict,
    }
    status = 409 if conflict is not None else 200
    return render(request, "scorecards/summary_edit.html", context, status=status)


def _draft(request, reference, number, code):
    evaluation = the_lot(request, reference, number)
    about = _facts(request, evaluation)
    bid = _bid(about, code)
    words = summary_words(about)
    _, content = told(about, bid, words, reference="Draft", at=timezone.localtime(), is_draft=True)
    missing = (
        award_documents.missing_of(about, bid, words[bid.pk]) if is_assessed(about, bid) else []
    )
    return evaluation, bid, content, missing


@door(Role.PROCUREMENT_LEAD, Role.APPROVER)
def summary_preview(request, reference, number, code):
    """What the bidder will read, as a page."""
    evaluation, bid, content, missing = _draft(request, reference, number, code)
    return render(
        request,
        "scorecards/summary_preview.html",
        {
            "evaluation": evaluation,
            "exercise": evaluation.exercise,
            "bid": bid,
            "missing": missing,
            **award_documents.as_page(content),
        },
    )


@door(Role.PROCUREMENT_LEAD, Role.APPROVER)
def summary_docx(request, reference, number, code):
    """The draft as a DOCX."""
    evaluation, bid, content, _ = _draft(request, reference, number, code)
    name = f"{evaluation.exercise.reference}-lot-{number}-{bid.label.replace(' ', '-')}.docx"
    return HttpResponse(
        award_documents.as_docx(content),
        content_type=award_documents.DOCX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
