import pytest

from principles.packs import BadPack
from principles.packs.lines import MAX_BYTES, read_document


def document(tmp_path, text):
    path = tmp_path / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path)


def test_read_document_keeps_dates_as_text(tmp_path):
    assert document(tmp_path, "day: 2026-01-01\ncount: 3\n").content == {
        "day": "2026-01-01",
        "count": 3,
    }


def test_problem_names_the_line_of_the_part(tmp_path):
    found = document(tmp_path, "a:\n  - b: 1\n  - b: 2\n")
    assert str(found.problem(("a", 1, "b"), "is wrong")) == "file.yaml:3: is wrong"


def test_problem_of_a_part_that_is_missing_names_what_is_above(tmp_path):
    found = document(tmp_path, "a:\n  - b: 1\n")
    assert found.problem(("a", 0, "c"), "is missing").line == 2


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("", 1, "is empty"),
        ("a: 1\nb: [1,\n", 3, "is not valid YAML"),
        ("a: 1\nb: 1\na: 2\n", 3, "repeats the key 'a'"),
        ("a: 1\nlabel: 2026.1\n", 2, "write the number 2026.1 in quotes"),
        ("a: &x [1]\nb: *x\n", 2, "uses a YAML alias"),
        ("a: !!python/name:os.system x\n", 1, "has a value of the kind"),
        ("a: !!binary aGk=\n", 1, "has a value of the kind"),
        ("? [a]\n: 1\n", 1, "has a key that is not plain text"),
        (b"a: 1\nb: \xff\n", 2, "is not UTF-8 text"),
        ("a: 1\nb: 0x1F\n", 2, "'0x1F' is not a plain whole number"),
        ("a: 1\nb: 017\n", 2, "'017' is not a plain whole number"),
        (b"#" * (MAX_BYTES + 1), 1, "is larger than 2 MB"),
        ("[" * 5000 + "]" * 5000, 1, "is nested too deeply"),
    ],
)
def test_read_document_refuses(tmp_path, text, line, cause):
    with pytest.raises(BadPack) as refused:
        document(tmp_path, text)
    assert [problem.line for problem in refused.value.problems] == [line]
    assert cause in refused.value.problems[0].cause


def test_read_document_of_a_missing_file(tmp_path):
    with pytest.raises(BadPack) as refused:
        read_document(tmp_path / "none.yaml")
    assert str(refused.value) == "none.yaml:1: cannot be read: No such file or directory"
