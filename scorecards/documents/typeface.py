"""Which characters the report's own typeface can show, and what stands for others.

A PDF/A file may not hold a character without a glyph, and a fallback to whatever
fonts a machine happens to have would make the same report differ between
machines. The data inside the file keeps every character as it was typed.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

WEIGHTS = ("400-normal", "700-normal")
ALPHABETS = ("latin", "latin-ext")
LAYOUT = frozenset("\n\t\r ")


@cache
def covered_characters(folder: Path) -> frozenset[str]:
    """Characters that are there in every weight that the report uses."""
    from fontTools.ttLib import TTFont

    by_weight = []
    for weight in WEIGHTS:
        points: set[int] = set()
        for alphabet in ALPHABETS:
            with TTFont(folder / f"source-sans-3-{alphabet}-{weight}.woff2") as font:
                points.update(font.getBestCmap())
        by_weight.append({chr(point) for point in points})
    return frozenset.intersection(*map(frozenset, by_weight)) | LAYOUT


def printable(text: str, covered: frozenset[str]) -> str:
    """`text` with invisible format characters dropped and uncovered ones as [U+1F600].

    So are accents that do not compose with their letter: their glyph would have no text.
    """
    composed = unicodedata.normalize("NFC", text)
    missing = {c for c in set(composed) if c not in covered or unicodedata.combining(c)}
    if not missing:
        return composed
    return re.sub(
        f"[{re.escape(''.join(sorted(missing)))}]",
        lambda found: _stand_in(found.group()),
        composed,
    )


def _stand_in(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    if character.isspace():
        return " "
    return f"[U+{ord(character):04X}]"
