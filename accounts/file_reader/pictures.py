"""Pages and pictures drawn anew as PNG. Runs in the reader: see ``child``.

The size in pixels is worked out before anything is drawn. What is too large is drawn smaller; what
would be unreadable then is not drawn, and the reason is said.
"""

import io
import math
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageFile

from accounts.file_reader.answers import MOST_BODY_BYTES, UnusableFile
from accounts.file_reader.kinds import MOST_PIXELS

MOST_WIDTH, MOST_HEIGHT = 1400, 5600
LARGEST_SCALE = 2.0
# A page in a quarter of its size has letters of two or three pixels.
LEAST_PAGE_SCALE = 0.25
LEAST_SIDE = 20


def pictures(content: bytes, *, first: int, last: int) -> Iterator[tuple[dict, bytes]]:
    """Each page from ``first`` to ``last`` in turn: its picture, or the reason why there is none.

    A file that is a picture is its own only page.
    """
    if not content.startswith(b"%PDF-"):
        yield _one(1, lambda: _picture(content))
        return
    document = pypdfium2.PdfDocument(content)
    for number in range(first, min(last, len(document)) + 1):
        yield _one(number, lambda at=number: _page(document, at))


def _one(number: int, draw) -> tuple[dict, bytes]:
    try:
        drawn = draw()
        if len(drawn) > MOST_BODY_BYTES:
            raise UnusableFile("its picture would be too large a file")
    except UnusableFile as wrong:
        return {"page": number, "reason": str(wrong)}, b""
    except Image.DecompressionBombError:
        return {"page": number, "reason": "it has more than 50 million pixels"}, b""
    except MemoryError:
        return {"page": number, "reason": "drawing it takes too much memory"}, b""
    except (pypdfium2.PdfiumError, OSError, SyntaxError, ValueError, KeyError):
        return {"page": number, "reason": "it is damaged"}, b""
    return {"page": number}, drawn


def _page(document: pypdfium2.PdfDocument, number: int) -> bytes:
    page = document[number - 1]
    width, height = page.get_size()
    page.render(scale=page_scale(width, height)).to_pil().save(drawn := io.BytesIO(), "PNG")
    return drawn.getvalue()


def page_scale(width: float, height: float) -> float:
    """How many pixels a point becomes. Raises ``UnusableFile`` where nobody could read the page."""
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise UnusableFile("it has no size")
    scale = min(LARGEST_SCALE, MOST_WIDTH / width, MOST_HEIGHT / height)
    if scale < LEAST_PAGE_SCALE:
        raise UnusableFile(
            f"it measures {width:,.0f} by {height:,.0f} points, "
            "too large to be readable as a picture"
        )
    return scale


def _picture(content: bytes) -> bytes:
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
        size = picture_size(image.width, image.height)
        image.draft("RGB", size)
        if image.mode.startswith("I"):
            # Sixteen bits of grey: the upper eight are what a screen shows.
            image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
        image.thumbnail(size)
        drawn = io.BytesIO()
        image.convert("RGBA" if image.mode in ("RGBA", "LA", "P") else "RGB").save(drawn, "PNG")
    return drawn.getvalue()


def picture_size(width: int, height: int) -> tuple[int, int]:
    """The size that a picture is drawn in. Raises ``UnusableFile`` as above."""
    if width * height > MOST_PIXELS:
        raise UnusableFile("it has more than 50 million pixels")
    scale = min(1.0, MOST_WIDTH / width, MOST_HEIGHT / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if scale < 1 and min(size) < LEAST_SIDE:
        raise UnusableFile(
            f"it measures {width:,} by {height:,} pixels, too long to be shown in one piece"
        )
    return size
