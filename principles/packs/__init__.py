"""Framework files: read, check, and turn into plain records. No Django, no database, no clock.

``read_pack(path)`` gives a ``Pack`` or raises ``BadPack`` with every problem found, each with
file, line and cause. ``read_packs(paths)`` does the same for several files at once.
"""

from principles.packs.reading import FRAMEWORKS, default_paths, read_pack, read_packs
from principles.packs.records import (
    BadPack,
    Pack,
    PackCriterion,
    PackMeasure,
    PackPair,
    PackScalePoint,
    Problem,
)

__all__ = [
    "FRAMEWORKS",
    "BadPack",
    "Pack",
    "PackCriterion",
    "PackMeasure",
    "PackPair",
    "PackScalePoint",
    "Problem",
    "default_paths",
    "read_pack",
    "read_packs",
]
