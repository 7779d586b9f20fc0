from io import StringIO

import pytest

from django.core.management import CommandError, call_command

from principles.models import Edition
from tests.principles.samples import small, write


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("load_frameworks", *arguments, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue(), ""
    except CommandError as wrong:
        return out.getvalue(), err.getvalue(), str(wrong)


def test_check_needs_no_database():
    out, _err, wrong = run("--check")
    assert wrong == ""
    assert out.splitlines() == [
        "cipfa-ifac-2014.1.yaml: cipfa-ifac@2014.1 is good",
        "national-toms-2019.1.yaml: national-toms@2019.1 is good",
        "seven-principles-2026.1.yaml: seven-principles@2026.1 is good",
        "social-value-model-06-20.1.yaml: social-value-model@06-20.1 is good",
    ]


def test_check_prints_file_line_and_cause(tmp_path):
    content = small()
    content["sources"]["spare"] = {"title": "Spare", "publisher": "Nobody"}
    path = write(tmp_path, content)
    line = path.read_text().splitlines().index("  spare:") + 1
    _out, err, wrong = run("--check", str(path))
    assert err == f"small-1.yaml:{line}: the source 'spare' is never cited\n"
    assert wrong == "1 to put right. Nothing was loaded."


@pytest.mark.django_db
def test_load_publishes_and_again_changes_nothing():
    assert run()[0].splitlines() == [
        "cipfa-ifac@2014.1: published",
        "national-toms@2019.1: published",
        "seven-principles@2026.1: published",
        "social-value-model@06-20.1: published",
    ]
    assert run()[0].splitlines()[0] == "cipfa-ifac@2014.1: published before, unchanged"
    assert Edition.objects.count() == 4


@pytest.mark.django_db
def test_load_refuses_a_changed_file(tmp_path):
    content = small()
    run(str(write(tmp_path, content)))
    content["edition"]["licence"] = "Changed"
    _out, err, wrong = run(str(write(tmp_path, content)))
    assert "small@1 is published and never changes" in err
    assert wrong == "1 to put right. Nothing was loaded."


@pytest.mark.django_db
def test_load_of_a_bad_file_loads_no_other(tmp_path):
    bad = small()
    bad["framework"]["code"] = "worse"
    bad["edition"]["basis"] = "guess"
    _out, _err, wrong = run(str(write(tmp_path, small())), str(write(tmp_path, bad)))
    assert wrong
    assert not Edition.objects.exists()
