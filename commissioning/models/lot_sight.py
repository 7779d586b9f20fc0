"""Who sees the opened bids of a lot, with everything that is judged about them."""

from django.db.models import Exists, OuterRef, Q

from accounts.access import COMMISSIONER_ROLES, Role
from accounts.models import Membership
from commissioning.models.audit_engagement import AuditEngagement
from commissioning.models.exercise_declaration import ExerciseDeclaration
from commissioning.models.exercise_member import ExerciseMember


def judged_lots(viewer, bid_lots, path: str = "") -> Q:
    """The rows of opened lots that the viewer sees as commissioner or auditor.

    Over rows with ``{path}exercise`` and ``{path}lot_number``; ``bid_lots`` is the table of all
    opened bids. A member of the team sees a lot once they declared their interests in the exercise
    and in every bidder of that lot, and are clear of all of them: while one declaration is missing
    or unresolved, the whole lot is shut. Auditors see what an engagement gives. Nobody else on the
    commissioner's side sees anything of a bid. Whoever belongs to one of its bidders, or belonged
    to it since the procurement began, sees nothing, whatever they declared.
    """
    seen = Q(pk__in=[])
    if viewer.organisation is None or viewer.user is None:
        return seen
    exercise, lot_number = f"{path}exercise", f"{path}lot_number"
    if viewer.has(*COMMISSIONER_ROLES):
        own = Q(**{f"{exercise}__procurement__buyer__organisation": viewer.organisation})
        theirs = ExerciseDeclaration.objects.filter(user=viewer.user)
        member = ExerciseMember.objects.current().filter(
            user=viewer.user, exercise=OuterRef(exercise)
        )
        in_general = theirs.clearing().filter(exercise=OuterRef(exercise), provider=None)
        about_bidder = theirs.clearing().filter(
            exercise=OuterRef("exercise"), provider=OuterRef("provider")
        )
        not_clear_of = bid_lots.filter(
            exercise=OuterRef(exercise), lot_number=OuterRef(lot_number)
        ).exclude(Exists(about_bidder))
        seen |= own & Q(Exists(member)) & Q(Exists(in_general)) & ~Q(Exists(not_clear_of))
    if viewer.has(Role.AUDITOR):
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        everything = engagements.of_everything().values("commissioner")
        seen |= Q(**{f"{exercise}__procurement__buyer__in": everything})
    belongs_to = bids_of_own(bid_lots, viewer.user).filter(
        exercise=OuterRef(exercise), lot_number=OuterRef(lot_number)
    )
    return seen & ~Q(Exists(belongs_to))


def bids_of_own(bids, user):
    """Those of the bids, or awards without competition, whose provider the person belongs to, or
    belonged to at any time since the procurement began, whomever they act for. ``user`` may be an
    expression.
    """
    places = Membership.objects.filter(user=user, organisation=OuterRef("provider__organisation"))
    return bids.filter(Exists(places.since(OuterRef("exercise__created_at"))))
