"""Who sees a case: one contract and one provider, with everything that is judged about them."""

from django.db.models import Exists, OuterRef, Q

from accounts.access import Role
from accounts.models import Membership
from commissioning.models.audit_engagement import AuditEngagement
from commissioning.models.contract import Contract
from commissioning.models.interest_declaration import InterestDeclaration


def judged_cases(viewer) -> Q:
    """The cases that the viewer sees as commissioner or auditor, over rows with ``contract`` and
    ``provider``.

    Evaluators, approvers and procurement leads see a case once they declared their interests in it
    and are clear. Contract managers see it unless they declared an interest that is not mitigated.
    Auditors see what an engagement gives. Whoever belongs to the provider, or belonged to it since
    it was first asked about this contract, sees nothing, whatever they declared. A provider's own
    view of its rows is not part of this.
    """
    seen = Q(pk__in=[])
    if viewer.organisation is None or viewer.user is None:
        return seen
    own = Q(contract__commissioner__organisation=viewer.organisation)
    theirs = InterestDeclaration.objects.current().filter(
        user=viewer.user, contract=OuterRef("contract"), provider=OuterRef("provider")
    )
    if viewer.has(Role.EVALUATOR, Role.APPROVER, Role.PROCUREMENT_LEAD):
        seen |= own & Q(Exists(theirs.clearing()))
    if viewer.has(Role.CONTRACT_MANAGER):
        seen |= own & ~Q(Exists(theirs.blocking()))
    if viewer.has(Role.AUDITOR):
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        everything = engagements.of_everything().values("commissioner")
        seen |= Q(contract__commissioner__in=everything)
        seen |= Q(contract__in=engagements.of_named_contracts().values("contracts"))
    places = Membership.objects.filter(
        user=viewer.user, organisation=OuterRef("provider__organisation")
    )
    asked = Contract.objects.filter(
        pk=OuterRef(OuterRef("contract")),
        requests__provider=OuterRef(OuterRef("provider")),
        requests__made_at__lte=OuterRef("ended_at"),
    )
    return seen & ~Q(Exists(places.filter(Q(ended_at=None) | Q(Exists(asked)))))
