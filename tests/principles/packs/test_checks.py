import pytest

from principles.packs import BadPack, read_pack
from tests.principles.samples import small, write


def causes(tmp_path, content, name=""):
    with pytest.raises(BadPack) as refused:
        read_pack(write(tmp_path, content, name))
    return [problem.cause for problem in refused.value.problems]


def expectation(content):
    return content["criteria"][0]["criteria"][0]


def measure(content, index=0):
    return content["criteria"][1]["measures"][index]


def test_small_framework_is_good(tmp_path):
    assert read_pack(write(tmp_path, small())).key == "small@1"


def test_file_name_must_be_that_of_the_edition(tmp_path):
    assert causes(tmp_path, small(), "other.yaml") == [
        "this code and label belong in a file named small-1.yaml"
    ]


def test_end_before_start_is_refused(tmp_path):
    content = small()
    content["edition"]["in_force_to"] = "2025-12-31"
    assert causes(tmp_path, content) == ["is before in_force_from"]


@pytest.mark.parametrize("where", ["edition", "criterion", "measure", "pair"])
def test_unknown_source_is_refused(tmp_path, where):
    content = small()
    citing = {
        "edition": content["edition"],
        "criterion": expectation(content),
        "measure": measure(content),
        "pair": content["double_count_pairs"][0],
    }[where]
    citing["source"] = "gossip"
    assert causes(tmp_path, content) == ["'gossip' is not listed under sources"]


def test_source_that_nothing_cites_is_refused(tmp_path):
    content = small()
    content["sources"]["spare"] = {"title": "Spare", "publisher": "Nobody"}
    assert causes(tmp_path, content) == ["the source 'spare' is never cited"]


def test_criteria_without_a_scale_are_refused(tmp_path):
    content = small()
    del content["scale"]
    assert causes(tmp_path, content) == ["P1.1 can be assessed, but the file has no scale"]


def test_scale_that_does_not_go_up_is_refused(tmp_path):
    content = small()
    content["scale"][1]["value"] = 0
    assert causes(tmp_path, content) == ["scale points go up, and each value is used once"]


def test_repeated_criterion_code_is_refused(tmp_path):
    content = small()
    content["criteria"][0]["criteria"].append(dict(expectation(content), code="p1.1"))
    assert "the code p1.1 is used twice" in causes(tmp_path, content)


def test_code_outside_its_parents_is_refused(tmp_path):
    content = small()
    expectation(content)["code"] = "Q1"
    assert causes(tmp_path, content) == ["Q1 does not start with its parent's code P1"]


def test_assessable_node_with_parts_is_refused(tmp_path):
    content = small()
    expectation(content)["criteria"] = [dict(expectation(content), code="P1.1.1")]
    assert causes(tmp_path, content) == [
        "P1.1 has a level and parts of its own: only the lowest are assessed"
    ]


def test_heading_over_nothing_is_refused(tmp_path):
    content = small()
    del content["criteria"][0]["criteria"]
    assert causes(tmp_path, content) == ["P1 has neither a level nor anything below it"]


def test_heading_over_criteria_and_measures_is_refused(tmp_path):
    content = small()
    content["criteria"][0]["measures"] = [dict(measure(content), code="M9")]
    assert causes(tmp_path, content) == ["P1 has both criteria and measures below it"]


def test_phase_that_differs_from_the_parents_is_refused(tmp_path):
    content = small()
    content["criteria"][0]["phase"] = "plan"
    assert causes(tmp_path, content) == ["P1.1 is in another phase than P1"]


def test_repeated_measure_is_refused(tmp_path):
    content = small()
    measure(content, 1)["code"] = "m1"
    assert "the measure m1 is used twice" in causes(tmp_path, content)


@pytest.mark.parametrize(("index", "basis"), [(0, "none"), (3, "fixed")])
def test_value_basis_that_does_not_fit_the_kind_is_refused(tmp_path, index, basis):
    content = small()
    measure(content, index)["value_basis"] = basis
    assert "a record-only measure has the value basis 'none'" in causes(tmp_path, content)[0]


def test_pound_for_pound_measure_not_counted_in_pounds_is_refused(tmp_path):
    content = small()
    measure(content, 2)["unit"] = "hours"
    assert causes(tmp_path, content) == ["M3 is pound for pound, so its unit starts with £"]


@pytest.mark.parametrize(
    ("first", "second", "cause"),
    [
        ("M1", "M9", "M9 is not a measure of this file"),
        ("M1", "M1", "M1 is paired with itself"),
        ("M2", "M1", "the pair M1 and M2 is listed twice"),
    ],
)
def test_bad_pair_is_refused(tmp_path, first, second, cause):
    content = small()
    content["double_count_pairs"].append(
        {"first": first, "second": second, "reason": "The same.", "source": "book"}
    )
    assert causes(tmp_path, content) == [cause]


def design_only():
    """The small framework without anything that is assessed or counted."""
    content = small()
    content["edition"]["for_assessment"] = False
    del content["scale"], content["double_count_pairs"]
    content["criteria"] = [
        {
            "code": "T1",
            "title": "A theme",
            "explanation": "What it means.",
            "source": "book",
            "locator": "Page 1",
        }
    ]
    return content


def test_edition_for_design_needs_no_level(tmp_path):
    pack = read_pack(write(tmp_path, design_only()))
    assert not pack.for_assessment
    assert not pack.criteria[0].is_assessable


def test_edition_for_design_with_what_is_assessed_is_refused(tmp_path):
    content = small()
    content["edition"]["for_assessment"] = False
    assert causes(tmp_path, content) == [
        "an edition that is not for assessment has no scale",
        "P1.1: an edition that is not for assessment has no level",
        "T1: an edition that is not for assessment has no measures",
    ]


def test_edition_is_for_assessment_where_nothing_is_said(tmp_path):
    assert read_pack(write(tmp_path, small())).for_assessment
