"""What can be wrong with the figures that are handed in."""


class ScoringError(ValueError):
    """The inputs cannot be scored; the message says why."""


class MissingRating(ScoringError):
    """A rating was needed and there is none. It never counts as zero."""


class RatingOffScale(ScoringError):
    """A rating or a claim is not a point of the scale."""


class BadWeight(ScoringError):
    """A weight is zero or negative."""


class BadQuantity(ScoringError):
    """A quantity, a unit value or a percentage is outside its range."""


class BadPolicy(ScoringError):
    """Bands or limiting rules contradict each other."""


class UnknownMethod(ScoringError):
    """A stored result was made by a method version that this code does not hold."""


class IncompleteModel(ScoringError):
    """The award model does not say what the calculation needs; it is never guessed."""


class BadPrice(ScoringError):
    """A price is missing, zero or negative where it has to be divided or compared."""


class MissingPreference(ScoringError):
    """A supplier has won more lots than it may and did not say which it prefers."""


class TooManyCombinations(ScoringError):
    """The cheapest combination of lots cannot be found by looking at all of them."""
