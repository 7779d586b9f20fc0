"""Log lines."""

import json
import logging

import pytest
import structlog

from config.logs import line_formatter


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
