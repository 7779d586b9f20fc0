"""What has to be there at all, and under a name of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator

from commissioning.award_model.model import AwardModel, Lot
from commissioning.award_model.remarks import Remark, error, joined, named, warning

_KEYS = "Scores, answers and amendments are found by this key."


def name_remarks(model: AwardModel) -> Iterator[Remark]:
    """Lots, criteria and scales that are missing, unnamed or named twice."""
    if not model.subject_matter.strip():
        yield warning(
            "subject_matter_missing",
            "Say in a few words what is bought. Criteria are compared with it.",
            "Award criteria relate to the subject-matter of the contract.",
            basis="Procurement Act 2023, s.23",
        )
    if not model.lots:
        yield error(
            "no_lots",
            "Add at least one lot. A contract that is not divided has one.",
            "Criteria, prices and winners belong to a lot.",
        )
    for number in _repeated(lot.number for lot in model.lots):
        yield error(
            "lot_number_repeated",
            f"Two lots have the number {number}. Give each its own.",
            "Bids are made for a lot by its number.",
        )
    for what, keys in (
        ("scales", (scale.code for scale in model.scales)),
        ("conditions of participation", (condition.key for condition in model.conditions)),
        ("contract terms", (term.key for term in model.terms)),
    ):
        for key in _repeated(keys):
            yield error(
                "key_repeated", f"Two {what} have the key {key or '“”'}. Give each its own.", _KEYS
            )
    for lot in model.lots:
        yield from _in_lot(lot)


def _in_lot(lot: Lot) -> Iterator[Remark]:
    if not lot.criteria:
        yield error(
            "no_criteria",
            f"Add award criteria to lot {lot.number}.",
            "Without criteria no tender can be found to be the best.",
            basis="Procurement Act 2023, s.23",
            lot=lot,
        )
    criteria = list(lot.tree())
    for key in _repeated(criterion.key for criterion in criteria):
        same = [criterion for criterion in criteria if criterion.key == key]
        yield error(
            "key_repeated",
            f"In lot {lot.number}, {joined([named(one) for one in same])} share a key. "
            "Give each its own.",
            _KEYS,
            lot=lot,
            criterion=same[0],
        )
    for number in _repeated(criterion.number for criterion in criteria if criterion.number):
        yield warning(
            "number_repeated",
            f"In lot {lot.number} two criteria have the number {number}. Number them again.",
            "Bidders and evaluators refer to criteria by their numbers.",
            lot=lot,
        )
    for criterion in criteria:
        if not criterion.title.strip() or not criterion.key.strip():
            yield error(
                "name_missing",
                f"In lot {lot.number}, give criterion {criterion.number or '(without number)'} "
                "a title.",
                "Each criterion is named in the notice, in scores and in every summary.",
                basis="Procurement Regulations 2024, reg. 31",
                lot=lot,
                criterion=criterion,
            )


def _repeated(names: Iterable) -> list:
    return [name for name, count in Counter(names).items() if count > 1]
