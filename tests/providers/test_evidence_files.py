"""Files of evidence: what the reader says of them is checked, and a scanner is asked."""

import hashlib
import io
import tempfile
from dataclasses import replace

import pytest
from PIL import Image

from django.core.files.storage import default_storage

from accounts.file_reader import ReaderStopped, ReaderUnavailable, UnusableFile
from providers import evidence_files
from providers.evidence_files import (
    MOST_PICTURED_PAGES,
    MOST_STOPS,
    DrawnPage,
    Kind,
    drawn_pages,
    keep_picture,
    kind_of,
    picture_folder,
    scan,
    sha256_of,
)
from tests.accounts.file_reader.asking import take_over
from tests.providers.samples import (
    FINDS_EICAR,
    a_coloured_pdf,
    a_page_of,
    a_pdf,
    a_picture,
    a_scanner,
    colour_in,
    colour_of,
)

PLENTY = 10**9
# Draws what it is asked for, but for what ``wrong`` does at page 3.
DRAWS = """
options = order["options"]
for page in range(options["first"], options["last"] + 1):
    if page == 3:
        {wrong}
    body = b"\\x89PNG\\r\\n\\x1a\\n" + b"x" * 92
    sys.stdout.buffer.write(json.dumps(dict(page=page, bytes=len(body))).encode() + b"\\n" + body)
    sys.stdout.buffer.flush()
say(end=True)
"""


@pytest.fixture
def opened():
    """``opened(content)``: a file that is open."""
    with tempfile.TemporaryFile() as held:

        def of(content: bytes):
            held.write(content)
            held.flush()
            return held

        yield of


def outline(pages) -> list[tuple[int, bool, str]]:
    return [(page.number, bool(page.png), page.reason) for page in pages]


def test_sha256_is_that_of_the_bytes_however_they_are_cut():
    assert sha256_of([b"one ", b"file"]) == hashlib.sha256(b"one file").hexdigest()


def test_kind_comes_from_the_reader(opened):
    assert kind_of(opened(a_pdf(3))) == Kind("application/pdf", 3)


def test_kind_of_what_cannot_be_kept_is_refused(opened):
    with pytest.raises(UnusableFile, match="must be a PDF"):
        kind_of(opened(b"<html>"))


@pytest.mark.parametrize(
    "answer",
    [
        "end=True",
        "media_type='text/html', pages=0",
        "media_type='application/pdf', pages=-1",
        "media_type='application/pdf', pages='2'",
        "media_type=['application/pdf'], pages=2",
    ],
)
def test_kind_that_a_reader_makes_up_is_not_believed(monkeypatch, opened, answer):
    take_over(monkeypatch, f"say({answer})\nsay(end=True)")
    with pytest.raises(ReaderStopped):
        kind_of(opened(a_pdf()))


def test_pages_are_drawn_each_with_its_own_picture(opened):
    pages = list(drawn_pages(opened(a_coloured_pdf(5)), 5, PLENTY))
    assert [(page.number, colour_in(page.png)) for page in pages] == [
        (number, colour_of(number)) for number in range(1, 6)
    ]


def test_picture_is_its_own_page(opened):
    (page,) = drawn_pages(opened(a_picture("JPEG")), 1, PLENTY)
    with Image.open(io.BytesIO(page.png)) as image:
        assert (page.number, image.format, image.size) == (1, "PNG", (40, 30))


def test_page_that_is_too_large_says_so(opened):
    (page,) = drawn_pages(opened(a_page_of(700, 1_000_000)), 1, PLENTY)
    assert page.png == b"" and "700 by 1,000,000 points" in page.reason


@pytest.mark.parametrize(
    "wrong",
    [
        "os.abort()",
        "while True: pass",
        "say(page=99)",
        "say(page=3)",
        "say(end=True)",
        "bytearray(10**10)",
    ],
)
def test_page_at_which_the_reader_stops_is_passed_over(monkeypatch, opened, wrong):
    monkeypatch.setattr(evidence_files, "DRAWING", replace(evidence_files.CHECKS, seconds=2))
    take_over(monkeypatch, DRAWS.format(wrong=wrong))
    found = outline(drawn_pages(opened(a_pdf()), 5, PLENTY))
    assert found == [
        (1, True, ""),
        (2, True, ""),
        (3, False, "our reader could not draw it"),
        (4, True, ""),
        (5, True, ""),
    ]


def test_file_at_which_the_reader_stops_again_and_again_is_left(monkeypatch, opened):
    take_over(monkeypatch, "os.abort()")
    found = outline(drawn_pages(opened(a_pdf()), 9, PLENTY))
    assert [reason for _, _, reason in found] == ["our reader could not draw it"] * MOST_STOPS + [
        "pages before it could not be drawn"
    ] * (9 - MOST_STOPS)


def test_pictures_that_take_too_much_room_end_there(monkeypatch, opened):
    take_over(monkeypatch, DRAWS.format(wrong="pass"))
    found = outline(drawn_pages(opened(a_pdf()), 4, 250))
    why = "the pictures of the pages before it take too much room"
    assert found == [(1, True, ""), (2, True, ""), (3, False, why), (4, False, why)]


def test_drawing_ends_when_its_time_is_over(monkeypatch, opened):
    monkeypatch.setattr(evidence_files, "MOST_DRAWING_SECONDS", 0)
    found = outline(drawn_pages(opened(a_pdf(3)), 3, PLENTY))
    why = "drawing the pages before it took too long"
    assert found == [(1, True, ""), (2, False, why), (3, False, why)]


def test_no_more_pages_are_drawn_than_are_shown(opened):
    content = a_pdf(MOST_PICTURED_PAGES + 1)
    found = outline(drawn_pages(opened(content), MOST_PICTURED_PAGES + 1, PLENTY))
    assert found == [(number, True, "") for number in range(1, MOST_PICTURED_PAGES + 1)]


def test_reader_that_is_not_to_be_had_is_not_the_files_fault(monkeypatch, opened):
    take_over(monkeypatch, "say(stopped='unconfined')")
    with pytest.raises(ReaderUnavailable):
        list(drawn_pages(opened(a_pdf()), 2, PLENTY))


def test_picture_is_kept_in_the_place_of_an_earlier_one():
    folder = picture_folder("evidence/ab/abcdef")
    for content in (b"first", b"second"):
        keep_picture(folder, DrawnPage(7, content))
    assert folder == "evidence-pictures/ab/abcdef-1"
    assert default_storage.listdir(folder)[1] == ["7.png"]
    with default_storage.open(f"{folder}/7.png") as held:
        assert held.read() == b"second"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"month,complaints", "clean"),
        (b"X5O!P%@AP EICAR-STANDARD-ANTIVIRUS-TEST-FILE", "infected"),
    ],
)
def test_scan_says_what_the_scanner_found(tmp_path, content, expected):
    (tmp_path / "file").write_bytes(content)
    assert scan(tmp_path / "file", a_scanner(tmp_path, FINDS_EICAR)) == expected


def test_scan_gives_the_path_as_the_last_argument(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    scanner = a_scanner(tmp_path, 'test "$1" = --fast && test -f "$2" || exit 3')
    assert scan(tmp_path / "file", f"{scanner} --fast") == "clean"


@pytest.mark.parametrize("body", ["exit 2", "kill -9 $$"])
def test_file_waits_where_the_scanner_is_broken(tmp_path, body):
    assert scan(tmp_path, a_scanner(tmp_path, body)) == "waiting"


def test_file_waits_where_there_is_no_such_scanner(tmp_path):
    assert scan(tmp_path, str(tmp_path / "nowhere")) == "waiting"


def test_file_waits_where_the_scanner_does_not_end(monkeypatch, tmp_path):
    monkeypatch.setattr(evidence_files, "SCAN_SECONDS", 0.2)
    assert scan(tmp_path, a_scanner(tmp_path, "exec sleep 20")) == "waiting"


def test_scan_without_a_command_says_not_scanned(tmp_path):
    assert scan(tmp_path, "") == "not_scanned"
