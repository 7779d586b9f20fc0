"""A scale that is ready to use, in our own words, and even shares of 100."""

from decimal import Decimal

from commissioning.award_model.model import Scale, ScalePoint

HUNDRED = Decimal(100)
_CENT = Decimal("0.01")

DEFAULT_SCALE = Scale(
    "0-5",
    "0 to 5",
    (
        ScalePoint(
            Decimal(0),
            "No answer",
            "Nothing is offered on what was asked, or what is offered would not meet the "
            "requirement.",
        ),
        ScalePoint(
            Decimal(1),
            "Serious gaps",
            "Several parts of what was asked are missing, or it is not said how they would be "
            "done on this contract.",
        ),
        ScalePoint(
            Decimal(2),
            "Some gaps",
            "Most parts are answered. At least one is missing, or rests on a statement without "
            "any detail of who does what and when.",
        ),
        ScalePoint(
            Decimal(3),
            "Meets",
            "Every part of what was asked is answered, with who does what and when on this "
            "contract.",
        ),
        ScalePoint(
            Decimal(4),
            "Meets with evidence",
            "As for 3, and the main parts are supported by evidence that they work.",
        ),
        ScalePoint(
            Decimal(5),
            "Exceeds",
            "As for 4, and at least one benefit named in the guidance is offered beyond what was "
            "asked, as a commitment that can be checked.",
        ),
    ),
)


def even_weights(count: int) -> tuple[Decimal, ...]:
    """``count`` weights with two decimals at most that sum to exactly 100; the last ones are the
    largest. Raises ``ValueError`` for none, or for more than ten thousand.
    """
    if not 1 <= count <= 10_000:
        raise ValueError("100 is shared among 1 to 10,000 criteria")
    cents, over = divmod(10_000, count)
    return tuple(
        Decimal(cents + (index >= count - over)) * _CENT if 10_000 % count else HUNDRED / count
        for index in range(count)
    )
