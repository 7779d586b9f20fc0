"""What an attack did: many readers of a dense file, and many uploads, at once."""

import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.installation import Installation
from tests.providers.samples import a_coloured_pdf, colour_in, colour_of

pytestmark = pytest.mark.journey

PAGES, REQUESTS, THREADS = 20, 200, 10
MOST_FILES = 4
UPLOADS = """
from concurrent.futures import ThreadPoolExecutor
from accounts.access import Actor
from accounts.file_reader import UnusableFile
from accounts.models import User
from django.db import connection
from providers.actions import add_evidence_file
from providers.models import EvidenceItem
actor = Actor.of(User.objects.get(email="cara@demonstration.example"))
def upload(number):
    try:
        add_evidence_file(actor=actor, title="x", content=b"a,b\\n", file_name="x.csv")
        return "kept"
    except UnusableFile as wrong:
        return "no room" if "no room for this file" in str(wrong) else str(wrong)
    finally:
        connection.close()
with ThreadPoolExecutor(8) as pool:
    outcomes = sorted(pool.map(upload, range(8)))
print(outcomes.count("kept"), outcomes.count("no room"), EvidenceItem.objects.count())
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Web and worker, where a library holds few files."""
    made = Installation(
        tmp_path_factory.mktemp("load"), extra={"EVIDENCE_QUOTA_FILES": str(MOST_FILES)}
    )
    made.manage("prepare")
    made.manage("make_signing_key")
    made.python("from accounts import demonstration; demonstration.create()")
    made.start_web_and_worker()
    yield made
    made.stop()


def test_dense_file_is_drawn_once_and_read_by_many_at_once(site, visit, tmp_path):
    cara = visit(site, "cara").go("/evidence/new/file/")
    dense = tmp_path / "dense.pdf"
    dense.write_bytes(a_coloured_pdf(PAGES, lines=3000))
    cara.page.set_input_files("#id_file", dense)
    cara.page.fill("#id_title", "Dense")
    cara.press("Add to the library")
    address = cara.page.url
    until = time.monotonic() + 60
    while "are being prepared" in cara.page.inner_text("main") and time.monotonic() < until:
        time.sleep(1)
        cara.go(address)
    cara.says(f"Page {PAGES}")
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in cara.context.cookies())

    def read(number: int) -> tuple[int, tuple[int, int, int]]:
        page = number % PAGES + 1
        request = urllib.request.Request(f"{address}pages/{page}/", headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return page, colour_in(answer.read())

    web = site.processes["web"].pid
    workers = workers_of(web)
    with ThreadPoolExecutor(THREADS) as pool:
        drawn = list(pool.map(read, range(REQUESTS)))
    assert drawn == [(n % PAGES + 1, colour_of(n % PAGES + 1)) for n in range(REQUESTS)]
    assert workers_of(web) == workers


def workers_of(web: int) -> list[str]:
    with open(f"/proc/{web}/task/{web}/children") as held:
        return held.read().split()


def test_uploads_at_once_do_not_exceed_what_a_library_holds(site):
    kept, refused, held = map(int, site.python(UPLOADS).split())
    assert (kept + refused, held) == (8, MOST_FILES)
