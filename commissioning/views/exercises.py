"""Running a procurement: list, start, task list, rules, checks, the model as bidders read it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import WrongState, door, require
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.award_model.dates import tendering_check
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.remarks import Severity
from commissioning.award_model.rule_records import Topic
from commissioning.award_model.social_value_minimum import social_value_minimum
from commissioning.award_model.thresholds import thresholds
from commissioning.enums import ExerciseState
from commissioning.exercise_links import links_for
from commissioning.filters import ExerciseFilter
from commissioning.forms import ReasonForm, StartByHandForm, StartForm
from commissioning.rules import may_start_exercise
from commissioning.views import _exercise_tasks
from commissioning.views._design import (
    READERS,
    WRITERS,
    attempt,
    exercise_of,
    led_exercise,
    page_context,
    place_of,
)


@door(*READERS)
def exercise_list(request):
    """The procurements that the viewer's body runs here, or that the viewer audits."""
    found = ExerciseFilter(request.GET, queryset=queries.exercises(request.actor))
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "may_start": request.actor.has(*WRITERS),
    }
    return render(request, "commissioning/exercise_list.html", context)


@door(*WRITERS)
def exercise_new(request):
    """Start a procurement that no notice brought."""
    form = StartByHandForm(request.POST or None, initial=kept_initial(request))
    return _start(request, form, None)


@door(*WRITERS)
def exercise_start(request, reference):
    """Start a procurement from a notice, with its lots and criteria."""
    procurement = queries.procurement(request.actor, reference)
    if procurement is None:
        raise Http404
    require(
        may_start_exercise(request.actor, procurement.buyer),
        "Only a procurement lead of the buyer starts a procurement.",
    )
    own = queries.exercise_of_procurement(request.actor, procurement)
    if own is not None:
        return redirect("commissioning:exercise-detail", own.reference)
    initial = {"regime": procurement.regime, "value_gbp": procurement.pounds_with_vat}
    form = StartForm(request.POST or None, initial=initial | kept_initial(request))
    return _start(request, form, procurement)


def _start(request, form, procurement):
    if request.method == "POST" and form.is_valid():
        started = []

        def start():
            started.append(
                actions.start_exercise(
                    actor=request.actor,
                    commissioner=queries.commissioner_of(request.actor),
                    procurement=procurement,
                    **form.cleaned_data,
                )
            )

        if attempt(form, start)[0]:
            messages.success(request, "Procurement started. You lead it.")
            return redirect("commissioning:exercise-detail", started[0].reference)
    context = {"form": form, "procurement": procurement}
    return render(request, "commissioning/exercise_new.html", context)


@door(*READERS)
def exercise_detail(request, reference):
    """The task list of an exercise, its dates and what became of it."""
    exercise = exercise_of(request, reference)
    actions.record_opening(actor=request.actor, subject=exercise, case=exercise.reference)
    context = page_context(request, exercise)
    blockers = queries.blockers(request.actor, exercise) if _is_designed(exercise) else []
    context |= {
        "sections": _exercise_tasks.sections(request.actor, exercise, context, blockers),
        "rules": rules_for(exercise.regime, exercise.procurement.buyer.body_type),
        "tendering": _tendering(exercise),
        "steps": queries.steps_of(request.actor, exercise),
        "notices": queries.notices_of(request.actor, exercise),
        "versions": queries.versions(request.actor, exercise),
        "links": links_for(request.actor, exercise),
        "is_past_deadline": bool(
            exercise.tenders_due_at and exercise.tenders_due_at <= timezone.now()
        ),
    }
    return render(request, "commissioning/exercise_detail.html", context)


def _is_designed(exercise) -> bool:
    return exercise.state == ExerciseState.DESIGN


def _tendering(exercise):
    """How long suppliers have against the minimum; None where that cannot be told."""
    if exercise.tenders_due_at is None or exercise.tender_notice_on is None:
        return None
    return tendering_check(
        exercise.regime,
        published_on=exercise.tender_notice_on,
        due_on=timezone.localdate(exercise.tenders_due_at),
    )


@door(*READERS)
def exercise_rules(request, reference):
    """What the rules mean for this exercise, and where this service holds none."""
    exercise = exercise_of(request, reference)
    body_type = exercise.procurement.buyer.body_type
    rules = rules_for(exercise.regime, body_type)
    context = {
        "exercise": exercise,
        "rules": rules,
        "held": rules.provisions,
        "missing": [topic for topic in Topic if rules.provision(topic) is None],
        "social_value": social_value_minimum(
            regime=exercise.regime,
            body_type=body_type,
            tender_notice_on=exercise.tender_notice_on,
            value_gbp=exercise.value_gbp,
        ),
        "tendering": _tendering(exercise),
        "thresholds": thresholds(
            exercise.regime, body_type, exercise.tender_notice_on or timezone.localdate()
        ),
    }
    return render(request, "commissioning/exercise_rules.html", context)


@door(*READERS)
def exercise_checks(request, reference):
    """What must be put right and what to look at, each with the place where it is done."""
    exercise = exercise_of(request, reference)
    context = page_context(request, exercise)
    groups = [
        {
            "severity": severity,
            "lines": [
                {"remark": remark, "url": place_of(exercise, remark)}
                for remark in context["remarks"]
                if remark.severity is severity
            ],
        }
        for severity in Severity
    ]
    context |= {"groups": groups}
    return render(request, "commissioning/exercise_checks.html", context)


@door(*READERS)
def exercise_model(request, reference):
    """The model as it is written now, in the form in which bidders will read it."""
    exercise = exercise_of(request, reference)
    context = page_context(request, exercise)
    context["names"] = queries.names_in(request.actor, context["model"])
    return render(request, "commissioning/exercise_model.html", context)


@door(*WRITERS)
def exercise_end(request, reference):
    """End an exercise without going on, with the reason."""
    exercise = led_exercise(request, reference)
    if exercise.state == ExerciseState.ENDED:
        raise WrongState("This exercise has ended already.")
    form = ReasonForm(
        request.POST or None,
        label="Why does it end?",
        help_text="It is kept with the exercise. Under the Procurement Act 2023 a procurement "
        "termination notice may be needed as well, which you publish elsewhere.",
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        done, _ = attempt(
            form,
            lambda: actions.end_exercise(
                actor=request.actor, exercise=exercise, reason=form.cleaned_data["reason"]
            ),
        )
        if done:
            messages.success(request, "The procurement has ended")
            return redirect("commissioning:exercise-detail", reference)
    context = {"exercise": exercise, "form": form}
    return render(request, "commissioning/exercise_end.html", context)
