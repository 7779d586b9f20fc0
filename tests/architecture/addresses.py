"""What stands in an address: from a URL's name and the name of a row of the world to arguments."""

from collections.abc import Callable

from commissioning import queries as procurements
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


def _exercise_part(name: str, *attributes: str) -> Callable[[World, str], list]:
    """Reference of an exercise, then attributes of the world's row of that part of it."""

    def of(world: World, exercise: str) -> list:
        row = world.rows[f"{exercise.split()[0]} {name}"]
        return [world.rows[exercise].reference, *(getattr(row, one) for one in attributes)]

    return of


def _exercise_first(world: World, exercise: str) -> list:
    """Reference of an exercise, and the number of its first question."""
    return [world.rows[exercise].reference, 1]


def _exercise_kind(world: World, exercise: str) -> list:
    return [world.rows[exercise].reference, "quality"]


def _declared(world: World, of: str) -> list:
    """Reference of an exercise, and what is declared about: "firm in open", or in general."""
    if of.startswith("firm in "):
        exercise = world.rows[f"{of.removeprefix('firm in ')} exercise"]
        return [exercise.reference, world.rows["firm's bid"].provider.reference]
    return [world.rows[of].reference, "in-general"]


def _exercise_lot(world: World, exercise: str) -> list:
    return [world.rows[exercise].reference, 1]


def _bid_part(world: World, bid: str) -> list:
    part = world.rows[f"part of the {bid}"]
    return [world.rows[bid].reference, part.lot_number, part.part]


def _bid_submission(world: World, bid: str) -> list:
    return [world.rows[bid].reference, 1]


def _lot_bid(world: World, exercise: str) -> list:
    """Reference and lot of an exercise, and the letter of its first bid."""
    first = world.rows[exercise].bid_lots.order_by("label").first()
    return [*_exercise_lot(world, exercise), first.code]


def _lot_criterion(world: World, exercise: str) -> list:
    """Reference and lot of an exercise, and the key of its first rated criterion."""
    model = procurements.model_as_written(world.actor("priya"), world.rows[exercise])
    leaf = next(leaf for leaf in model.lot(1).leaves() if leaf.is_rated)
    return [*_exercise_lot(world, exercise), leaf.key]


def _lot_criterion_bid(world: World, exercise: str) -> list:
    return [*_lot_criterion(world, exercise), _lot_bid(world, exercise)[-1]]


ARGUMENTS: dict[str, Callable[[World, str], list]] = {
    "scorecards:model-test": _row,
    "scorecards:bid-detail": _lot_bid,
    "scorecards:standing-edit": _lot_bid,
    "scorecards:exclusion-edit": _lot_bid,
    "scorecards:low-price": _lot_bid,
    "scorecards:result-bid": _lot_bid,
    "scorecards:moderation-criterion": _lot_criterion,
    "scorecards:bid-rating-edit": _lot_criterion_bid,
    "scorecards:consensus-edit": _lot_criterion_bid,
    **{
        f"scorecards:{name}": _exercise_lot
        for name in (
            "evaluation-detail",
            "scoring-detail",
            "scoring-lock",
            "moderation-room",
            "moderation-begin",
            "scoring-reopen",
            "moderation-changes",
            "record-detail",
            "record-propose",
            "record-confirm",
            "record-reopen",
            "record-sign",
            "consistency-detail",
            "result-detail",
            "result-calculate",
            "result-draw",
            "result-replay",
            "result-robustness",
        )
    },
    **{
        f"scorecards:{name}": _exercise_lot
        for name in (
            "award-detail",
            "award-recommend",
            "award-return",
            "award-approve",
            "award-release",
            "award-notice",
            "award-challenge",
            "award-enter",
            "award-end",
            "evaluation-report-request",
        )
    },
    "scorecards:summary-preview": _lot_bid,
    "scorecards:summary-edit": _lot_bid,
    "scorecards:summary-docx": _lot_bid,
    "scorecards:document-list": _row,
    "scorecards:schedule-request": _row,
    "scorecards:conflicts-request": _exercise_part("assessment", "number"),
    **{
        f"scorecards:document-{name}": _row
        for name in ("detail", "state", "page", "pdf", "docx", "signature", "retry")
    },
    **{
        f"commissioning:{name}": _row
        for name in (
            "exercise-team",
            "member-new",
            "exercise-interests",
            "exercise-conflicts",
            "notice-record",
            "exercise-openers",
            "exercise-clarifications",
            "direct-award",
            "direct-award-write",
            "direct-award-send",
            "direct-award-approve",
            "direct-award-return",
            "direct-award-notice",
            "direct-award-enter",
        )
    },
    "commissioning:member-end": _exercise_part("member", "pk"),
    "commissioning:member-assign": _exercise_part("member", "pk"),
    "commissioning:exercise-declare": _declared,
    "commissioning:exercise-resolve": _exercise_part("declaration", "pk"),
    "commissioning:opener-set-up": _exercise_kind,
    "commissioning:recovery-share": _exercise_kind,
    "commissioning:rehearsal-start": _exercise_kind,
    "commissioning:opening": _exercise_part("opening key", "pk"),
    "commissioning:clarification-answer": _exercise_first,
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
    "commissioning:import-state": _row,
    "commissioning:import-retry": _row,
    "commissioning:link-new": _contract,
    "commissioning:link-withdraw": _row,
    "commissioning:link-dispute": _row,
    "commissioning:signatory-detail": _interest,
    "commissioning:signatory-doubt": _interest,
    "commissioning:signatory-confirm": _row,
    "commissioning:doubt-decide": _row,
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
    "commissioning:exercise-start": _row,
    "commissioning:exercise-detail": _row,
    "commissioning:exercise-rules": _row,
    "commissioning:exercise-checks": _row,
    "commissioning:exercise-model": _row,
    "commissioning:exercise-end": _row,
    "commissioning:exercise-settings": _row,
    "commissioning:exercise-framework": _row,
    "commissioning:lot-list": _row,
    "commissioning:lot-new": _row,
    "commissioning:lot-limit": _row,
    "commissioning:scale-list": _row,
    "commissioning:scale-new": _row,
    "commissioning:condition-list": _row,
    "commissioning:condition-new": _row,
    "commissioning:term-list": _row,
    "commissioning:term-new": _row,
    "commissioning:ready-ethics": _row,
    "commissioning:ready-value": _row,
    "commissioning:ready-measures": _row,
    "commissioning:ready-model": _row,
    "commissioning:exercise-publish": _row,
    "commissioning:version-list": _row,
    "commissioning:amendment-open": _row,
    "commissioning:amendment-discard": _row,
    "commissioning:amendment-publish": _row,
    "commissioning:exercise-invitations": _row,
    "commissioning:lot-criteria": _exercise_lot,
    "commissioning:lot-change": _exercise_lot,
    "commissioning:lot-remove": _exercise_lot,
    "commissioning:criteria-copy": _exercise_lot,
    "commissioning:criterion-new": _exercise_lot,
    "commissioning:criterion-change": lambda world, of: [
        *_exercise_lot(world, of),
        world.rows["design criterion"].key,
    ],
    "commissioning:criterion-remove": lambda world, of: [
        *_exercise_lot(world, of),
        world.rows["design criterion"].key,
    ],
    "commissioning:scale-change": _exercise_part("scale", "code"),
    "commissioning:scale-remove": _exercise_part("scale", "code"),
    "commissioning:condition-change": _exercise_part("condition", "key"),
    "commissioning:condition-remove": _exercise_part("condition", "key"),
    "commissioning:term-change": _exercise_part("term", "key"),
    "commissioning:term-remove": _exercise_part("term", "key"),
    "commissioning:version-detail": _exercise_lot,
    "commissioning:opportunity-detail": _row,
    "commissioning:question-ask": _row,
    "commissioning:bid-start": _row,
    "commissioning:bid-detail": _row,
    "commissioning:bid-lots": _row,
    "commissioning:bid-preferences": _row,
    "commissioning:bid-part": _bid_part,
    "commissioning:part-hold": _bid_part,
    "commissioning:bid-check": _row,
    "commissioning:bid-submit": _row,
    "commissioning:bid-withdraw": _row,
    "commissioning:bid-receipt": _bid_submission,
    "commissioning:bid-read": _bid_submission,
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
    "accounts:person-sessions": _key,
    "accounts:role-request": _row,
    "accounts:account-open": _row,
    "accounts:signatory-approve": _row,
    "accounts:invitation-withdraw": _row,
    "accounts:invitation-accept": lambda world, of: [SECRET],
}


def arguments(world: World, name: str, of: str) -> list:
    """The arguments of the address ``name`` for the row that the world calls ``of``."""
    make = ARGUMENTS.get(name)
    return make(world, of) if make else []
