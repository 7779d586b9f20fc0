"""Published text, made safe to keep and to show, and names made comparable."""

import html
import re
import unicodedata

MAX_TITLE = 300
MAX_TEXT = 20_000

# Formatting characters that can make a text look like another one
# (Unicode TR36, "bidirectional spoofing").
_HIDDEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], " ")
_UNSAFE = _HIDDEN | _CONTROLS

_LOST_BREAK = re.compile(r"[.:;,)!?]rn(?=[\sA-Z•*\-]|$)")
_DAMAGED = re.compile("â€|Ã[\x80-\xbf]|Â[\xa0-\xbf]|\ufffd")
_LEGAL_FORMS = {
    "and": "&",
    "company": "co",
    "incorporated": "inc",
    "limited": "ltd",
    "public limited company": "plc",
}
_LEGAL_FORM = re.compile(r"\b(" + "|".join(sorted(_LEGAL_FORMS, key=len, reverse=True)) + r")\b")


def is_storable(text: str) -> bool:
    """Return whether every database keeps this text: no NUL, no half of a surrogate pair."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def clean(text: str, limit: int = MAX_TEXT) -> tuple[str, frozenset[str]]:
    """Return the text to show and the gap codes that arose.

    HTML entities that a publisher left in (`St Bede&apos;s`) become characters; line ends become
    "\\n"; control and hidden formatting characters go; a text over `limit` characters is cut with
    an ellipsis.
    """
    codes = set()
    text = html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    safe = text.translate(_UNSAFE)
    if safe != text:
        codes.add("text_changed")
    safe = unicodedata.normalize("NFC", safe).strip()
    if _LOST_BREAK.search(safe):
        codes.add("line_breaks_lost")
    if _DAMAGED.search(safe):
        codes.add("text_damaged")
    if len(safe) > limit:
        safe = safe[: limit - 1].rstrip() + "…"
        codes.add("text_shortened")
    return safe, frozenset(codes)


def name_key(name: str) -> str:
    """Return the form of an organisation's name in which it is compared with others.

    Case, accents, punctuation and the usual ways of writing a legal form make no difference. Two
    names with the same key are offered as a possible match; they are never merged on that ground.
    """
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.replace("&", " and ")
    text = re.sub(r"['’.]", "", text)
    text = re.sub(r"[^\w&]+", " ", text).strip()
    text = text.removeprefix("the ")
    text = _LEGAL_FORM.sub(lambda match: _LEGAL_FORMS[match.group(1)], text)
    return re.sub(r"\s+", " ", text)
