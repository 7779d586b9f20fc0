"""The linter: what has to be put right before an award model is published, and what to look at.

It runs at every edit, so it is quick, never raises, and says of each thing what to do about it.
``docs/procurement-rules.md`` lists the rules with their basis.
"""

from dataclasses import replace

from commissioning.award_model.linting.language import language_remarks
from commissioning.award_model.linting.leaves import Assigned, leaf_remarks
from commissioning.award_model.linting.lots import lot_remarks
from commissioning.award_model.linting.names import name_remarks
from commissioning.award_model.linting.policy import policy_remarks
from commissioning.award_model.linting.price import price_remarks
from commissioning.award_model.linting.weights import weight_remarks
from commissioning.award_model.model import AwardModel, Criterion
from commissioning.award_model.remarks import Remark, Severity

_ORDER = list(Severity)


def lint(model: AwardModel, *, evaluators_assigned: Assigned | None = None) -> tuple[Remark, ...]:
    """Every remark on a model: errors first, then in the order of the model.

    ``evaluators_assigned`` says how many people score each leaf, by (lot number, criterion key);
    None leaves that unchecked.
    """
    found = [
        *name_remarks(model),
        *weight_remarks(model),
        *leaf_remarks(model, evaluators_assigned),
        *price_remarks(model),
        *lot_remarks(model),
        *policy_remarks(model),
        *language_remarks(model),
    ]
    return tuple(sorted(found, key=lambda remark: _ORDER.index(remark.severity)))


def unscorable(model: AwardModel) -> tuple[Remark, ...]:
    """What must be filled in before bids are scored, where the notice was incomplete.

    The linter only notes what is incomplete as published. Scoring needs it all the same: these are
    the errors of those criteria if they were held to the rule.
    """
    strict = replace(
        model,
        lots=tuple(
            replace(lot, criteria=tuple(_strict(one) for one in lot.criteria)) for lot in model.lots
        ),
    )
    published = {
        (lot.number, criterion.key)
        for lot in model.lots
        for criterion in lot.tree()
        if criterion.is_incomplete_as_published
    }
    return tuple(
        remark
        for remark in lint(strict)
        if remark.severity is Severity.ERROR
        and (remark.lot_number, remark.criterion_key) in published
    )


def _strict(criterion: Criterion) -> Criterion:
    return replace(
        criterion,
        is_incomplete_as_published=False,
        sub_criteria=tuple(_strict(child) for child in criterion.sub_criteria),
    )
