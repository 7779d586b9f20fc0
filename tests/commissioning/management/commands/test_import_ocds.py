"""The operator's command."""

import json

import pytest

from django.core.management import call_command

from commissioning.models import ImportRun, Procurement
from tests.commissioning.samples import CONTRACTS_FINDER, a_package, a_release


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.json"
    path.write_bytes(a_package(a_release()))
    return path


@pytest.mark.django_db
def test_import_without_people_prints_counts_and_writes_the_report(tmp_path, capsys):
    report = tmp_path / "report.json"
    call_command("import_ocds", str(CONTRACTS_FINDER), report=str(report))
    found = json.loads(report.read_text())
    assert (found["read"], found["created"], found["refused"]) == (114, 114, [])
    assert found["gaps"]["value_not_published"] == 27
    assert "read 114, created 114, updated 0, unchanged 0, refused 0" in capsys.readouterr().out


@pytest.mark.django_db
def test_dry_run_writes_nothing_but_the_report(good, tmp_path, capsys):
    report = tmp_path / "report.json"
    call_command("import_ocds", str(good), dry_run=True, report=str(report))
    assert json.loads(report.read_text())["created"] == 1
    assert Procurement.objects.count() == 0
    assert "Would be: read 1, created 1" in capsys.readouterr().out


@pytest.mark.django_db
def test_unreadable_file_gives_status_1_and_the_others_are_imported(good, tmp_path, capsys):
    broken = tmp_path / "broken.json"
    broken.write_bytes(a_package(a_release())[:-9])
    with pytest.raises(SystemExit) as caught:
        call_command("import_ocds", str(broken), str(good), str(tmp_path / "absent.json"))
    assert caught.value.code == 1
    assert Procurement.objects.count() == 1
    errors = capsys.readouterr().err
    assert "The file is not valid JSON" in errors
    assert "The file can't be opened: No such file or directory." in errors


@pytest.mark.django_db
def test_nothing_is_written_for_an_unreadable_file_alone(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"releases": [')
    with pytest.raises(SystemExit):
        call_command("import_ocds", str(broken))
    assert (Procurement.objects.count(), ImportRun.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_refused_process_is_listed_and_status_stays_0(tmp_path, capsys):
    path = tmp_path / "n.json"
    path.write_bytes(a_package(a_release(), a_release("ocds-b5fd17-bad1", date="soon")))
    call_command("import_ocds", str(path))
    assert (
        "refused ocds-b5fd17-bad1: The release's date 'soon' can't be read."
        in capsys.readouterr().out
    )
