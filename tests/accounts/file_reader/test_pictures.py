"""Pages and pictures drawn anew, in a size that is known before they are."""

import io
import math
import resource

import pytest
from PIL import Image

from accounts.file_reader import DRAWING, UnusableFile
from accounts.file_reader.pictures import page_scale, picture_size, pictures
from tests.accounts.file_reader.asking import answers
from tests.providers.samples import (
    a_coloured_pdf,
    a_header_of_a_picture,
    a_page_of,
    colour_in,
    colour_of,
)

TOO_LARGE = "it measures 700 by 1,000,000 points, too large to be readable as a picture"


def drawn(content: bytes, first: int = 1, last: int = 1) -> list[tuple[dict, bytes]]:
    return list(pictures(content, first=first, last=last))


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def a_saved(image: Image.Image, kind: str, **options) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def test_pages_are_drawn_in_their_order_and_no_further():
    found = drawn(a_coloured_pdf(4), 2, 9)
    assert [(facts, colour_in(png)) for facts, png in found] == [
        ({"page": page}, colour_of(page)) for page in (2, 3, 4)
    ]
    assert opened(found[0][1]).size == (400, 600)


def test_page_of_any_size_is_not_drawn_and_takes_no_memory(tmp_path):
    """What took 6.6 GB."""
    (answer,) = answers("pictures", a_page_of(700, 1_000_000), tmp_path, DRAWING, first=1, last=1)
    assert (answer.facts, answer.body) == ({"page": 1, "reason": TOO_LARGE}, b"")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert largest < DRAWING.memory_bytes


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((200, 300), (400, 600)),
        ((595, 842), (1190, 1684)),
        ((2384, 3370), (1400, 1980)),
        ((700, 14_000), (280, 5600)),
    ],
)
def test_large_page_is_drawn_smaller(size, expected):
    ((facts, png),) = drawn(a_page_of(*size))
    image = opened(png)
    assert facts == {"page": 1}
    assert (abs(image.width - expected[0]) <= 1, abs(image.height - expected[1]) <= 1) == (
        True,
        True,
    )
    assert image.width <= 1401 and image.height <= 5601


@pytest.mark.parametrize("width", [1.0, 200, 1400, 5599])
@pytest.mark.parametrize("height", [1.0, 200, 5600, 20_000])
def test_scale_keeps_every_page_within_the_limits(width, height):
    scale = page_scale(width, height)
    assert width * scale <= 1400.001 and height * scale <= 5600.001 and 0.25 <= scale <= 2


@pytest.mark.parametrize(
    ("width", "height"),
    [(700, 1e6), (1e6, 700), (14_400, 14_400), (1e9, 1e9), (0, 5), (-3, 5), (math.nan, 5),
     (5, math.inf)],
)  # fmt: skip
def test_scale_of_what_nobody_could_read_is_refused(width, height):
    with pytest.raises(UnusableFile):
        page_scale(width, height)


def test_page_that_cannot_be_drawn_says_why_and_the_next_is_drawn():
    content = a_coloured_pdf(2).replace(
        b"/MediaBox [ 0 0 200 300 ]", b"/MediaBox [ 0 0 9e9 3 9 ]", 1
    )
    found = drawn(content, 1, 2)
    assert [facts["page"] for facts, _ in found] == [1, 2]
    assert found[1][1].startswith(b"\x89PNG")


def test_picture_is_drawn_anew_without_what_was_hidden_in_it():
    made = Image.new("RGB", (2800, 700), "navy")
    content = a_saved(made, "JPEG", comment=b"<script>", exif=b"Exif\0\0hidden")
    ((facts, png),) = drawn(content)
    image = opened(png)
    assert (facts, image.format, image.size, image.info) == ({"page": 1}, "PNG", (1400, 350), {})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_picture_of_every_mode_is_drawn(mode):
    content = a_saved(Image.new(mode, (1500, 1500)), "JPEG" if mode == "CMYK" else "PNG")
    ((facts, png),) = drawn(content)
    assert (facts, opened(png).size) == ({"page": 1}, (1400, 1400))


def test_deep_grey_keeps_its_shades():
    made = Image.new("I;16", (10, 10), 0x8000)
    assert abs(opened(drawn(a_saved(made, "PNG"))[0][1]).convert("L").getpixel((5, 5)) - 128) < 2


@pytest.mark.parametrize(
    ("size", "expected"),
    [((40, 30), (40, 30)), ((1, 1), (1, 1)), ((2800, 700), (1400, 350)), ((9, 50), (9, 50))],
)
def test_picture_is_made_smaller_never_larger(size, expected):
    assert picture_size(*size) == expected


@pytest.mark.parametrize(
    ("size", "why"),
    [
        ((50_000, 50_000), "more than 50 million pixels"),
        ((1, 40_000_000), "too long to be shown in one piece"),
        ((40_000, 100), "too long to be shown in one piece"),
    ],
)
def test_picture_that_would_be_too_much_or_nothing_is_refused(size, why):
    with pytest.raises(UnusableFile, match=why):
        picture_size(*size)


def test_header_of_a_gigantic_picture_is_all_that_is_read(tmp_path):
    content = a_header_of_a_picture(50_000, 50_000)
    (answer,) = answers("pictures", content, tmp_path, DRAWING, first=1, last=1)
    assert (answer.facts["page"], answer.body) == (1, b"")
