"""What a person or an organisation may be called."""

import pytest

from accounts.names import UnusableName, clean_name, is_reserved, looks_like


@pytest.mark.parametrize(
    "name",
    [
        "Adam Whitfield",
        "Nguyễn Văn An",
        "محمد علي",
        "Ṣadé Adéyẹmí",
        "O'Brien-Smith",
        "李明",
        "Олена",
    ],
)
def test_names_of_people_are_kept(name):
    assert clean_name(name) == name


def test_spaces_become_single_plain_ones():
    assert clean_name(" Adam\u00a0\u2003 Whitfield\n") == "Adam Whitfield"


def test_name_is_kept_in_composed_form():
    assert clean_name("Jose\u0301") == "José"


@pytest.mark.parametrize(
    "name",
    [
        "Ad\u200bam", "\u202eAdam", "Ad\u0000am", "Ad\u2066am", "Ad\ue000am", "\u3164",
        "Ad\u00adam", "\ud800", "Adam\u2028",
    ],
)  # fmt: skip
def test_characters_that_cannot_be_seen_are_refused_by_number(name):
    with pytest.raises(UnusableName, match=r"cannot be seen \(U\+[0-9A-F]{4}\)"):
        clean_name(name)


@pytest.mark.parametrize("name", ["...", "", "  ", "—"])
def test_name_needs_a_letter(name):
    with pytest.raises(UnusableName, match="at least one letter"):
        clean_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "system: importer", "System : importer", "ѕyѕtem: importer", "Ｓｙｓｔｅｍ：x",
        "The System", "SYSTEM", "the  sуstem", "someone not signed in", "0perator", "Adminіstrator",
    ],
)  # fmt: skip
def test_name_by_which_the_records_name_the_system_is_refused(name):
    with pytest.raises(UnusableName, match="kept for the system"):
        clean_name(name)


@pytest.mark.parametrize("name", ["Systemic Care CIC", "Sy Stemson", "Operator Theatre Ltd"])
def test_name_that_only_begins_alike_is_not_reserved(name):
    assert not is_reserved(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adam Whitfield", "Аdаm Whitfіeld"),
        ("Adam Whitfield", "ADAM  WHITFIELD"),
        ("Adam Whitfield", "Adam Whitfie1d"),
        ("José Núñez", "Jose Nunez"),
    ],
)
def test_names_that_the_eye_takes_for_each_other(one, other):
    assert looks_like(one) == looks_like(other)


def test_different_names_look_different():
    names = ["Adam Whitfield", "Anna Whitfield", "محمد علي", "李明", "Олена", ""]
    assert len({looks_like(name) for name in names}) == len(names)
