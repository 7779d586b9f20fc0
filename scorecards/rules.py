"""Who may do what with a scorecard: claims over facts that the action has loaded."""

from accounts.access import Actor, Role
from scorecards.enums import SETTLED, Stage


def manages(actor: Actor, scorecard) -> bool:
    """The actor is a contract manager of the commissioner."""
    return actor.organisation == scorecard.contract.commissioner.organisation and actor.has(
        Role.CONTRACT_MANAGER
    )


def may_rate(actor: Actor, scorecard, *, is_clear: bool, is_of_provider: bool) -> bool:
    """An evaluator of the commissioner whose interests are declared and clear, and no one of the
    provider's own people.
    """
    return (
        actor.organisation == scorecard.contract.commissioner.organisation
        and actor.has(Role.EVALUATOR)
        and is_clear
        and not is_of_provider
    )


def may_sign_off(
    actor: Actor,
    scorecard,
    *,
    is_clear: bool,
    is_of_provider: bool,
    has_rated: bool,
    has_answered: bool,
) -> bool:
    """An approver of the commissioner, clear of interests, who neither rated nor answered, nor
    belongs to the provider.
    """
    return (
        actor.organisation == scorecard.contract.commissioner.organisation
        and actor.has(Role.APPROVER)
        and is_clear
        and not is_of_provider
        and not has_rated
        and not has_answered
    )


def may_ask_for_report(actor: Actor, scorecard) -> bool:
    """People of the commissioner who see the scorecard ask for drafts of its report."""
    return actor.organisation == scorecard.contract.commissioner.organisation and actor.has(
        Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.APPROVER
    )


def sees_ratings(viewer: Actor, scorecard) -> bool:
    """The viewer judges or audits the scorecard, and does not act for the provider."""
    return viewer.organisation != scorecard.provider.organisation


def is_being_rated(scorecard) -> bool:
    """Ratings and findings may be written."""
    return scorecard.stage == Stage.RATING


def is_settled(scorecard) -> bool:
    """Signed off, or superseded after that."""
    return scorecard.stage in SETTLED


def is_audit(viewer: Actor) -> bool:
    """The viewer reads as an auditor, so that what they open goes into the trail."""
    return viewer.has(Role.AUDITOR)
