"""Two organisations that may be one: a question for a person."""

from django.conf import settings
from django.db import models

from accounts.access import Role
from commissioning.enums import MatchState
from commissioning.models.contract import ContractParty


class OrganisationMatchQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Operators see all. A commissioner sees those that concern itself or a party to its
        contracts.
        """
        if viewer.is_system or viewer.is_operator:
            return self
        if viewer.organisation is None or not viewer.has(
            Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER
        ):
            return self.none()
        own = viewer.organisation
        parties = ContractParty.objects.filter(contract__commissioner__organisation=own)
        mine = parties.values("provider__organisation")
        return self.filter(
            models.Q(organisation=own)
            | models.Q(candidate=own)
            | models.Q(organisation__in=mine)
            | models.Q(candidate__in=mine)
        )

    def to_decide(self):
        return self.filter(state=MatchState.PROPOSED)


class OrganisationMatch(models.Model):
    """``organisation`` (known from notices) has the same name as ``candidate``. Are they the same?

    Confirming moves everything of ``organisation`` to ``candidate``; the emptied row stays as
    history.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    candidate = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OrganisationMatchQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "pk"]
        verbose_name_plural = "organisation matches"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "candidate"], name="match_asked_once"),
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("candidate")), name="match_is_of_two"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MatchState.values), name="match_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MatchState.PROPOSED, decided_at=None, decided_by=None)
                | models.Q(
                    state__in=[MatchState.CONFIRMED, MatchState.REJECTED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="match_decision_has_date_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} / {self.candidate}"
