"""Names that people type: of people and of organisations.

A name is shown beside decisions and kept in records that courts read. So it says nothing that the
system says of itself, holds no character that cannot be seen, and does not pass for a colleague's.
"""

import unicodedata

from confusable_homoglyphs import confusables

# How the records name those who are no person, and words that would pass for them.
RESERVED = frozenset(
    {
        "system",
        "the system",
        "operator",
        "the operator",
        "administrator",
        "someone not signed in",
        "nobody",
        "anonymous",
    }
)
SYSTEM_PREFIX = "system:"
# Control, format (bidi, zero width), private use, unassigned, surrogates, line and paragraph ends.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
# Unicode counts these fillers as letters, and they show nothing.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class UnusableName(ValueError):
    """The name cannot be used. ``str()`` says why and what to do."""


def clean_name(text: str) -> str:
    """The name in composed form (NFC), with single plain spaces.

    Raises ``UnusableName`` where it holds characters that cannot be seen, no letter or digit, or
    words by which the records name the system itself.
    """
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(
        " " if unicodedata.category(sign) == "Zs" or sign in "\t\r\n" else sign for sign in composed
    )
    unseen = sorted(
        {
            f"U+{ord(sign):04X}"
            for sign in spaced
            if unicodedata.category(sign) in UNSEEN or sign in BLANK_LETTERS
        }
    )
    if unseen:
        raise UnusableName(
            f"The name holds characters that cannot be seen ({', '.join(unseen)}). "
            "Type it again without them"
        )
    name = " ".join(spaced.split())
    if not any(sign.isalnum() for sign in name):
        raise UnusableName("The name must have at least one letter")
    if is_reserved(name):
        raise UnusableName("This name is kept for the system's own records. Enter another")
    return name


def is_reserved(name: str) -> bool:
    """Whether the name, or what it looks like, is one by which the records name the system."""
    seen = looks_like(name)
    compact = seen.replace(" ", "")
    return seen in _RESERVED_LOOKS or compact.startswith(looks_like(SYSTEM_PREFIX))


def looks_like(name: str) -> str:
    """What the eye makes of a name: two names that give the same text can be taken for each other.

    Case, accents, width and spacing go; letters of other scripts become the Latin letters that
    they resemble (Unicode's table of confusables), and 0, 1, l and I become one each.
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join("".join(_plain(sign) for sign in bare).split())


_LATIN_TWINS = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s"})


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign.translate(_LATIN_TWINS)
    found = confusables.is_confusable(sign, greedy=True)
    if found:
        twins = [row["c"] for row in found[0]["homoglyphs"] if row["c"].isascii()]
        if twins:
            return min(twins).casefold().translate(_LATIN_TWINS)
    return sign


_RESERVED_LOOKS = frozenset(looks_like(name) for name in RESERVED)
