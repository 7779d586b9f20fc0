"""``make bench``: seed a database of its own, measure, print a table, write ``var/bench.json``.

Environment: ``BENCH_CONTRACTS`` (10,000), ``BENCH_REPEATS`` (40), ``BENCH_DATABASE``.
"""

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.signing_in import begin_session

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = int(os.environ.get("BENCH_CONTRACTS", "10000"))
REPEATS = int(os.environ.get("BENCH_REPEATS", "40"))
DATABASE = os.environ.get("BENCH_DATABASE", "ethics_bench")
FOLDER = tempfile.mkdtemp(prefix="ethics-assurance-bench-")
os.environ.update(
    {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "INSTALLATION": "embedded",
        "VAR_DIR": FOLDER,
        "DATABASE_URL": f"postgres:///{DATABASE}",
        "EMAIL_URL": "dummymail://",
    }
)
PDF = [sys.executable, "-m", "tests.benchmarks.pdf"]


def main() -> None:
    for statement in (
        f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)",
        f"CREATE DATABASE {DATABASE}",
    ):
        subprocess.run(["psql", "-qAtc", statement, "postgres"], check=True)
    manage("prepare")
    manage("make_signing_key")

    import django

    django.setup()
    from tests.benchmarks.seeding import seed

    started = time.perf_counter()
    seeded = seed(CONTRACTS)
    print(f"Seeded {CONTRACTS} contracts in {time.perf_counter() - started:.0f} s")
    from tests.benchmarks.evaluation import seed_large_lot

    started = time.perf_counter()
    lot = seed_large_lot(seeded.people)
    print(f"Seeded 20 bids × 60 criteria × 5 evaluators in {time.perf_counter() - started:.0f} s")
    rows = [import_files(), *pages(seeded, lot), *documents(seeded), *award(seeded, lot)]
    show(rows)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps({"contracts": CONTRACTS, "repeats": REPEATS, "rows": rows}, indent=2)
    )


def manage(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def import_files() -> dict:
    """Both bundled files, on top of what is there, once; the queries of all 174 processes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accounts.access import Actor
    from commissioning import actions, ocds

    paths = sorted((ROOT / "commissioning" / "notices").glob("*.json"))
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        files = [ocds.read_stream(path.name, path.open("rb")) for path in paths]
        actions.import_notices(actor=Actor.system("benchmark"), files=files)
    return row("import the two real files", [time.perf_counter() - started], len(captured))


def pages(seeded, lot) -> list[dict]:
    """Each page through gunicorn with two workers: time; in this process: queries."""
    port = 8123
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket", "--bind",
            f"127.0.0.1:{port}", "--workers", "2", "--log-level", "error",
        ],
        cwd=ROOT,
    )  # fmt: skip
    try:
        wait(port)
        big = f"/scorecards/{seeded.big.reference}/"
        one = f"{big}criteria/measurement/{seeded.big_criteria[0].code}/"
        last = last_page(seeded, "oscar")
        found = [
            save_rating(port, seeded, one),
            page(port, seeded, "evan", big, "open a scorecard of 100 criteria"),
            page(port, seeded, "evan", one, "open one criterion"),
            page(port, seeded, "oscar", "/scorecards/", "list, first page"),
            page(port, seeded, "oscar", f"/scorecards/?page={last}", "list, last page"),
            page(
                port, seeded, "oscar",
                "/scorecards/?opinion=limited&principle=seven-principles:SP2&below=50&order=-value",
                "list, filtered and sorted",
            ),
        ]  # fmt: skip
        room = f"/evaluations/{lot.exercise.reference}/lots/1/"
        about = f"{room}moderation/on/{lot.keys[0]}/"
        found += [
            page(port, seeded, "carl", room, "evaluation of a large lot"),
            page(port, seeded, "carl", f"{room}moderation/", "moderation room, all criteria"),
            page(port, seeded, "carl", about, "moderation room, one criterion of 20 bids"),
        ]
        for who, role in HOMES.items():
            found.append(page(port, seeded, who, "/", f"home page, {role}"))
        return found
    finally:
        server.terminate()
        server.wait()


HOMES = {
    "priya": "contract manager",
    "evan": "evaluator",
    "anna": "approver",
    "adam": "administrator",
    "sam": "signatory",
    "oscar": "auditor",
    "olive": "operator",
}


def wait(port: int) -> None:
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not start.")


def signed_in(seeded, who: str):
    """A test client of this process for the named person; its session is good for HTTP too."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    begin_session(client, seeded.people.users[who])
    return client


def last_page(seeded, who: str) -> int:
    text = signed_in(seeded, who).get("/scorecards/").content.decode()
    return max(int(number) for number in re.findall(r"\?page=(\d+)", text))


def page(port: int, seeded, who: str, path: str, name: str) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(seeded, who)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, (who, path)
    cookie = client.cookies["sessionid"].value
    times = timed(port, lambda _: ("GET", path, None, {"Cookie": f"sessionid={cookie}"}), 200)
    return row(name, times, len(captured))


def save_rating(port: int, seeded, path: str) -> dict:
    """Post the rating form of one criterion as a browser does, and measure the answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from scorecards.models import Rating

    client = signed_in(seeded, "evan")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())[1]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    key = Rating.objects.get(scorecard=seeded.big, criterion=seeded.big_criteria[0])

    def form(version: int) -> dict:
        return {
            "csrfmiddlewaretoken": token, "value": 2, "evidence_strength": "documented",
            "rationale": "The register shows it: one entry, dated in May.",
            "found_where": "Register, page 1", "version": version,
        }  # fmt: skip

    with CaptureQueriesContext(connection) as captured:
        assert client.post(path, form(key.version)).status_code == 302
    start = key.version + 1
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    times = timed(port, lambda at: ("POST", path, urlencode(form(start + at)), headers), 302)
    return row("save one rating", times, len(captured))


def timed(port: int, request, expected: int) -> list[float]:
    """Seconds of ``REPEATS`` requests one after another, after three to warm up."""
    times = []
    for at in range(REPEATS + 3):
        method, path, body, headers = request(at)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        started = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - started)
        connection.close()
        assert answer.status == expected, (path, answer.status)
    return times[3:]


def documents(seeded) -> list[dict]:
    """Reports in a warm process of their own, with its peak memory."""
    found = []
    for kind in ("short", "60-page"):
        reference = seeded.signed_off.reference if kind == "short" else seeded.big.reference
        done = subprocess.run(
            [*PDF, kind, reference], cwd=ROOT, capture_output=True, text=True, check=True
        )
        told = json.loads(done.stdout.splitlines()[-1])
        found.append(
            row(f"PDF of {told['pages']} pages", told["seconds"], None)
            | {"peak_megabytes": told["peak_megabytes"]}
        )
    return found


def award(seeded, lot) -> list[dict]:
    """Ranking, replay and robustness of the large lot, and all of its summaries as PDF."""
    from scorecards.scoring import award_lots_inputs_from_text, replay_award_lots, robustness
    from tests.benchmarks.evaluation import calculate, summaries

    calculated = [calculate(lot, seeded.people) for _ in range(5)]
    result = lot.evaluation.results.order_by("number").last()
    inputs = award_lots_inputs_from_text(result.inputs_text)

    def seconds(work) -> list[float]:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
        return times

    taken, pages_made = summaries(lot)
    return [
        row("calculate the result of 20 bids × 60 criteria, with its rows", calculated, None),
        row("replay it", seconds(lambda: replay_award_lots(result.inputs_text)), None),
        row(
            "its robustness over 10,000 weight sets",
            seconds(lambda: robustness(inputs.lots[0], seed=1)),
            None,
        ),
        row(f"summaries of 20 bids as PDF, {pages_made} pages in all", [taken], None),
    ]


def row(name: str, seconds: list[float], queries: int | None) -> dict:
    ordered = sorted(seconds)
    return {
        "name": name,
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, 1),
        "queries": queries,
        "times": len(ordered),
    }


def show(rows: list[dict]) -> None:
    print(f"\n| work, at {CONTRACTS:,} contracts | median | 95th percentile | SQL queries |")
    print("|---|---|---|---|")
    for found in rows:
        queries = "–" if found["queries"] is None else found["queries"]
        memory = f", peak {found['peak_megabytes']} MB" if "peak_megabytes" in found else ""
        print(
            f"| {found['name']}{memory} | {found['median_ms']:,.0f} ms | {found['p95_ms']:,.0f} ms "
            f"| {queries} |"
        )


if __name__ == "__main__":
    main()
