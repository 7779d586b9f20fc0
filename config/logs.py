"""One log line an event: for people on a console, as JSON in production."""

import re

import structlog
from gunicorn.glogging import Logger

# Addresses that are a permission by themselves: invitations, and links to a new password. They
# stand in addresses and, percent-encoded, in where a sign-in leads and in what linked to a page.
SECRETS = re.compile(
    r"((?:/|%2F)(?:invitations|password(?:/|%2F)reset)(?:/|%2F))(?!sent\b|done\b)[^/%\s?&\"']+",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """``text`` with the secret part of such addresses left out."""
    return SECRETS.sub(r"\1[secret]", text)


def mask(logger, name, event: dict) -> dict:
    """Leave secrets out of every text of a log line (a structlog processor)."""
    return {
        key: without_secrets(value) if isinstance(value, str) else value
        for key, value in event.items()
    }


class AccessLogger(Logger):
    """gunicorn's access log, without the addresses that are secrets."""

    def atoms(self, resp, req, environ, request_time):
        found = super().atoms(resp, req, environ, request_time)
        return {
            key: without_secrets(value) if isinstance(value, str) else value
            for key, value in found.items()
        }


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


def line_formatter(as_json: bool) -> structlog.stdlib.ProcessorFormatter:
    """The formatter that ``settings.LOGGING`` names, for every logger of the process."""
    last = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=BEFORE,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask,
            last,
        ],
    )
