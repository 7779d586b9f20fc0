"""An award without competition: its own short path."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import COMMISSIONER_ROLES, Role, WrongState, asks_for_code, door
from accounts.kept import kept_initial
from accounts.numbers import read_key
from commissioning import actions, queries
from commissioning.award_model.dates import Deadline, contract_deadlines
from commissioning.award_model.direct_award import direct_award_ground
from commissioning.award_model.regimes import rules_for
from commissioning.enums import Duty, ExerciseKind
from commissioning.forms import (
    DirectAwardContractForm,
    DirectAwardForm,
    DirectAwardReasonForm,
    TransparencyNoticeForm,
)
from commissioning.views.award_steps import AwardPlace, confirm_page, form_page
from commissioning.views.exercise_team import the_exercise


def _exercise(request, reference):
    exercise = the_exercise(request, reference)
    if exercise.kind != ExerciseKind.DIRECT_AWARD:
        raise Http404
    return exercise


def _award(request, reference):
    exercise = _exercise(request, reference)
    row = queries.direct_award_of(request.actor, exercise)
    if row is None:
        raise Http404
    return exercise, row


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def direct_award(request, reference):
    """Where the award stands: ground, justification, interests, approval, notice, contract."""
    exercise = _exercise(request, reference)
    row = queries.direct_award_of(request.actor, exercise)
    duties = queries.duties(request.actor, exercise)
    return render(
        request,
        "commissioning/direct_award.html",
        {
            "exercise": exercise,
            "row": row,
            "ground": direct_award_ground(row.ground) if row else None,
            "rules": rules_for(exercise.regime, exercise.procurement.buyer.body_type),
            "is_lead": Duty.LEAD in duties,
            "is_approver": Duty.APPROVER in duties,
            "waiting": queries.declarations_to_make(request.actor, exercise) if duties else [],
            "is_fresh": queries.fresh_conflicts_assessment(request.actor, exercise) is not None,
            "notices": queries.notices_of(request.actor, exercise),
            "deadlines": _deadlines(exercise, row),
        },
    )


def _deadlines(exercise, row) -> tuple[Deadline, ...]:
    """What is to be published after the contract was entered into; nothing before.

    Which direct awards are light touch is not recorded, so the shorter days are shown.
    """
    if row is None or row.entered_on is None:
        return ()
    return contract_deadlines(
        exercise.regime,
        entered_on=row.entered_on,
        is_light_touch=False,
        value_gbp=row.value_gbp,
        body_type=exercise.procurement.buyer.body_type,
    )


@door(Role.PROCUREMENT_LEAD)
def direct_award_write(request, reference):
    """Write the ground, the justification and the supplier."""
    exercise = _exercise(request, reference)
    row = queries.direct_award_of(request.actor, exercise)
    words = request.GET.get("find", "")
    chosen = [key for key in map(read_key, request.POST.getlist("provider")) if key]
    if row:
        chosen.append(str(row.provider_id))
    providers = queries.providers_like(request.actor, words, chosen)
    initial = (
        {
            "provider": row.provider_id,
            "ground": row.ground,
            "justification": row.justification,
            "how_value_was_tested": row.how_value_was_tested,
            "value_gbp": row.value_gbp,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }
        if row
        else {"value_gbp": exercise.value_gbp}
    )
    form = DirectAwardForm(
        request.POST or None,
        providers=providers,
        regime=exercise.regime,
        initial=initial | kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_direct_award(actor=request.actor, exercise=exercise, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Saved")
            return redirect("commissioning:direct-award", reference)
    context = {"form": form, "exercise": exercise, "find": words, "found": len(providers)}
    return render(request, "commissioning/direct_award_write.html", context)


def _place(exercise) -> AwardPlace:
    url = reverse("commissioning:direct-award", args=[exercise.reference])
    return AwardPlace(f"{exercise.reference}, {exercise}", url)


@door(Role.PROCUREMENT_LEAD)
def direct_award_send(request, reference):
    """Send it for approval, after asking."""
    exercise, row = _award(request, reference)
    return confirm_page(
        request,
        _place(exercise),
        lambda: actions.send_direct_award(actor=request.actor, direct_award=row),
        title="Send for approval",
        words=["An approver who did not write it decides. Until it comes back, it stays as it is."],
        button="Send it",
        done="Sent for approval",
    )


@door(Role.APPROVER)
@asks_for_code()
def direct_award_approve(request, reference):
    """Approve it, after asking."""
    exercise, row = _award(request, reference)
    return confirm_page(
        request,
        _place(exercise),
        lambda: actions.approve_direct_award(actor=request.actor, direct_award=row),
        title="Approve the award",
        words=[row.justification],
        button="Approve",
        done="Approved",
    )


@door(Role.APPROVER)
def direct_award_return(request, reference):
    """Return it to be written again."""
    exercise, row = _award(request, reference)
    return form_page(
        request,
        _place(exercise),
        DirectAwardReasonForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.return_direct_award(actor=request.actor, direct_award=row, **given),
        title="Return it",
        button="Return it",
        done="Returned",
        field="reason",
    )


@door(Role.PROCUREMENT_LEAD)
def direct_award_notice(request, reference):
    """Record the transparency notice."""
    exercise, row = _award(request, reference)
    return form_page(
        request,
        _place(exercise),
        TransparencyNoticeForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.record_transparency_notice(
            actor=request.actor, direct_award=row, **given
        ),
        title="Record the transparency notice",
        button="Record it",
        done="Notice recorded",
        hint="Publish it on the central platform, and record its number and day here. Confirm the"
        " conflicts assessment first.",
    )


@door(Role.PROCUREMENT_LEAD)
def direct_award_enter(request, reference):
    """Record the contract, which goes straight to assurance."""
    exercise, row = _award(request, reference)
    return form_page(
        request,
        _place(exercise),
        DirectAwardContractForm(request.POST or None, initial=kept_initial(request)),
        lambda given: actions.enter_direct_award(actor=request.actor, direct_award=row, **given),
        title="Contract entered into",
        button="Record it",
        done="Contract kept: its assurance can begin",
        field="entered_on",
    )
