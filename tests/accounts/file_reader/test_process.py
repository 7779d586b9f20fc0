"""Whatever becomes of a reader, its answers are bounded and the service goes on."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from accounts.file_reader import CHECKS, DRAWING, ReaderStopped, ReaderUnavailable, ask
from tests.accounts.file_reader.asking import answers, opened, take_over
from tests.providers.samples import a_coloured_pdf, a_pdf, colour_in, colour_of

QUICK = replace(CHECKS, seconds=1.5, waits_seconds=0.3)


def children() -> list[int]:
    """The processes that this one started and that live."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("while True: pass", "it takes too long"),
        ("while True: sys.stdout.write('x'); sys.stdout.flush()", "too long"),
        ("ctypes.string_at(0)", "it made our reader stop"),
        ("os.abort()", "it made our reader stop"),
        ("raise RuntimeError", "it made our reader stop"),
        ("sys.exit(0)", "it made our reader stop"),
        ("print('not JSON', flush=True)", "no sensible answer"),
        ("print('[1]', flush=True)", "no sensible answer"),
        ("say(bytes=10**12)", "no sensible answer"),
        ("say(bytes=-1)", "no sensible answer"),
        ("say(bytes='many')", "no sensible answer"),
        ("say(bytes=100)\nwhile True: pass", "takes too long"),
        ("say(stopped='memory')", "takes too much memory"),
        ("say(stopped={})", "no sensible answer"),
        ("while True: sys.stdout.write('x' * 10**6)", "no sensible answer"),
    ],
)
def test_reader_that_goes_wrong_is_one_exception_and_leaves_nothing(
    monkeypatch, tmp_path, body, why
):
    take_over(monkeypatch, body)
    with pytest.raises(ReaderStopped, match=why):
        answers("kind", b"a,b\n", tmp_path, QUICK)
    assert children() == []


def test_reader_that_uses_up_its_processor_time_ends_itself(monkeypatch, tmp_path):
    take_over(monkeypatch, "while True: pass")
    with pytest.raises(ReaderStopped, match="made our reader stop"):
        answers("kind", b"", tmp_path, replace(CHECKS, cpu_seconds=1, seconds=60))


def test_reader_that_is_killed_while_it_draws_stops_that_file_only(tmp_path):
    with opened(a_coloured_pdf(20, lines=3000)) as held:
        found = ask("pictures", held, queue=DRAWING, locks=tmp_path, first=1, last=20)
        assert next(found).facts == {"page": 1}
        (child,) = children()
        os.kill(child, signal.SIGKILL)
        with pytest.raises(ReaderStopped, match="made our reader stop"):
            list(found)
    assert len(answers("pictures", a_pdf(2), tmp_path, DRAWING, first=1, last=9)) == 2


def test_reader_ends_with_whoever_no_longer_listens(tmp_path):
    with opened(a_coloured_pdf(20, lines=3000)) as held:
        found = ask("pictures", held, queue=DRAWING, locks=tmp_path, first=1, last=20)
        next(found)
        assert len(children()) == 1
        found.close()
    assert children() == []


def test_reader_that_finds_no_turn_says_so(monkeypatch, tmp_path):
    one = replace(QUICK, readers=1)
    with opened(a_pdf()) as held, opened(a_pdf()) as other:
        first = ask("pictures", held, queue=one, locks=tmp_path, first=1, last=2)
        next(first)
        with pytest.raises(ReaderUnavailable, match="Many files are being read just now"):
            list(ask("kind", other, queue=one, locks=tmp_path))
        first.close()
        assert [found.facts["pages"] for found in ask("kind", other, queue=one, locks=tmp_path)]


def test_ten_threads_draw_a_dense_file_at_once_and_every_page_is_right(tmp_path):
    """What killed nine workers when PDFium ran inside the web process."""
    content = a_coloured_pdf(20, lines=3000)
    patient = replace(DRAWING, waits_seconds=200)
    most, over = [0], threading.Event()

    def watch():
        while not over.is_set():
            most[0] = max(most[0], len(children()))
            time.sleep(0.01)

    def draw(first: int) -> list[tuple[int, tuple[int, int, int]]]:
        found = answers("pictures", content, tmp_path, patient, first=first, last=first + 1)
        return [(answer.facts["page"], colour_in(answer.body)) for answer in found]

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(10) as pool:
        drawn = [pair for pairs in pool.map(draw, range(1, 21, 2)) for pair in pairs]
    over.set()
    watcher.join()
    assert drawn == [(page, colour_of(page)) for page in range(1, 21)]
    assert 1 <= most[0] <= DRAWING.readers
