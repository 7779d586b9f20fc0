"""The compose file's proxy before the compose file's web process, under attack."""

import contextlib
import json
import re
import subprocess
import time
import urllib.request

import pytest

from django.conf import settings

from commissioning.ocds import MAX_FILE_BYTES
from config.environment import NEEDED_IN_PRODUCTION
from tests.journeys.compose_file import compose, start
from tests.journeys.conftest import production_installation
from tests.journeys.proxy import (
    HOST,
    TEMPLATE,
    Proxy,
    SlowPosts,
    ask,
    connect,
    get,
    start_proxy,
    status_of,
)
from tests.journeys.two_roles import two_roles

pytestmark = [pytest.mark.production, pytest.mark.xdist_group("journey"), pytest.mark.timeout(300)]

MEGABYTE = 1024 * 1024
SECRET = "kZ3xQ-secret_of-the_link"
ATTACKER, VISITOR = "127.0.0.3", "127.0.0.2"
HEALTH_HOST = "health-check.internal"
EVENTS = """
import json
from accounts.models import AuditEvent
rows = AuditEvent.objects.filter(verb="sign_in.failed").order_by("pk")
print(json.dumps([row.facts for row in rows]))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Web, with the compose file's command: two processes with four threads each; and the proxy."""
    with two_roles() as roles:
        made = production_installation(tmp_path_factory.mktemp("proxied"), roles)
        made.extra["SECURE_SSL_REDIRECT"] = "true"
        start(made, "web")
        made.wait_for_web(host=HEALTH_HOST)
        yield made, start_proxy(made)
        made.stop()


def is_well(made) -> bool:
    """Whether the web process answers its own health check, as the container asks it."""
    request = urllib.request.Request(f"{made.url}/health/", headers={"Host": HEALTH_HOST})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_slow_posts_stop_a_web_process_without_a_proxy(site):
    """The attack is one: without it, the next test would show nothing.

    Which of the two processes takes a connection is chance, so that twenty may leave one free.
    """
    made, _ = site
    with contextlib.ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(SlowPosts(made.port, 20, tls=False))
            time.sleep(1)
            if not is_well(made):
                return
    raise AssertionError("Two hundred slow posts stop nobody")


@pytest.mark.parametrize("number", [20, 100])
def test_slow_posts_through_the_proxy_stop_nobody(site, number):
    made, proxy = site
    made.wait_for_web(host=HEALTH_HOST)
    with SlowPosts(proxy.https_port, number, source=ATTACKER):
        time.sleep(1)
        for _ in range(10):
            assert is_well(made)
            answer = get(proxy, "/sign-in/", source=VISITOR)
            assert (status_of(answer), "Sign in" in answer) == (200, True)


def test_one_address_has_a_hundred_connections_and_takes_nobody_elses(site):
    _, proxy = site
    with SlowPosts(proxy.https_port, 100, source=ATTACKER):
        time.sleep(1)
        refused = get(proxy, "/help/", source=ATTACKER)
        assert (status_of(refused), "Wait half a minute" in refused) == (429, True)
        assert status_of(get(proxy, "/help/", source=VISITOR)) == 200
    assert status_of(get(proxy, "/help/", source=ATTACKER)) == 200


def test_slow_header_and_silent_body_are_cut(site):
    _, proxy = site
    header, body = connect(proxy.https_port), connect(proxy.https_port)
    header.sendall(b"GET /help/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    body.sendall(b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nx")
    for on in (header, body):
        on.settimeout(60)
        with contextlib.suppress(ConnectionError):
            assert b" 200 " not in on.recv(1000)
        on.close()


def post_of(path: str, size: int) -> str:
    return (
        f"POST {path} HTTP/1.1\nHost: {HOST}\nConnection: close\nContent-Length: {size}\n"
        "Content-Type: multipart/form-data; boundary=between"
    )


def form_with(size: int) -> bytes:
    """A form with one file, as a browser sends it."""
    head = '--between\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'
    return head.encode() + b"x" * size + b"\r\n--between--\r\n"


@pytest.mark.parametrize(
    ("path", "largest"),
    [("/evidence/new/file/", settings.EVIDENCE_MAX_BYTES), ("/notices/upload/", MAX_FILE_BYTES)],
)
def test_body_may_be_as_large_as_the_application_takes_it(site, path, largest):
    """A form with the largest file passes, and its missing token is refused; more does not pass."""
    _, proxy = site
    form = form_with(largest)
    assert status_of(ask(connect(proxy.https_port), post_of(path, len(form)), form)) == 403
    refused = ask(connect(proxy.https_port), post_of(path, largest + 2 * MEGABYTE))
    assert (status_of(refused), "<h1>The file is too large</h1>" in refused) == (413, True)


def test_limits_of_the_page_are_those_of_the_application():
    sizes = re.findall(r"\b(\d+) MB", TEMPLATE.read_text().split("return 413")[1].split("\n")[0])
    assert [int(size) * MEGABYTE for size in sizes] == [settings.EVIDENCE_MAX_BYTES, MAX_FILE_BYTES]


def test_request_line_that_the_proxy_takes_the_web_process_takes_too(site):
    _, proxy = site
    assert status_of(get(proxy, "/help/?x=" + "x" * 8000)) == 200
    assert status_of(get(proxy, "/help/?x=" + "x" * 9000)) == 414


def sign_in(proxy: Proxy, email: str, forged: str) -> str:
    page = get(proxy, "/sign-in/", source=VISITOR)
    cookie = re.search(r"__Host-csrftoken=(\w+)", page).group(1)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    body = f"csrfmiddlewaretoken={token}&login={email}&password=wrong+words".encode()
    head = (
        f"POST /sign-in/ HTTP/1.1\nHost: {HOST}\nConnection: close\nContent-Length: {len(body)}\n"
        f"Content-Type: application/x-www-form-urlencoded\nReferer: {proxy.url}/sign-in/\n"
        f"Origin: https://{HOST}\nCookie: __Host-csrftoken={cookie}\nX-Forwarded-For: {forged}"
    )
    return ask(connect(proxy.https_port, source=VISITOR), head, body)


def test_forged_address_counts_for_nothing(site):
    """The attack: another address with each guess, so that no limit is ever reached."""
    made, proxy = site
    email = "guessed@council.example"
    made.manage("add_operator", email, "Gwen Guessed")
    answers = [sign_in(proxy, email, f"203.0.113.{number}, 198.51.100.1") for number in range(8)]
    assert ["Too many attempts" in answer for answer in answers] == [False] * 5 + [True] * 3
    facts = json.loads(made.python(EVENTS))
    assert {row["network_address"] for row in facts} == {VISITOR}


@pytest.mark.parametrize(
    "path",
    [
        f"/invitations/{SECRET}/",
        f"/invitations/{SECRET}",
        f"/INVITATIONS/{SECRET}/",
        f"/%69nvitations/{SECRET}/",
        f"/invitations/%6B{SECRET}/",
        f"/%2Finvitations%2F{SECRET}/",
        f"/help/%0a/invitations/{SECRET}/",
        f"/sign-in/password/reset/1a-{SECRET}/",
        f"/sign-in/password/reset/sent-{SECRET}/",
        f"/sign-in/?next=%2Finvitations%2F{SECRET}%2F",
        f"/sign-in/?next=%2Fsign-in%2F%3Fnext%3D%252finvitations%252f{SECRET}%252F",
        f"/sign-in/password/reset/sent/?next=/invitations/{SECRET}/",
        f"/invitations/one/?next=/invitations/{SECRET}/",
    ],
)
def test_secrets_of_links_stand_in_no_log_of_the_proxy(site, path):
    made, proxy = site
    before = len(proxy.log)
    get(proxy, path)
    get(proxy, "/help/", more=f"\nReferer: {proxy.url}{path}")
    ask(
        connect(proxy.http_port, tls=False), f"GET {path} HTTP/1.1\nHost: {HOST}\nConnection: close"
    )
    ask(connect(proxy.https_port), post_of(path, 30 * MEGABYTE))
    time.sleep(0.5)
    written = proxy.log[before:] + (made.folder / "nginx-start.log").read_text()
    assert (SECRET in written, len(written.splitlines()) >= 4) == (False, True)
    assert [json.loads(line)["status"] for line in written.splitlines()][-1] == "413"


def test_lines_of_other_pages_say_what_was_asked(site):
    _, proxy = site
    get(proxy, "/sign-in/password/reset/sent/?x=1", more=f"\nReferer: {proxy.url}/help/?y=%C3%A9")
    time.sleep(0.5)
    line = json.loads(proxy.log.splitlines()[-1])
    assert (line["uri"], line["referer"].removeprefix(proxy.url), line["address"]) == (
        "/sign-in/password/reset/sent/?x=1",
        "/help/?y=%C3%A9",
        HOST,
    )
    assert len(line["request_id"]) == 16


@pytest.mark.parametrize(
    "host",
    [HEALTH_HOST, HEALTH_HOST.upper(), f"{HEALTH_HOST}.", f"{HEALTH_HOST}:443"],
)
@pytest.mark.parametrize("path", ["/health/", "/sign-in/"])
def test_name_of_the_health_check_is_refused_from_outside(site, host, path):
    _, proxy = site
    assert status_of(get(proxy, path, host=host)) == 421
    plain = f"GET {path} HTTP/1.1\nHost: {host}\nConnection: close"
    assert status_of(ask(connect(proxy.http_port, tls=False), plain)) == 421


def test_whole_address_does_not_smuggle_another_name_in(site):
    _, proxy = site
    asked = f"https://{HEALTH_HOST}/health/"
    assert status_of(get(proxy, asked)) == 421
    smuggled = get(proxy, f"https://{HOST}/sign-in/", host=HEALTH_HOST)
    assert (status_of(smuggled), "Sign in" in smuggled) == (200, True)


def test_name_that_is_not_ours_is_refused_by_the_application(site):
    _, proxy = site
    assert status_of(get(proxy, "/sign-in/", host="evil.example")) == 400


def test_plain_http_leads_to_https(site):
    _, proxy = site
    head = f"GET /help/?x=1 HTTP/1.1\nHost: {HOST}\nConnection: close"
    answer = ask(connect(proxy.http_port, tls=False), head)
    assert (status_of(answer), f"Location: https://{HOST}/help/?x=1" in answer) == (308, True)


def test_page_comes_encrypted_and_names_no_version(site):
    _, proxy = site
    answer = get(proxy, "/help/")
    assert "strict-transport-security: max-age=31536000" in answer.lower()
    assert re.search(r"(?im)^server: nginx\r$", answer)


def curl(proxy: Proxy, *options: str) -> str:
    done = subprocess.run(
        ["curl", "--silent", "--insecure", *options, f"{proxy.url}/help/"],
        capture_output=True,
        text=True,
    )
    return done.stdout or str(done.returncode)


def test_speaks_http_2_and_no_old_tls(site):
    _, proxy = site
    shown = ("--output", "/dev/null", "--write-out", "%{http_version}")
    assert curl(proxy, *shown) == "2"
    assert curl(proxy, "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0") != "2"


def test_web_process_that_is_gone_is_said_plainly(site):
    made, proxy = site
    made.processes["web"].terminate()
    made.processes["web"].wait(timeout=30)
    answer = get(proxy, "/help/")
    assert (status_of(answer), "Try again in a few minutes" in answer) == (502, True)
    start(made, "web")
    made.wait_for_web(host=HEALTH_HOST)


def test_only_the_proxy_publishes_ports():
    services = compose()["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_compose_fills_in_every_name_of_the_template():
    named = set(re.findall(r"\$\{(\w+)\}", TEMPLATE.read_text()))
    environment = compose()["services"]["proxy"]["environment"]
    assert {name for name in named if name.startswith("PROXY_")} == {
        name for name in environment if name.startswith("PROXY_")
    }
    assert not named & set(NEEDED_IN_PRODUCTION)
    assert environment["NGINX_ENVSUBST_FILTER"] == "^PROXY_"
