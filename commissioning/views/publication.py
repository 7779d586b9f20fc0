"""Publishing an exercise, its versions and amendments, and inviting providers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import WrongState, door
from accounts.kept import kept_initial
from accounts.numbers import read_key
from commissioning import actions, queries
from commissioning.enums import ExerciseState
from commissioning.forms import InviteForm, PublishForm, ReasonForm
from commissioning.inputs import published_model
from commissioning.views._design import (
    READERS,
    WRITERS,
    attempt,
    exercise_of,
    led_exercise,
    may_lead,
    page_context,
)

PAGE_OF_BLOCKER = {
    "remarks": "exercise-checks",
    "settings": "exercise-settings",
    "team": "exercise-team",
    "openers": "exercise-openers",
    "interests": "exercise-interests",
    "conflicts": "exercise-conflicts",
}


@door(*WRITERS)
def exercise_publish(request, reference):
    """What stands in the way, or the last look before the model is frozen."""
    exercise = led_exercise(request, reference)
    if exercise.state != ExerciseState.DESIGN:
        raise WrongState("This exercise has been published already.")
    blockers = queries.blockers(request.actor, exercise)
    form = PublishForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done, _ = attempt(
            form,
            lambda: actions.publish_exercise(
                actor=request.actor,
                exercise=exercise,
                notice_code=given["notice_code"],
                notice_number=given["notice_number"],
                notice_published_on=given["notice_published_on"],
            ),
        )
        if done:
            messages.success(request, "Published. Bidders can see it now.")
            return redirect("commissioning:exercise-detail", reference)
    context = page_context(request, exercise) | {
        "form": form,
        "blockers": [(one.words, f"commissioning:{PAGE_OF_BLOCKER[one.page]}") for one in blockers],
    }
    return render(request, "commissioning/exercise_publish.html", context)


@door(*READERS)
def version_list(request, reference):
    """Every published version with its changes and its reason; amendments start here."""
    exercise = exercise_of(request, reference)
    now = timezone.now()
    context = {
        "exercise": exercise,
        "versions": queries.versions(request.actor, exercise).reverse(),
        "leads_it": may_lead(request, exercise),
        "may_amend": exercise.state == ExerciseState.PUBLISHED
        and exercise.amendment_opened_at is None
        and exercise.tenders_due_at > now,
    }
    return render(request, "commissioning/version_list.html", context)


@door(*READERS)
def version_detail(request, reference, number):
    """One version, whole, as bidders read it."""
    exercise = exercise_of(request, reference)
    version = queries.versions(request.actor, exercise).filter(number=number).first()
    if version is None:
        raise Http404
    model = published_model(version)
    context = {
        "exercise": exercise,
        "version": version,
        "model": model,
        "names": queries.names_in(request.actor, model),
    }
    return render(request, "commissioning/version_detail.html", context)


@door(*WRITERS)
def amendment_open(request, reference):
    """Let the design be written again; bidders go on seeing the version in force."""
    exercise = led_exercise(request, reference)
    if request.method == "POST":
        actions.open_amendment(actor=request.actor, exercise=exercise)
        messages.success(request, "Amendment open. Change what is needed, then publish it.")
        return redirect("commissioning:exercise-detail", reference)
    return render(request, "commissioning/amendment_open.html", {"exercise": exercise})


@door(*WRITERS)
def amendment_discard(request, reference):
    """Give up an open amendment, after asking."""
    exercise = led_exercise(request, reference)
    if request.method == "POST":
        actions.discard_amendment(actor=request.actor, exercise=exercise)
        messages.success(request, "Amendment given up. The version in force stands.")
        return redirect("commissioning:exercise-detail", reference)
    return render(request, "commissioning/amendment_discard.html", {"exercise": exercise})


@door(*WRITERS)
def amendment_publish(request, reference):
    """What changes for bidders, why, and the button that tells them all."""
    exercise = led_exercise(request, reference)
    if exercise.amendment_opened_at is None:
        raise WrongState("No amendment is open.")
    form = ReasonForm(
        request.POST or None,
        label="Why is it amended?",
        help_text="Every bidder reads this with the list of changes.",
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        done, _ = attempt(
            form,
            lambda: actions.publish_amendment(
                actor=request.actor, exercise=exercise, reason=form.cleaned_data["reason"]
            ),
        )
        if done:
            messages.success(request, "Amendment published. Every bidder is told.")
            return redirect("commissioning:version-list", reference)
    context = page_context(request, exercise)
    context |= {
        "form": form,
        "changes": queries.changes_as_written(request.actor, exercise),
    }
    return render(request, "commissioning/amendment_publish.html", context)


@door(*READERS)
def exercise_invitations(request, reference):
    """Who was invited to bid; the lead looks for providers by name and invites them."""
    exercise = exercise_of(request, reference)
    leads_it = may_lead(request, exercise)
    words = request.GET.get("find", "")
    chosen = [key for key in map(read_key, request.POST.getlist("providers")) if key]
    found = queries.providers_like(request.actor, words, chosen)
    form = InviteForm(request.POST or None, providers=found)
    if request.method == "POST" and form.is_valid():

        def invite():
            for provider in form.cleaned_data["providers"]:
                actions.invite_provider(actor=request.actor, exercise=exercise, provider=provider)

        if attempt(form, invite)[0]:
            messages.success(request, "Invited")
            return redirect("commissioning:exercise-invitations", reference)
    context = {
        "exercise": exercise,
        "leads_it": leads_it,
        "may_invite": leads_it
        and exercise.state in (ExerciseState.DESIGN, ExerciseState.PUBLISHED),
        "form": form,
        "find": words,
        "found": len(found),
        "invitations": queries.invitations_of(request.actor, exercise),
    }
    return render(request, "commissioning/exercise_invitations.html", context)
