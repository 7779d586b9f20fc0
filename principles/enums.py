"""The fixed choices of the yardstick. The framework files use the same values (see schema.json)."""

from django.db.models import TextChoices


class Level(TextChoices):
    """How deep an assessment goes. Levels nest: standard holds core, enhanced holds everything."""

    CORE = "core", "Core"
    STANDARD = "standard", "Standard"
    ENHANCED = "enhanced", "Enhanced"

    @property
    def included(self) -> tuple["Level", ...]:
        """The levels of the criteria that an assessment at this level asks about."""
        members = tuple(Level)
        return members[: members.index(self) + 1]


class Basis(TextChoices):
    """Whose words these are. Always shown to the reader."""

    OFFICIAL = "official", "Official"
    OWN_SYNTHESIS = "own_synthesis", "Own synthesis"
    RECONSTRUCTED = "reconstructed", "Reconstructed"


class AnsweredBy(TextChoices):
    PROVIDER = "provider", "Provider"
    COMMISSIONER = "commissioner", "Commissioner"


class Phase(TextChoices):
    """The place in the plan, do, check, act cycle."""

    PLAN = "plan", "Plan"
    DO = "do", "Do"
    CHECK = "check", "Check"
    ACT = "act", "Act"


class MeasureKind(TextChoices):
    MONETISED = "monetised", "Has a value in pounds"
    RECORD_ONLY = "record_only", "Record only"


class ValueBasis(TextChoices):
    """How a quantity of a measure becomes pounds."""

    FIXED = "fixed", "One value per unit"
    LOCALISED = "localised", "A value per unit that depends on the place"
    POUND_FOR_POUND = "pound_for_pound", "£1 for each £1 invested"
    NONE = "none", "No value in pounds"
