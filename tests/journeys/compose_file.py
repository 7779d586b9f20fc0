"""What ``docker-compose.yml`` says, for tests that run its commands as processes."""

import re

import yaml

from tests.journeys.installation import ROOT, Installation


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def environment_of(service: str, given: dict[str, str]) -> dict[str, str]:
    """The environment of a service, with a person's answers filled in."""
    named = compose()["services"][service]["environment"]
    return {key: _filled(str(value), given) for key, value in named.items()}


def _filled(text: str, given: dict[str, str]) -> str:
    """A compose value with its variables put in, as compose does it."""

    def value(match: re.Match) -> str:
        name, kind, rest = match.groups()
        if name in given:
            return given[name]
        assert kind == "-", f"{name} has no value: {rest}"
        return rest

    return re.sub(r"\$\{(\w+)(?::([-?])([^}]*))?\}", value, text)


def command_of(service: str, made: Installation) -> list[str]:
    """The service's command by our own binaries, on this test's port and in its folder."""
    words = compose()["services"][service]["command"]
    words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{made.port}") for word in words]
    words = [word.replace("/tmp/", f"{made.folder}/") for word in words]
    return [str(ROOT / ".venv" / "bin" / words[0]), *words[1:]]


def start(made: Installation, *services: str) -> None:
    for service in services:
        made.start(service, command_of(service, made))
