"""The drill: an installation is backed up, and comes back on an empty machine as it was."""

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.installation import Installation
from tests.journeys.two_roles import two_roles

pytestmark = [pytest.mark.production, pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]

# People, work, evidence, a sealed bid, two reports and a document of a procurement, all signed.
FILL = """
import json
from accounts import demonstration, jobs
from accounts.access import Actor
from accounts.models import Job
from commissioning import demonstration as bids
from scorecards import demonstration as work
from scorecards.actions import request_ethics_schedule, request_report
people = demonstration.create()
cards = work.create_work(people)
report = request_report(actor=Actor.of(people.users['evan']), scorecard=cards['rating'])
exercise = bids.design(people, 'Meals at home')
bids.staff(people, exercise)
bids.prepare_openers(people, exercise)
exercise.refresh_from_db()
exercise = bids.publish(people, exercise, '2026/S 000-080001')
bids.bid(people, exercise, bids.OFFERS[0])
request_ethics_schedule(actor=Actor.of(people.users['priya']), exercise=exercise)
for job in Job.objects.order_by('pk'):
    jobs.run(job.pk)
print(json.dumps({'report': report.reference, 'exercise': exercise.reference}))
"""
# Every row of every table, as one hash a table.
ROWS = """
import hashlib, json
from django.apps import apps
from django.core import serializers
print(json.dumps({
    model._meta.label: hashlib.sha256(
        serializers.serialize('json', model._base_manager.order_by('pk')).encode()
    ).hexdigest()
    for model in apps.get_models()
}))
"""


class Machines:
    """Makes installations, over SQLite or over PostgreSQL with both roles, in empty folders."""

    def __init__(self, engine: str, folder: Path, stack: ExitStack):
        self.engine, self.folder, self.stack = engine, folder, stack

    def new(self, name: str, port: int | None = None) -> Installation:
        (self.folder / name).mkdir()
        made = Installation(self.folder / name, **({"port": port} if port else {}))
        if self.engine == "postgresql":
            roles = self.stack.enter_context(two_roles())
            made.extra = {"DATABASE_URL": roles.runtime_url}
            made.owner = roles.for_owner
        self.stack.callback(made.stop)
        return made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def machines(request, tmp_path_factory):
    with ExitStack() as stack:
        yield Machines(request.param, tmp_path_factory.mktemp(request.param), stack)


@pytest.fixture(scope="module")
def old(machines):
    """The machine that is backed up. ``known`` is what was made there."""
    made = machines.new("old")
    made.manage("prepare", as_owner=True)
    made.manage("make_signing_key")
    made.known = json.loads(made.python(FILL).splitlines()[-1])
    return made


@pytest.fixture(scope="module")
def backup(old, machines):
    """The folders of the backup and of its keys, as the role of the application writes them."""
    folder, keys = machines.folder / "backup", machines.folder / "keys"
    printed = old.manage("backup", str(folder), "--keys", str(keys))
    assert ("the database and" in printed, f"{keys}: the keys" in printed) == (True, True)
    return folder, keys


@pytest.fixture(scope="module")
def restored(machines, old, backup):
    """The new machine, after the restore; ``said`` is what the restore printed."""
    folder, keys = backup
    made = machines.new("new")
    made.manage("restore_keys", str(keys))
    made.said = made.manage("restore", str(folder), as_owner=True)
    return made


def test_everything_verifies_on_the_new_machine(restored):
    assert [line.split(":")[0] for line in restored.said.splitlines()] == [
        "Restored",
        "The trail fits",
        "Signatures were checked with the certificates kept beside them. Bring your own copy with "
        "--certificate.",
        "All fit, report",
        "All fit, document of an award",
        "All fit, file of evidence",
    ]
    assert not [line for line in restored.said.splitlines() if line.endswith(": 0.")]
    certificate = restored.folder / "signing" / "certificate.pem"
    for command in ("verify_trail", "verify_documents"):
        restored.manage(command, "--certificate", str(certificate))


def test_every_row_is_what_it_was(old, restored):
    assert json.loads(restored.python(ROWS)) == json.loads(old.python(ROWS))


def test_people_sign_in_and_go_on_with_their_work(old, restored, visit):
    """A password, a second factor, which is sealed under SEALING_KEY, and a page of a report."""
    if not restored.processes:
        restored.start_web_and_worker()
    anna = visit(restored, "anna")
    anna.says("Anna Kowalska")
    evan = visit(restored, "evan")
    evan.go(f"/reports/{old.known['report']}/").says("Download the PDF")
    sam = visit(restored, "sam")
    sam.go(f"/opportunities/{old.known['exercise']}/").says("Meals at home")


def test_keys_lie_apart_and_shut_to_others(backup):
    folder, keys = backup
    assert {path.stat().st_mode & 0o777 for path in (folder, keys)} == {0o700}
    assert {path.stat().st_mode & 0o77 for path in keys.iterdir()} == {0}
    secrets = [(keys / name).read_bytes() for name in ("SECRET_KEY", "SEALING_KEY")]
    secrets.append((keys / "SIGNING_KEY_FILE").read_bytes())
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert [secret for secret in secrets if secret in content] == [], path


def test_machine_that_is_in_use_is_not_overwritten(old, backup):
    folder, keys = backup
    for command, place in (("restore", folder), ("restore_keys", keys)):
        refused = old.run(command, str(place), as_owner=True)
        assert (refused.returncode, "is not empty" in refused.stderr) == (1, True)


@pytest.fixture(scope="module")
def empty(machines, backup):
    """A machine with the keys, into which nothing was restored."""
    made = machines.new("empty")
    made.manage("restore_keys", str(backup[1]))
    return made


def test_another_sealing_key_is_refused(empty, backup):
    empty.extra["SEALING_KEY"] = "6f" * 32
    refused = empty.run("restore", str(backup[0]), as_owner=True)
    del empty.extra["SEALING_KEY"]
    assert (refused.returncode, "SEALING_KEY, with" in refused.stderr) == (1, True)
    assert not (empty.folder / "media").exists()


@pytest.mark.parametrize("damaged", ["database/database.*", "files/files.tar", "*/manifest.json"])
def test_damaged_backup_is_refused_by_name(empty, backup, damaged):
    place = sorted(backup[0].glob(damaged))[0]
    before = place.read_bytes()
    flip_a_byte(place)
    refused = empty.run("restore", str(backup[0]), as_owner=True)
    place.write_bytes(before)
    assert (refused.returncode, str(place) in refused.stderr) == (1, True), refused.stderr
    assert not (empty.folder / "media").exists()


@pytest.mark.parametrize("kind", ["reports", "award-documents", "evidence"])
def test_file_that_is_damaged_on_the_new_machine_is_named(restored, kind):
    place = next(one for one in (restored.folder / "media" / kind).rglob("*") if one.is_file())
    before = place.read_bytes()
    flip_a_byte(place)
    found = restored.run("verify_documents")
    place.write_bytes(before)
    name = str(place.relative_to(restored.folder / "media"))
    assert (found.returncode, name in found.stderr) == (1, True), found.stderr
    restored.manage("verify_documents")


def flip_a_byte(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)
