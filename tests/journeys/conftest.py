"""Browser, installation and people of the journeys."""

import base64
import hashlib
import hmac
import os
import struct
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from accounts.demonstration import PASSWORD, TOTP_SECRET
from tests.journeys.compose_file import command_of, environment_of
from tests.journeys.installation import ROOT, Installation
from tests.journeys.two_roles import TwoRoles, two_roles

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
HALF_MINUTE = 30
CHROMIUM = "/usr/bin/chromium"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """Frameworks, policy and people; no notices and no work yet. Web and worker run."""
    made = with_people(Installation(tmp_path_factory.mktemp("installation")))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def installation_with_roles(tmp_path_factory):
    """The same on PostgreSQL, under the role of the application, as in the compose file."""
    with two_roles() as roles:
        made = Installation(
            tmp_path_factory.mktemp("installation"),
            extra={"DATABASE_URL": roles.runtime_url},
            owner=roles.for_owner,
        )
        yield with_people(made)
        made.stop()


def with_people(made: Installation) -> Installation:
    made.manage("prepare", as_owner=True)
    made.manage("make_signing_key")
    made.python("from accounts import demonstration; demonstration.create()")
    made.start_web_and_worker()
    return made


@pytest.fixture
def roles():
    with two_roles() as made:
        yield made


@pytest.fixture
def production(tmp_path, roles):
    made = production_installation(tmp_path, roles)
    yield made
    made.stop()


def production_installation(folder: Path, roles: TwoRoles) -> Installation:
    """The compose file's own environment, but for where the servers are. Nothing runs yet."""
    made = Installation(folder, owner=roles.for_owner)
    made.extra = production_environment(made, roles)
    subprocess.run(["redis-cli", "-u", REDIS, "flushdb"], check=True, capture_output=True)
    made.manage("make_signing_key")
    made.manage("collectstatic", "--noinput")
    prepare(made)
    return made


def production_environment(made: Installation, roles: TwoRoles) -> dict[str, str]:
    given = {
        "SECRET_KEY": "a-long-random-text-for-this-test-only-0123456789-abcdefghij",
        "SEALING_KEY": "5e" * 32,
        "POSTGRES_RUNTIME_PASSWORD": "unused",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": made.url,
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": "assurance@council.example",
        "SECURE_SSL_REDIRECT": "false",
        "SCANNER_COMMAND": "none",
        "REDIS_PASSWORD": "unused",
        "SIGNING_DIR": str(made.folder / "signing"),
    }
    return environment_of("web", given) | {
        "DATABASE_URL": roles.runtime_url,
        "CELERY_BROKER_URL": REDIS,
        "CACHE_URL": REDIS,
        "MEDIA_DIR": str(made.folder / "media"),
        "STATIC_DIR": str(made.folder / "static"),
        "SIGNING_KEY_FILE": str(made.folder / "signing" / "key.pem"),
        "SIGNING_CERTIFICATE_FILE": str(made.folder / "signing" / "certificate.pem"),
    }


def prepare(made: Installation) -> None:
    """The command of ``prepare``, as the owner of the database."""
    done = subprocess.run(
        command_of("prepare", made),
        cwd=ROOT,
        env=made.environment | made.owner,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def demonstration_site(tmp_path_factory):
    """The full demonstration, as ``make demo`` makes it. Web and worker run."""
    made = Installation(tmp_path_factory.mktemp("demonstration"))
    made.manage("seed_demonstration", mail=False)
    made.start_web_and_worker()
    yield made
    made.stop()


def unused_code(site: Installation, email: str) -> str:
    """A code that holds now and that this person has not used here: each works once.

    Codes of the half minutes before and after hold as well; where all three are used, it waits.
    """
    used = site.used_codes.setdefault(email, set())
    while True:
        now = int(time.time()) // HALF_MINUTE
        for counter in (now, now + 1, now - 1):
            if counter not in used:
                used.add(counter)
                return totp_code(counter)
        time.sleep(1)


def totp_code(counter: int) -> str:
    """The code of the demonstration's authenticator for a half minute (RFC 6238)."""
    counter = struct.pack(">Q", counter)
    digest = hmac.new(base64.b32decode(TOTP_SECRET), counter, hashlib.sha1).digest()
    place = digest[19] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


class Visitor:
    """A person at a browser of their own. Every page that they come to is checked by axe."""

    def __init__(self, browser, site: Installation, *, javascript: bool = True, width: int = 1280):
        self.site = site
        self.javascript = javascript
        self.context = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 900}
        )
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.email = ""
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note(self, message) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.problems.append(message.text)

    def go(self, path: str) -> "Visitor":
        self.page.goto(path if path.startswith("http") else f"{self.site.url}{path}")
        return self.check()

    def sign_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        self.go("/sign-in/")
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", password)
        self.press("Sign in")
        self.email = email
        if "/second-factor/" in self.page.url:
            self.page.fill("#id_code", unused_code(self.site, email))
            self.press("Sign in")
        return self

    def press(self, name: str) -> "Visitor":
        button = self.page.get_by_role("button", name=name, exact=True).first
        with self.page.expect_navigation():
            button.click()
        return self.check()

    def follow(self, name: str, exact: bool = False) -> "Visitor":
        link = self.page.get_by_role("link", name=name, exact=exact).first
        with self.page.expect_navigation():
            link.click()
        return self.check()

    def choose(self, label: str) -> "Visitor":
        self.page.get_by_label(label, exact=True).first.check()
        return self

    def says(self, text: str) -> "Visitor":
        assert text in self.page.inner_text("body"), (
            f"{text!r} is not on {self.page.url}:\n{self.page.inner_text('main')[:1500]}"
        )
        return self

    def check(self) -> "Visitor":
        """Axe finds nothing, the page has one h1, and nothing went wrong in the console."""
        self.page.wait_for_load_state("load")
        assert self.page.locator("h1").count() == 1, self.page.url
        if self.javascript:
            found = axe(self.page)
            assert found == [], f"{self.page.url}: {found}"
        assert self.problems == [], self.problems
        if "/second-factor/again/" in self.page.url:
            # A long journey: the last code was given more than 15 minutes ago.
            self.page.fill("#id_code", unused_code(self.site, self.email))
            return self.press("Confirm")
        return self

    def fill_date(self, name: str, day) -> "Visitor":
        for part in ("day", "month", "year"):
            self.page.fill(f"#id_{name}_{part}", str(getattr(day, part)))
        return self

    def close(self) -> None:
        self.context.close()


def axe(page: Page) -> list:
    """The violations that axe finds, each with its rule and the first element."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text())
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS
    )
    return [(row["id"], row["nodes"][0]["html"][:200]) for row in result["violations"]]


@pytest.fixture
def visit(browser):
    """``visit(site, "priya")``: a person at a browser, signed in when they have a name."""
    opened: list[Visitor] = []

    def visitor(site: Installation, name: str = "", **options) -> Visitor:
        person = Visitor(browser, site, **options)
        opened.append(person)
        return person.sign_in(f"{name}@demonstration.example") if name else person

    yield visitor
    for person in opened:
        person.close()


@pytest.fixture(scope="session")
def shots() -> Path | None:
    """Where pictures of the pages go, when ``SCREENSHOTS`` names a folder."""
    folder = os.environ.get("SCREENSHOTS")
    return Path(folder) if folder else None
