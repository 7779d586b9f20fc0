from datetime import date

import pytest

from accounts.access import Actor
from principles import actions, queries
from principles.enums import Level
from principles.value_files import ValueRow, ValueSetTerms
from tests.principles.conftest import LOADER
from tests.principles.samples import pack

TODAY = date(2026, 11, 21)
READS_OF_AN_EDITION = (
    queries.scale_of,
    queries.criteria_of,
    queries.criterion_tree,
    queries.measures_of,
    queries.double_count_pairs_of,
    queries.known_measures,
)


def keys(editions):
    return sorted(edition.key for edition in editions)


def codes(nodes):
    return [(node.criterion.code, codes(node.children)) for node in nodes]


@pytest.mark.parametrize("name", ["priya", "cara", "oscar", "olive"])
def test_anyone_signed_in_reads_the_library(actor_of, editions, name):
    viewer = actor_of(name)
    assert queries.editions(viewer).count() == 4
    assert len(queries.criteria_of(viewer, editions["cipfa-ifac"])) == 31


@pytest.mark.parametrize("read", READS_OF_AN_EDITION)
def test_nobody_else_reads_the_library(editions, read):
    assert not list(read(Actor(), editions["national-toms"]))
    assert not queries.editions(Actor()).exists()


def test_editions_in_force_are_the_newest_whose_period_holds_the_day(db, tmp_path):
    for label, first, last in (
        ("1", "2024-01-01", None),
        ("2", "2025-01-01", "2025-12-31"),
        ("3", "2027-01-01", None),
    ):
        period = {"label": label, "in_force_from": first}
        if last:
            period["in_force_to"] = last
        actions.publish_editions(actor=LOADER, packs=[pack(tmp_path, **period)])
    in_force = {
        day: keys(queries.editions_in_force(LOADER, date.fromisoformat(day)))
        for day in ("2023-12-31", "2024-01-01", "2025-12-31", "2026-01-01", "2027-01-01")
    }
    assert in_force == {
        "2023-12-31": [],
        "2024-01-01": ["small@1"],
        "2025-12-31": ["small@2"],
        "2026-01-01": ["small@1"],
        "2027-01-01": ["small@3"],
    }


def test_edition_for_design_is_never_among_those_to_assess(editions):
    in_force_with_the_others = date(2025, 1, 1)
    assert "social-value-model@06-20.1" in keys(
        queries.editions_in_force(LOADER, in_force_with_the_others)
    )
    assert keys(queries.editions_to_assess(LOADER, in_force_with_the_others)) == [
        "cipfa-ifac@2014.1",
        "national-toms@2019.1",
    ]


def test_editions_for_design_are_found_whether_in_force_or_not(editions, actor_of):
    assert keys(queries.editions_for_design(actor_of("priya"))) == ["social-value-model@06-20.1"]
    assert not queries.editions_for_design(Actor()).exists()


def test_editions_with_counts_nest_as_the_levels_do(editions):
    counts = {
        row.framework.code: (
            row.core_count,
            row.standard_count,
            row.enhanced_count,
            row.measure_count,
        )
        for row in queries.editions_with_counts(LOADER)
    }
    assert counts == {
        "seven-principles": (8, 22, 34, 0),
        "cipfa-ifac": (8, 18, 31, 0),
        "national-toms": (0, 0, 0, 48),
        "social-value-model": (0, 0, 0, 0),
    }


def test_edition_of_key(editions):
    assert queries.edition_of_key(LOADER, "cipfa-ifac@2014.1") == editions["cipfa-ifac"]
    assert queries.edition_of_key(LOADER, "cipfa-ifac@none") is None
    assert queries.edition_of_key(LOADER, "nonsense") is None


@pytest.mark.parametrize(("level", "count"), [("core", 16), ("standard", 40), ("enhanced", 65)])
def test_criteria_of_editions_at_a_level(editions, level, count):
    chosen = [editions["seven-principles"], editions["cipfa-ifac"]]
    rows = queries.criteria_of_editions(LOADER, chosen, level)
    assert len(rows) == count
    assert {row.level for row in rows} == set(Level(level).included)


def test_criteria_know_their_principle_without_another_query(editions, django_assert_num_queries):
    with django_assert_num_queries(1):
        principles = {
            row.principle.code for row in queries.criteria_of(LOADER, editions["cipfa-ifac"])
        }
    assert principles == set("ABCDEFG")


def test_criterion_tree_holds_headings_over_what_is_found(editions):
    tree = queries.criterion_tree(LOADER, editions["cipfa-ifac"], Level.CORE, "conflicts wrote")
    assert tree == []
    tree = queries.criterion_tree(
        LOADER, editions["cipfa-ifac"], Level.CORE, "conflicts assessment"
    )
    assert codes(tree) == [("A", [("A1", [("A1.1", [])])])]
    assert [tree[0].depth, tree[0].children[0].depth, tree[0].assessable_count] == [0, 1, 1]


def test_criterion_tree_of_measures_keeps_themes_and_outcomes(editions):
    tree = queries.criterion_tree(LOADER, editions["national-toms"], Level.CORE)
    assert [len(node.children) for node in tree] == [4, 5, 4, 4, 3]


@pytest.mark.parametrize("code", ["seven-principles", "cipfa-ifac"])
def test_criterion_tree_takes_one_query(editions, django_assert_num_queries, code):
    edition = editions[code]
    with django_assert_num_queries(1):
        queries.criterion_tree(LOADER, edition)


def test_criteria_beside_stop_at_the_ends(editions):
    edition = editions["seven-principles"]
    first = queries.criterion_named(LOADER, edition, "SP1.1")
    last = queries.criterion_named(LOADER, edition, "SP7.5")
    before, after = queries.criteria_beside(LOADER, first)
    assert (before, after.code) == (None, "SP1.2")
    before, after = queries.criteria_beside(LOADER, last)
    assert (before.code, after) == ("SP7.4", None)


def test_children_of_a_heading(editions):
    heading = queries.criterion_named(LOADER, editions["cipfa-ifac"], "F")
    assert [row.code for row in queries.children_of(LOADER, heading)] == [
        "F1", "F2", "F3", "F4", "F5",
    ]  # fmt: skip


def test_measures_of_can_be_searched(editions):
    found = queries.measures_of(LOADER, editions["national-toms"], "apprenticeship levy")
    assert [row.code for row in found] == ["NT10"]


def test_measures_of_outcome(editions):
    outcome = queries.criterion_named(LOADER, editions["national-toms"], "T4.1")
    assert [row.code for row in queries.measures_of_outcome(LOADER, outcome)] == [
        "NT31", "NT44", "NT45",
    ]  # fmt: skip


def test_pairs_of_measure_name_the_other_one(editions):
    measure = queries.measure_named(LOADER, editions["national-toms"], "NT18")
    others = [other.code for other, _pair in queries.pairs_of_measure(LOADER, measure)]
    assert others == ["NT14", "NT19"]


def test_measure_named_that_is_not_there(editions):
    assert queries.measure_named(LOADER, editions["national-toms"], "NT49") is None


def test_editions_with_measures(editions):
    assert keys(queries.editions_with_measures(LOADER)) == ["national-toms@2019.1"]


@pytest.fixture
def county_values(actor_of, editions):
    priya = actor_of("priya")
    terms = ValueSetTerms("County", "c-1", "Ours", date(2026, 4, 1), date(2027, 3, 31), True, False)
    rows = [
        ValueRow("NT1", "FTE people", 100, "", "S", date(2026, 1, 1)),
        ValueRow("NT1", "FTE people", 200, "Essex", "S", date(2026, 1, 1)),
        ValueRow("NT18", "£ spent", 300, "Kent", "S", date(2026, 1, 1)),
    ]
    return actions.publish_value_set(
        actor=priya,
        owner=priya.organisation,
        edition=editions["national-toms"],
        terms=terms,
        rows=rows,
    ).value_set


def titles(rows):
    return [row.title for row in rows]


def test_value_sets_of_others_are_not_seen(actor_of, county_values, illustrative):
    shipped = illustrative.title
    assert titles(queries.value_sets(actor_of("priya"))) == ["County", shipped]
    for name in ("mei", "cara", "oscar", "olive"):
        viewer = actor_of(name)
        assert titles(queries.value_sets(viewer)) == [shipped]
        assert queries.value_set_named(viewer, county_values.reference) is None
        assert not queries.unit_values_of(viewer, county_values).exists()
    assert not queries.value_sets(Actor()).exists()


@pytest.mark.parametrize(
    ("day", "found"),
    [("2026-03-31", 1), ("2026-04-01", 2), ("2027-03-31", 2), ("2027-04-01", 1), ("2018-01-01", 0)],
)
def test_value_sets_in_use_on_a_day(actor_of, county_values, illustrative, day, found):
    viewer, on = actor_of("priya"), date.fromisoformat(day)
    assert queries.value_sets_in_use(viewer, on).count() == found
    assert queries.value_sets_in_use(viewer, on, county_values.edition).count() == found


def test_unit_values_by_measure_prefer_the_place(county_values):
    def values(locality):
        found = queries.unit_values_by_measure(LOADER, county_values, locality)
        return {row.measure.code: int(row.value_gbp) for row in found.values()}

    assert values("") == {"NT1": 100}
    assert values("Essex") == {"NT1": 200}
    assert values("Kent") == {"NT1": 100, "NT18": 300}
