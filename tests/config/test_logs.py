"""Log lines."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import structlog

from config.logs import line_formatter, without_secrets
from tests.architecture.sources import ROOT
from tests.journeys.installation import free_port


def line(as_json: bool, message="saved %s", arguments=("it",), error=None) -> str:
    record = logging.LogRecord("accounts", logging.INFO, "x.py", 1, message, arguments, error)
    return line_formatter(as_json).format(record)


@pytest.fixture
def request_id():
    structlog.contextvars.bind_contextvars(request_id="abc123")
    yield "abc123"
    structlog.contextvars.clear_contextvars()


def test_line_in_production_is_json_with_the_request(request_id):
    found = json.loads(line(as_json=True))
    assert (found["event"], found["level"], found["logger"], found["request_id"]) == (
        "saved it",
        "info",
        "accounts",
        request_id,
    )


def test_line_on_a_console_is_for_people(request_id):
    text = line(as_json=False)
    assert (text.startswith("{"), "saved it" in text, "request_id=abc123" in text) == (
        False,
        True,
        True,
    )


def test_error_in_production_stays_on_its_line():
    try:
        raise ValueError("wrong")
    except ValueError as wrong:
        text = line(True, error=(ValueError, wrong, wrong.__traceback__))
    assert ("\n" in text, "ValueError: wrong" in json.loads(text)["exception"]) == (False, True)


SECRET = "kZ3xQ-secret_of-the_link"


@pytest.mark.parametrize(
    "text",
    [
        f"GET /invitations/{SECRET}/ HTTP/1.1",
        f"Not Found: /invitations/{SECRET}/",
        f"GET /sign-in/?next=%2Finvitations%2F{SECRET}%2F HTTP/1.1",
        f"http://site.example/sign-in/password/reset/1a-{SECRET}/",
        f"/sign-in/?next=%2fsign-in%2fpassword%2freset%2f1a-{SECRET}%2f",
    ],
)
@pytest.mark.parametrize("as_json", [True, False])
def test_secret_of_a_link_reaches_no_log_line(text, as_json):
    found = line(as_json, message=text, arguments=())
    assert (SECRET in found, "[secret]" in found) == (False, True)


def test_pages_beside_the_secret_ones_stay_readable():
    text = "GET /sign-in/password/reset/sent/ /people/invitations/IN-2345678/approve/"
    assert "reset/sent/" in without_secrets(text)


def test_access_log_of_the_web_server_leaves_secrets_out(tmp_path):
    """The compose file's own logger, in a real web server."""
    port = free_port()
    log = tmp_path / "access.log"
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket",
            "--logger-class", "config.logs.AccessLogger", "--access-logfile", str(log),
            "--bind", f"127.0.0.1:{port}",
        ],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path), "INSTALLATION": "embedded"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(
                    urllib.request.Request(
                        f"http://127.0.0.1:{port}/help/?x=1",
                        headers={"Referer": f"http://127.0.0.1:{port}/invitations/{SECRET}/"},
                    ),
                    timeout=5,
                ).read()
                break
            except OSError:
                time.sleep(0.2)
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/invitations/{SECRET}/", timeout=5)
        time.sleep(0.3)
    finally:
        server.terminate()
        server.wait(timeout=15)
    text = log.read_text()
    assert (SECRET in text, text.count("[secret]")) == (False, 2)
