"""Who declared what interest in an exercise and its bidders, and what was decided about it."""

from django.conf import settings
from django.db import models

from accounts.access import COMMISSIONER_ROLES, Role
from commissioning.enums import Duty, ExerciseState, Resolution
from commissioning.models.audit_engagement import AuditEngagement
from commissioning.models.exercise import Exercise, OfExerciseQuerySet
from commissioning.models.exercise_member import ExerciseMember


class ExerciseDeclarationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own; those of the exercises where one leads or approves, but about bidders only
        once one is clear oneself, since they name who bids; an auditor's by engagement.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None or viewer.user is None:
            return self.none()
        own = models.Q(exercise__procurement__buyer__organisation=viewer.organisation)
        seen = own & models.Q(user=viewer.user)
        if viewer.has(*COMMISSIONER_ROLES):
            decides = ExerciseMember.objects.current().filter(
                user=viewer.user, duty__in=[Duty.LEAD, Duty.APPROVER]
            )
            clear = ExerciseDeclaration.objects.clearing().filter(user=viewer.user, provider=None)
            names_nobody = models.Q(provider=None) | models.Q(exercise__in=clear.values("exercise"))
            seen |= own & names_nobody & models.Q(exercise__in=decides.values("exercise"))
        if viewer.has(Role.AUDITOR):
            engagements = AuditEngagement.objects.giving_sight_to(viewer)
            everything = engagements.of_everything().values("commissioner")
            seen |= models.Q(exercise__procurement__buyer__in=everything)
        return self.filter(seen)

    def current(self):
        return self.filter(replaced_at=None)

    def clearing(self):
        """Those that let their declarant go on: no interest, or one that was mitigated."""
        return self.current().filter(
            models.Q(has_interest=False) | models.Q(resolution=Resolution.MITIGATED)
        )

    def blocking(self):
        """Those that shut their declarant out: an interest that is not mitigated."""
        return self.current().filter(has_interest=True).exclude(resolution=Resolution.MITIGATED)

    def recusing_from(self, bids):
        """Those by which their declarant was recused from a lot: from its exercise, or from one of
        its bidders. ``bids`` are the opened bids of that lot.
        """
        concerned = models.Q(provider=None) | models.Q(provider__in=bids.values("provider"))
        return self.current().filter(
            concerned, exercise__in=bids.values("exercise"), resolution=Resolution.RECUSED
        )

    def unresolved(self):
        return self.current().filter(has_interest=True, resolution=Resolution.NONE)


class ExerciseDeclaration(models.Model):
    """One person's declaration for an exercise in general (``provider`` None), or for one bidder.

    A later one replaces it; none is ever deleted. ``prompts`` are the codes of what the service
    pointed out to the person before they declared.
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="declarations"
    )
    provider = models.ForeignKey(
        "providers.Provider", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField()
    description = models.TextField(blank=True)
    prompts = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=10, choices=Resolution, default=Resolution.NONE)
    resolution_note = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ExerciseDeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "user"],
                condition=models.Q(replaced_at=None, provider=None),
                name="exercise_declaration_stands_once",
            ),
            models.UniqueConstraint(
                fields=["exercise", "user", "provider"],
                condition=models.Q(replaced_at=None, provider__isnull=False),
                name="bidder_declaration_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(has_interest=False, description="", resolution=Resolution.NONE)
                | (models.Q(has_interest=True) & ~models.Q(description="")),
                name="exercise_interest_is_described",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    resolution=Resolution.NONE,
                    resolved_at=None,
                    resolved_by=None,
                    resolution_note="",
                )
                | (
                    models.Q(
                        resolution__in=[Resolution.MITIGATED, Resolution.RECUSED],
                        resolved_at__isnull=False,
                        resolved_by__isnull=False,
                    )
                    & ~models.Q(resolution_note="")
                ),
                name="exercise_resolution_has_date_person_note",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_by=None) | ~models.Q(resolved_by=models.F("user")),
                name="exercise_resolution_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.exercise_id}, {self.provider_id}"


class ConflictsAssessment(models.Model):
    """The conflicts assessment as it was confirmed: generated from the declarations, with what its
    confirmer added about perceived conflicts. Each confirmation is a row; the table only grows.
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="conflicts_assessments"
    )
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "number"], name="conflicts_assessment_numbered_once"
            )
        ]

    def __str__(self):
        return f"{self.exercise_id} conflicts assessment {self.number}"


class ExerciseNotice(models.Model):
    """A notice that was published elsewhere, with the conflicts assessment confirmed for it."""

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="notices"
    )
    code = models.CharField(max_length=10)
    number = models.CharField(max_length=60)
    published_on = models.DateField()
    conflicts_assessment = models.ForeignKey(
        ConflictsAssessment, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["published_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "code", "number"], name="notice_recorded_once"
            )
        ]

    def __str__(self):
        return f"{self.code} {self.number}"


def declared_events() -> models.Q:
    """The trail's rows about who declared, once bids are opened: each person leaves as many as
    there are bidders, and an administrator may be on the team.
    """
    opened = Exercise.objects.filter(
        state__in=[ExerciseState.QUALITY_OPENED, ExerciseState.PRICES_OPENED]
    )
    return models.Q(
        verb="exercise_interest.declared", case_reference__in=opened.values("reference")
    )
