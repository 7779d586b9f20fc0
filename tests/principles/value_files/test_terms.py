import pytest
import yaml

from principles.packs import BadPack
from principles.value_files import read_terms

GOOD = {
    "edition": "small@1",
    "title": "Values",
    "label": "v-1",
    "licence": "Ours",
    "in_force_from": "2026-01-01",
    "gross_of_deadweight": True,
    "is_illustrative": False,
}


def terms(tmp_path, **changes):
    content = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    path = tmp_path / "values.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False))
    return read_terms(path)


def test_terms_are_read(tmp_path):
    key, found = terms(tmp_path)
    assert key == "small@1"
    assert found.in_force_to is None
    assert found.gross_of_deadweight


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"licence": None}, "values.yaml:1: 'licence' is a required property"),
        ({"colour": "red"}, "values.yaml:1: Additional properties are not allowed"),
        ({"edition": "small"}, "values.yaml:1: 'small' does not match"),
        ({"gross_of_deadweight": "perhaps"}, "values.yaml:6: 'perhaps' is not of type"),
        ({"in_force_from": "soon"}, "values.yaml:5: 'soon' is not a 'date'"),
        ({"in_force_to": "2025-01-01"}, "values.yaml:8: is before in_force_from"),
    ],
)
def test_bad_terms_name_file_line_and_cause(tmp_path, changes, problem):
    with pytest.raises(BadPack) as refused:
        terms(tmp_path, **changes)
    assert str(refused.value).startswith(problem)
