"""Who signs for a provider: named by a commissioner, confirmed by somebody else, or doubted."""

from django.conf import settings
from django.db import models

from accounts.access import Role
from accounts.references import ReferenceField
from commissioning.enums import ConfirmedHow, DoubtOutcome
from commissioning.models.contract import ContractParty

KEEPERS = (Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD)


class FirstSignatoryQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Operators see all; the provider's own people theirs; whoever keeps a commissioner's
        contracts, those of the parties to them.
        """
        if viewer.is_system or (viewer.is_operator and viewer.organisation is None):
            return self
        if viewer.organisation is None:
            return self.none()
        seen = models.Q(provider__organisation=viewer.organisation)
        if viewer.asker is not None:
            seen &= models.Q(ended_at=None)
        if viewer.has(*KEEPERS):
            parties = ContractParty.objects.filter(
                contract__commissioner__organisation=viewer.organisation
            )
            seen |= models.Q(provider__in=parties.values("provider"))
        return self.filter(seen)

    def standing(self):
        """Those that no recovery or later naming ended."""
        return self.filter(ended_at=None)

    def to_confirm(self):
        return self.standing().filter(confirmed_at=None)


class FirstSignatory(models.Model):
    """The first signatory of a provider, as a commissioner or an operator named them.

    Until somebody else than the commissioner that named them confirmed it, their people are held
    back by ``Organisation.named_by``. ``confirmed_for`` is the second commissioner. A row ends when
    somebody else is named in its place, and stays.
    """

    reference = ReferenceField(prefix="FS")
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(
        "accounts.Invitation", on_delete=models.PROTECT, related_name="+"
    )
    named_for = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField()
    confirmed_how = models.CharField(
        max_length=20, choices=ConfirmedHow, blank=True, default=ConfirmedHow.NONE
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_for = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_because = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FirstSignatoryQuerySet.as_manager()

    class Meta:
        ordering = ["-named_at", "-pk"]
        verbose_name_plural = "first signatories"
        constraints = [
            models.UniqueConstraint(
                fields=["provider"],
                condition=models.Q(ended_at=None),
                name="first_signatory_is_one",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_how__in=ConfirmedHow.values),
                name="first_signatory_confirmation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    confirmed_how=ConfirmedHow.NONE, confirmed_at=None, confirmed_by=None
                )
                | ~models.Q(confirmed_how=ConfirmedHow.NONE)
                & models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="first_signatory_confirmation_has_date_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    confirmed_how=ConfirmedHow.SECOND_COMMISSIONER, confirmed_for__isnull=False
                )
                | ~models.Q(confirmed_how=ConfirmedHow.SECOND_COMMISSIONER)
                & models.Q(confirmed_for=None),
                name="first_signatory_second_commissioner_named",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_for=None)
                | ~models.Q(confirmed_for=models.F("named_for")),
                name="first_signatory_confirmed_by_another_body",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_how=ConfirmedHow.OPERATOR)
                | ~models.Q(confirmed_because=""),
                name="first_signatory_operator_gives_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.invitation.full_name} for {self.provider}"


class ConfirmationCodeQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The codes that were sent for one's own organisation."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        rows = self.filter(first__provider__organisation=viewer.organisation)
        return rows.filter(first__ended_at=None) if viewer.asker is not None else rows


class ConfirmationCode(models.Model):
    """A code that was sent to a published contact. Only its hash is kept; it ends after some hours
    and some attempts.
    """

    first = models.ForeignKey(FirstSignatory, on_delete=models.PROTECT, related_name="codes")
    address = models.EmailField()
    code_hash = models.CharField(max_length=128)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = ConfirmationCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("sent_at")),
                name="confirmation_code_ends_later",
            )
        ]

    def __str__(self):
        return f"{self.first_id} {self.address}"


class SignatoryDoubtQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Operators see all; whoever keeps the contracts of the body that doubts, its own. Never
        the people of the provider.
        """
        if viewer.is_system or (viewer.is_operator and viewer.organisation is None):
            return self
        if viewer.organisation is None or not viewer.has(*KEEPERS):
            return self.none()
        return self.filter(raised_for=viewer.organisation)

    def to_decide(self):
        return self.filter(outcome=DoubtOutcome.NONE)


class SignatoryDoubt(models.Model):
    """A commissioner says that the wrong person signs for a provider; an operator decides.

    ``known_name`` and ``known_email`` are whom that commissioner knows there.
    """

    reference = ReferenceField(prefix="SD")
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    raised_for = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    reason = models.TextField()
    known_name = models.CharField(max_length=200, blank=True)
    known_email = models.EmailField(blank=True)
    outcome = models.CharField(
        max_length=10, choices=DoubtOutcome, blank=True, default=DoubtOutcome.NONE
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_because = models.TextField(blank=True)

    objects = SignatoryDoubtQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "raised_for"],
                condition=models.Q(outcome=DoubtOutcome.NONE),
                name="doubt_is_open_once",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="doubt_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=DoubtOutcome.values), name="doubt_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=DoubtOutcome.NONE, decided_at=None, decided_by=None)
                | ~models.Q(outcome=DoubtOutcome.NONE)
                & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~models.Q(decided_because=""),
                name="doubt_decision_has_date_person_and_reason",
            ),
        ]

    def __str__(self):
        return f"{self.provider}, raised by {self.raised_for}"
