"""Every write of commissioning that means something."""

from commissioning.actions.imports import (
    ImportResult,
    confirm_notices,
    discard_notices,
    import_notices,
    preview_notices,
    stage_notices,
)
from commissioning.actions.matches import confirm_match, reject_match

__all__ = [
    "ImportResult",
    "confirm_match",
    "confirm_notices",
    "discard_notices",
    "import_notices",
    "preview_notices",
    "reject_match",
    "stage_notices",
]
