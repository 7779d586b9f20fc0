"""Which duties one person may hold in one exercise, and what each may do when.

Separation of duties is over the exercise, not over roles. What the law leaves open is decided here
and said in ``docs/procurement-rules.md``, so that a page can show every pair with its reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from accounts.numbers import pounds
from commissioning.award_model.terms import DutyCode

# Two open together; a third is named so that one may be missing.
FEWEST_OPENERS = 3


@dataclass(frozen=True)
class Verdict:
    """Whether something may be, and in words why or under what condition."""

    may: bool
    words: str


@dataclass(frozen=True)
class Pair:
    """Whether two duties may be held by one person."""

    first: DutyCode
    second: DutyCode
    verdict: Verdict


_LEAD, _EVALUATOR, _CHAIR = DutyCode.LEAD, DutyCode.EVALUATOR, DutyCode.CHAIR
_QUALITY, _PRICE = DutyCode.QUALITY_OPENER, DutyCode.PRICE_OPENER
_APPROVER = DutyCode.APPROVER

_OPENING_DECIDES_NOTHING = Verdict(
    True,
    "Yes. Opening takes two people and decides nothing.",
)
_AFTER_CONSENSUS = Verdict(
    True,
    "Yes: prices are opened only after the consensus on quality is signed. Whoever has opened "
    "prices scores no more.",
)
_VERDICTS = {
    frozenset((_LEAD, _EVALUATOR)): Verdict(
        True, "Yes. Like every evaluator, the lead sees no other score before all are locked."
    ),
    frozenset((_LEAD, _CHAIR)): Verdict(True, "Yes."),
    frozenset((_LEAD, _QUALITY)): _OPENING_DECIDES_NOTHING,
    frozenset((_LEAD, _PRICE)): _OPENING_DECIDES_NOTHING,
    frozenset((_LEAD, _APPROVER)): Verdict(
        False, "No. The approver checks what the lead did, and resolves the lead's interests."
    ),
    frozenset((_EVALUATOR, _QUALITY)): Verdict(
        True, "Yes. Whoever opens quality learns no price, and may score afterwards."
    ),
    frozenset((_EVALUATOR, _PRICE)): _AFTER_CONSENSUS,
    frozenset((_EVALUATOR, _APPROVER)): Verdict(
        False, "No. The approver never scores: nobody approves their own judgement."
    ),
    frozenset((_CHAIR, _QUALITY)): _OPENING_DECIDES_NOTHING,
    frozenset((_CHAIR, _PRICE)): _AFTER_CONSENSUS,
    frozenset((_CHAIR, _APPROVER)): Verdict(
        False, "No. The chair records the consensus, and the approver approves what follows of it."
    ),
    frozenset((_QUALITY, _PRICE)): _OPENING_DECIDES_NOTHING,
    frozenset((_QUALITY, _APPROVER)): Verdict(
        True,
        "Yes. Opening takes two people and decides nothing. Where there are enough others, let "
        "them open.",
    ),
    frozenset((_PRICE, _APPROVER)): Verdict(
        True,
        "Yes. Opening takes two people and decides nothing. Where there are enough others, let "
        "them open.",
    ),
}
_CHAIR_SCORES = {
    True: Verdict(True, "Yes: it was published that the chair scores."),
    False: Verdict(
        False, "No. The chair scores only where that was published with the award criteria."
    ),
}


def combining(first: str, second: str, *, chair_scores: bool) -> Verdict:
    """Whether one person may hold both duties (two different values of ``DutyCode``)."""
    pair = frozenset((DutyCode(first), DutyCode(second)))
    if pair == {_EVALUATOR, _CHAIR}:
        return _CHAIR_SCORES[chair_scores]
    return _VERDICTS[pair]


def pairs(*, chair_scores: bool) -> tuple[Pair, ...]:
    """Every pair of duties, for the page that shows what may be combined."""
    return tuple(
        Pair(first, second, combining(first, second, chair_scores=chair_scores))
        for first, second in combinations(DutyCode, 2)
    )


def clashes(duties: Collection[str], *, chair_scores: bool) -> tuple[Pair, ...]:
    """The pairs among these duties that one person may not hold; empty where all may be held."""
    held = set(duties)
    return tuple(
        pair
        for pair in pairs(chair_scores=chair_scores)
        if {pair.first, pair.second} <= held and not pair.verdict.may
    )


def may_approve(
    duties: Collection[str],
    *,
    has_scored: bool,
    value_gbp: Decimal | None,
    limit_gbp: Decimal | int | None,
) -> Verdict:
    """Whether a person with these duties may approve an award of this value.

    ``has_scored``: gave a rating or recorded a consensus at any time, also in a duty that ended
    since. ``limit_gbp`` is the person's limit; None is no limit. With a limit, a value that is not
    known is refused.
    """
    if _APPROVER not in set(duties):
        return Verdict(False, "Only a named approver approves the award.")
    if has_scored or {_EVALUATOR, _CHAIR, _LEAD} & set(duties):
        return Verdict(False, "The approver never scores, chairs or leads in the same exercise.")
    if limit_gbp is None:
        return Verdict(True, "")
    if value_gbp is None:
        return Verdict(False, "State the value: this approver approves up to a limit.")
    if value_gbp > limit_gbp:
        return Verdict(
            False, f"The value is above this approver's limit of {pounds(limit_gbp)}. Name another."
        )
    return Verdict(True, "")
