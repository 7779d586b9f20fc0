"""A PostgreSQL database with the two roles that the compose file's own script makes."""

import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.journeys.compose_file import compose
from tests.journeys.installation import ROOT

SCRIPT = ROOT / "config" / "deployment" / "postgres-roles.sh"
MOUNTED = "./config/deployment/postgres-roles.sh:/docker-entrypoint-initdb.d/postgres-roles.sh:ro"


@dataclass(frozen=True)
class TwoRoles:
    """A database, and how its owner and the application connect to it."""

    name: str
    owner: str
    runtime: str
    place: str

    @property
    def owner_url(self) -> str:
        return f"postgres://{self.owner}:words-of-the-owner@{self.place}/{self.name}"

    @property
    def runtime_url(self) -> str:
        return f"postgres://{self.runtime}:words-of-the-application@{self.place}/{self.name}"

    @property
    def for_owner(self) -> dict[str, str]:
        """The environment in which ``manage.py prepare`` runs."""
        return {"DATABASE_URL": self.owner_url, "RUNTIME_ROLE": self.runtime}


def psql(statement: str, database: str = "postgres") -> str:
    done = subprocess.run(["psql", "-qAtc", statement, database], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def make_roles(roles: TwoRoles) -> None:
    """Run the script as the image of postgres does."""
    assert MOUNTED in compose()["services"]["postgres"]["volumes"]
    done = subprocess.run(
        [str(SCRIPT)],
        env={
            **os.environ,
            "POSTGRES_USER": psql("SELECT current_user"),
            "POSTGRES_DB": roles.name,
            "OWNER_ROLE": roles.owner,
            "OWNER_PASSWORD": "words-of-the-owner",
            "RUNTIME_ROLE": roles.runtime,
            "RUNTIME_PASSWORD": "words-of-the-application",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def two_roles() -> Iterator[TwoRoles]:
    """A new, empty database with its two roles; all three are gone afterwards."""
    name = f"ethics_{uuid.uuid4().hex[:8]}"
    host = os.environ.get("PGHOST", "127.0.0.1")
    host = "127.0.0.1" if host.startswith("/") else host
    roles = TwoRoles(name, f"{name}_owner", f"{name}_runtime", f"{host}:{psql('SHOW port')}")
    psql(f"CREATE DATABASE {name}")
    try:
        make_roles(roles)
        yield roles
    finally:
        psql(f"DROP DATABASE {name} WITH (FORCE)")
        psql(f"DROP ROLE IF EXISTS {roles.owner}")
        psql(f"DROP ROLE IF EXISTS {roles.runtime}")
