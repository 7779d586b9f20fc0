from io import StringIO

import pytest

from django.core.management import CommandError, call_command

from principles.models import ValueSet

TERMS = """\
edition: national-toms@2019.1
title: Values
label: v-1
licence: Ours
in_force_from: '2026-01-01'
gross_of_deadweight: false
is_illustrative: true
"""
HEADING = "measure,unit,value_gbp,locality,source,date\n"


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("load_value_set", *arguments, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue(), ""
    except CommandError as wrong:
        return out.getvalue(), err.getvalue(), str(wrong)


@pytest.fixture
def write(tmp_path):
    def write(values, terms=TERMS):
        (tmp_path / "values.csv").write_text(HEADING + values)
        (tmp_path / "values.yaml").write_text(terms)
        return str(tmp_path / "values.csv")

    return write


def test_illustrative_set_loads_and_again_changes_nothing(editions):
    assert run()[0] == "Illustrative values (fictitious) (illustrative-1): published\n"
    assert run()[0].endswith("published before, unchanged\n")
    assert ValueSet.objects.get().is_illustrative


def test_dry_run_writes_nothing(editions):
    assert run("--dry-run")[0] == "40 values are good. Nothing was written.\n"
    assert not ValueSet.objects.exists()


def test_every_problem_is_printed_and_nothing_written(editions, write):
    path = write("NT1,FTE people,0,,S,2026-01-01\nNT2,percent,1,,S,2026-01-01\n")
    _out, err, wrong = run(path)
    assert err.splitlines() == [
        "values.csv: Row 2, value_gbp: “0” must be more than 0",
        "values.csv: Row 3, measure: NT2 is record only and has no value in pounds",
    ]
    assert wrong == "2 to put right. Nothing was written."
    assert not ValueSet.objects.exists()


def test_measures_without_a_value_are_named(editions, write):
    out, _err, wrong = run(write("NT1,FTE people,1,,S,2026-01-01\n"))
    assert wrong == ""
    assert out.startswith("Measures without a value: NT3, NT4")


def test_set_of_an_organisation(editions, people, write):
    council = people.organisations["council"]
    run(write("NT1,FTE people,1,,S,2026-01-01\n"), "--owner", council.reference)
    assert ValueSet.objects.get().owner == council


@pytest.mark.parametrize(
    ("arguments", "terms", "wrong"),
    [
        (("--owner", "ORG-NONE"), TERMS, "There is no organisation ORG-NONE."),
        (
            (),
            TERMS.replace("2019.1", "1999.1"),
            "The edition national-toms@1999.1 is not published here: load_frameworks first.",
        ),
        ((), TERMS.replace("label: v-1\n", ""), "values.yaml:1: 'label' is a required property"),
    ],
)
def test_terms_that_do_not_fit_are_refused(editions, write, arguments, terms, wrong):
    path = write("NT1,FTE people,1,,S,2026-01-01\n", terms)
    assert run(path, *arguments)[2] == wrong


def test_missing_file_is_named(editions, write, tmp_path):
    write("")
    (tmp_path / "values.csv").unlink()
    assert run(str(tmp_path / "values.csv"))[2].startswith("values.csv cannot be read")


def test_changed_values_under_the_same_label_are_refused(editions, write):
    run(write("NT1,FTE people,1,,S,2026-01-01\n"))
    assert "never changes" in run(write("NT1,FTE people,2,,S,2026-01-01\n"))[2]
