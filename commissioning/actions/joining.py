"""What somebody's joining an organisation means for what they declared."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, require
from accounts.models import Organisation, User
from commissioning.enums import ExerciseState
from commissioning.models import ExerciseDeclaration, InterestDeclaration


@transaction.atomic
def ask_interests_again(*, actor: Actor, user: User, organisation: Organisation) -> None:
    """End what lets this person judge, so that they declare anew: on both sides of the organisation
    that they joined. For the system, which follows each joining.

    Where it provides, that is what they declared about every exercise in general, whether it bids
    there or not, so that nothing tells who bids; and about the organisation itself, in opened
    exercises and in cases. Where it commissions, all that they declared there before. Interests
    that are undecided or recused stay as they are: they shut their declarant out already. Side
    effects, in order: declarations of exercises, declarations of cases, an audit row for each
    exercise and case, which does not say about whom.
    """
    require(actor.is_system, "The service itself asks again, when somebody joins.")
    now = timezone.now()
    declared = ExerciseDeclaration.objects.clearing().filter(user=user)
    declared = declared.exclude(exercise__state=ExerciseState.ENDED)
    found = ExerciseDeclaration.objects.none()
    cases = InterestDeclaration.objects.none()
    of_cases = InterestDeclaration.objects.clearing().filter(user=user)
    if organisation.acts_as_provider:
        found |= declared.filter(provider=None)
        found |= declared.filter(provider__organisation=organisation)
        cases |= of_cases.filter(provider__organisation=organisation)
    if organisation.acts_as_commissioner:
        found |= declared.filter(exercise__procurement__buyer__organisation=organisation)
        cases |= of_cases.filter(contract__commissioner__organisation=organisation)
    exercises = {row.exercise for row in found.select_related("exercise")}
    contracts = {row.contract for row in cases.select_related("contract")}
    ExerciseDeclaration.objects.filter(pk__in=[row.pk for row in found]).update(replaced_at=now)
    InterestDeclaration.objects.filter(pk__in=[row.pk for row in cases]).update(replaced_at=now)
    for row in sorted({*exercises, *contracts}, key=lambda row: row.reference):
        audit.record(
            actor=actor,
            verb="interests.asked_again",
            subject=row,
            case=row.reference,
            facts={"user": user.pk},
        )
