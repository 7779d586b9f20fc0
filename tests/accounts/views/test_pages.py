"""Help, accessibility, privacy, health; and what every page carries."""

import re

import pytest

from django.utils.html import escape

from accounts.enums import ROLE_DESCRIPTIONS

pytestmark = pytest.mark.django_db

PAGES = ("/help/", "/accessibility/", "/privacy/", "/sign-in/", "/verify/")


@pytest.mark.parametrize("path", PAGES)
def test_page_leads_to_help_accessibility_and_privacy(client, path):
    text = client.get(path).content.decode()
    assert [f'href="{link}"' in text for link in ("/help/", "/accessibility/", "/privacy/")] == [
        True
    ] * 3


@pytest.mark.parametrize("path", PAGES)
def test_page_has_one_heading_and_a_title(client, path):
    text = client.get(path).content.decode()
    assert (len(re.findall(r"<h1\b", text)), len(re.findall(r"<title>[^<]+</title>", text))) == (
        1,
        1,
    )


def test_help_explains_every_role(client):
    text = client.get("/help/").content.decode()
    assert [words for words in ROLE_DESCRIPTIONS.values() if escape(words) not in text] == []


def test_health_says_ok_and_nothing_else(client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (
        200,
        b"ok",
        "text/plain",
    )


def test_page_forbids_inline_code_and_framing(client):
    answer = client.get("/help/")
    policy = answer["Content-Security-Policy"]
    assert ("unsafe" in policy, "script-src 'self'" in policy, answer["X-Frame-Options"]) == (
        False,
        True,
        "DENY",
    )
