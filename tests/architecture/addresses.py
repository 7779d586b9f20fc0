"""What stands in an address: from a URL's name and the name of a row of the world to arguments."""

from collections.abc import Callable

from providers import queries as providers
from tests.architecture.world import SECRET, World


def _criterion(world: World, card: str) -> list:
    """Reference of the scorecard, framework and code of its first rated criterion."""
    scorecard = world.scorecards[card]
    rating = scorecard.ratings.select_related("criterion__edition__framework").first()
    criterion = (
        rating.criterion
        if rating
        else scorecard.editions.get(framework__code="seven-principles").criteria.at_level("core")[0]
    )
    return [scorecard.reference, criterion.edition.framework.code, criterion.code]


def _answer(world: World, card: str) -> list:
    """Reference of the self-assessment, framework and code of the first that is asked."""
    own = world.scorecards[card].request.self_assessment
    criterion = providers.criteria_to_answer(world.actor("priya"), own).first()
    return [own.reference, criterion.edition.framework.code, criterion.code]


def _own_answer(world: World, card: str) -> list:
    """Reference of the request, framework and code of the commissioner's first criterion."""
    request = world.scorecards[card].request
    own = request.self_assessment
    criteria = providers.criteria_to_answer(world.actor("priya"), own, "commissioner")
    criterion = criteria.first()
    return [request.reference, criterion.edition.framework.code, criterion.code]


def _measure(world: World, card: str) -> list:
    own = world.scorecards[card].request.self_assessment
    return [own.reference, "national-toms", "NT1"]


def _contract(world: World, card: str) -> list:
    if card in world.rows:
        return [world.rows[card].reference]
    return [world.scorecards[card].contract.reference]


def _edition(world: World, code: str) -> list:
    if code == "national-toms":
        return [code, world.rows["edition"].label]
    editions = world.scorecards["rating"].editions
    return [code, editions.get(framework__code=code).label]


def _library_criterion(world: World, code: str) -> list:
    edition = world.scorecards["rating"].editions.get(framework__code=code)
    return [code, edition.label, edition.criteria.at_level("core")[0].code]


def _scorecard(world: World, card: str) -> list:
    return [world.scorecards[card].reference]


def _self_assessment(world: World, card: str) -> list:
    return [world.scorecards[card].request.self_assessment.reference]


def _row(world: World, name: str) -> list:
    return [world.rows[name].reference]


def _key(world: World, name: str) -> list:
    return [world.rows[name].pk]


def _interest(world: World, card: str) -> list:
    scorecard = world.scorecards[card]
    return [scorecard.contract.reference, scorecard.provider.reference]


ARGUMENTS: dict[str, Callable[[World, str], list]] = {
    "account_reset_password_from_key": lambda world, of: ["1", "wrong-key"],
    "principles:edition-detail": _edition,
    "principles:criterion-detail": _library_criterion,
    "principles:measure-list": _edition,
    "principles:measure-detail": lambda world, of: [*_edition(world, of), "NT1"],
    "principles:value-file": _edition,
    "principles:value-set-detail": _row,
    "principles:value-set-withdraw": _row,
    "providers:self-assessment-detail": _self_assessment,
    "providers:self-assessment-check": _self_assessment,
    "providers:self-assessment-submit": _self_assessment,
    "providers:self-assessment-receipt": _self_assessment,
    "providers:answer-edit": _answer,
    "providers:measure-edit": _measure,
    "providers:evidence-detail": _row,
    "providers:evidence-change": _row,
    "providers:evidence-file": _row,
    "providers:evidence-picture": _row,
    "providers:evidence-page": lambda world, of: [*_row(world, of), 2],
    "commissioning:notice-preview": _row,
    "commissioning:notice-discard": _row,
    "commissioning:import-detail": _row,
    "commissioning:procurement-detail": _row,
    "commissioning:contract-detail": _contract,
    "commissioning:contract-level": _contract,
    "commissioning:contract-correct": lambda world, of: [*_contract(world, of), "title"],
    "commissioning:correction-withdraw": lambda world, of: [
        *_contract(world, of),
        world.rows["correction"].pk,
    ],
    "commissioning:interest-declare": _interest,
    "commissioning:interest-resolve": _key,
    "commissioning:request-detail": lambda world, of: [world.scorecards[of].request.reference],
    "commissioning:answer-edit": _own_answer,
    "commissioning:match-decide": _key,
    "commissioning:engagement-end": _row,
    "scorecards:scorecard-new": _contract,
    "scorecards:scorecard-detail": _scorecard,
    "scorecards:scorecard-request": _scorecard,
    "scorecards:scorecard-return-answers": _scorecard,
    "scorecards:scorecard-give-up": _scorecard,
    "scorecards:scorecard-begin": _scorecard,
    "scorecards:scorecard-send": _scorecard,
    "scorecards:scorecard-sign-off": _scorecard,
    "scorecards:scorecard-return-rating": _scorecard,
    "scorecards:scorecard-trail": _scorecard,
    "scorecards:report-request": _scorecard,
    "scorecards:rating-edit": _criterion,
    "scorecards:finding-new": _criterion,
    "scorecards:finding-remove": lambda world, of: [
        *_scorecard(world, of),
        world.rows["finding"].reference,
    ],
    "scorecards:report-detail": _row,
    "scorecards:report-state": _row,
    "scorecards:report-page": _row,
    "scorecards:report-pdf": _row,
    "scorecards:report-signature": _row,
    "scorecards:report-retry": _row,
    "scorecards:certificate": lambda world, of: [world.rows[of].document.key.key_id],
    "accounts:person-roles": _key,
    "accounts:person-end": _key,
    "accounts:signatory-approve": _row,
    "accounts:invitation-withdraw": _row,
    "accounts:invitation-accept": lambda world, of: [SECRET],
}


def arguments(world: World, name: str, of: str) -> list:
    """The arguments of the address ``name`` for the row that the world calls ``of``."""
    make = ARGUMENTS.get(name)
    return make(world, of) if make else []
