from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from principles.packs import BadPack, read_pack, read_packs
from tests.principles.samples import small, write


def spoil(content, path, value):
    for step in path[:-1]:
        content = content[step]
    if value is None:
        del content[path[-1]]
    else:
        content[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "cause"),
    [
        (("framework",), None, "'framework' is a required property"),
        (("framework", "code"), "Bad Code", "does not match"),
        (("edition", "licence"), None, "'licence' is a required property"),
        (("edition", "basis"), "guess", "is not one of"),
        (("edition", "in_force_from"), "2026-02-30", "is not a 'date'"),
        (("edition", "surprise"), "x", "Additional properties are not allowed"),
        (("edition", "label"), 2026, "is not of type 'string'"),
        (("criteria",), [], "should be non-empty"),
        (("criteria", 0, "criteria", 0, "level"), "extreme", "is not one of"),
        (("criteria", 0, "criteria", 0, "good"), None, "'good' is a dependency of 'level'"),
        (("criteria", 0, "criteria", 0, "weight"), "0.0", "does not match"),
        (("criteria", 0, "criteria", 0, "weight"), "-1", "does not match"),
        (("criteria", 0, "criteria", 0, "title"), "  ", "does not match"),
        (("criteria", 1, "measures", 0, "unit"), None, "'unit' is a required property"),
        (("criteria", 1, "measures", 0, "kind"), "magic", "is not one of"),
        (("scale",), [{"value": 0, "label": "No", "description": "No"}], "is too short"),
        (("scale", 0, "value"), "low", "is not of type 'integer'"),
    ],
)
def test_read_pack_refuses_what_the_schema_does_not_allow(tmp_path, path, value, cause):
    content = small()
    spoil(content, path, value)
    with pytest.raises(BadPack) as refused:
        read_pack(write(tmp_path, content))
    assert any(cause in problem.cause for problem in refused.value.problems)
    assert all(problem.line >= 1 for problem in refused.value.problems)


def test_read_pack_names_file_line_and_cause(tmp_path):
    content = small()
    content["scale"][1]["value"] = "high"
    path = write(tmp_path, content)
    line = path.read_text().splitlines().index("- value: high") + 1
    with pytest.raises(BadPack) as refused:
        read_pack(path)
    assert str(refused.value) == (
        f"small-1.yaml:{line}: scale.1.value: 'high' is not of type 'integer'"
    )


def test_read_pack_lists_every_problem(tmp_path):
    content = small()
    content["edition"]["basis"] = "guess"
    content["scale"][0]["value"] = "low"
    with pytest.raises(BadPack) as refused:
        read_pack(write(tmp_path, content))
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n", "null\n"])
def test_read_pack_of_something_else(tmp_path, text):
    path = tmp_path / "small-1.yaml"
    path.write_text(text)
    with pytest.raises(BadPack):
        read_pack(path)


def test_criteria_inherit_the_basis_and_count_in_reading_order(tmp_path):
    content = small()
    content["criteria"][0]["basis"] = "official"
    pack = read_pack(write(tmp_path, content))
    assert [(row.code, row.parent_code, row.basis, row.position) for row in pack.criteria] == [
        ("P1", "", "official", 1),
        ("P1.1", "P1", "own_synthesis", 2),
        ("T1", "", "own_synthesis", 3),
    ]


@given(whole=st.integers(0, 999_999), part=st.text("0123456789", min_size=1, max_size=6))
def test_weight_stays_exact(tmp_path_factory, whole, part):
    text = f"{whole}.{part}"
    content = small()
    content["criteria"][0]["criteria"][0]["weight"] = text
    path = write(tmp_path_factory.mktemp("packs"), content)
    if Decimal(text) == 0:
        with pytest.raises(BadPack):
            read_pack(path)
    else:
        assert str(read_pack(path).criteria[1].weight) == text


def test_hash_ignores_layout_and_sees_words(tmp_path):
    path = write(tmp_path, small())
    before = read_pack(path)
    path.write_text("# a comment\n\n" + path.read_text())
    assert read_pack(path).content_sha256 == before.content_sha256
    path.write_text(path.read_text().replace("What is expected.", "What is wanted."))
    assert read_pack(path).content_sha256 != before.content_sha256


def test_read_packs_refuses_one_edition_in_two_files(tmp_path):
    (tmp_path / "again").mkdir()
    paths = [write(tmp_path, small()), write(tmp_path / "again", small())]
    with pytest.raises(BadPack, match="small@1 is given twice"):
        read_packs(paths)


def test_read_packs_refuses_two_titles_of_one_framework(tmp_path):
    later = small()
    later["edition"]["label"] = "2"
    later["framework"]["title"] = "Another title"
    with pytest.raises(BadPack, match=r"small has another title in small-1\.yaml"):
        read_packs([write(tmp_path, small()), write(tmp_path, later)])


def test_read_packs_lists_the_problems_of_every_file(tmp_path):
    one, two = small(), small()
    one["edition"]["basis"] = two["edition"]["basis"] = "guess"
    two["edition"]["label"] = "2"
    with pytest.raises(BadPack) as refused:
        read_packs([write(tmp_path, one), write(tmp_path, two)])
    assert [problem.file for problem in refused.value.problems] == [
        "small-1.yaml",
        "small-2.yaml",
    ]
