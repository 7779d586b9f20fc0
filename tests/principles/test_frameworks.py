"""The content of the shipped packs."""

import json
from collections import Counter
from itertools import combinations

import pytest

from principles.enums import AnsweredBy, Basis, Level, MeasureKind, Phase, ValueBasis
from principles.packs import FRAMEWORKS
from principles.value_files import KnownMeasure, check_file, read_terms


@pytest.fixture(scope="module")
def packs(shipped_packs):
    return {pack.framework_code: pack for pack in shipped_packs}


def roots(pack):
    return [row for row in pack.criteria if not row.parent_code]


def below(pack, code):
    return [row for row in pack.criteria if row.parent_code == code]


def assessable(pack):
    return [row for row in pack.criteria if row.is_assessable]


def test_schema_and_enums_hold_the_same_words():
    schema = json.loads((FRAMEWORKS / "schema.json").read_text("utf-8"))["$defs"]
    criterion, measure = schema["criterion"]["properties"], schema["measure"]["properties"]
    assert schema["basis"]["enum"] == Basis.values
    assert criterion["level"]["enum"] == Level.values
    assert criterion["answered_by"]["enum"] == AnsweredBy.values
    assert criterion["phase"]["enum"] == Phase.values
    assert measure["kind"]["enum"] == MeasureKind.values
    assert measure["value_basis"]["enum"] == ValueBasis.values


def test_four_packs_ship(packs):
    assert sorted(pack.key for pack in packs.values()) == [
        "cipfa-ifac@2014.1",
        "national-toms@2019.1",
        "seven-principles@2026.1",
        "social-value-model@06-20.1",
    ]


def test_seven_principles_have_their_official_titles(packs):
    assert [row.title for row in roots(packs["seven-principles"])] == [
        "Selflessness",
        "Integrity",
        "Objectivity",
        "Accountability",
        "Openness",
        "Honesty",
        "Leadership",
    ]


def test_each_of_the_seven_principles_has_four_to_eight_expectations(packs):
    pack = packs["seven-principles"]
    counts = [len(below(pack, row.code)) for row in roots(pack)]
    assert len(counts) == 7
    assert all(4 <= count <= 8 for count in counts)


def test_expectations_of_the_seven_principles_are_answered_by_the_provider(packs):
    assert {row.answered_by for row in assessable(packs["seven-principles"])} == {"provider"}


def test_cipfa_has_seven_principles_and_21_sub_principles(packs):
    pack = packs["cipfa-ifac"]
    codes = {row.code: [sub.code for sub in below(pack, row.code)] for row in roots(pack)}
    assert codes == {
        letter: [f"{letter}{number}" for number in range(1, count + 1)]
        for letter, count in zip("ABCDEFG", (3, 3, 2, 3, 2, 5, 3), strict=True)
    }


def test_every_sub_principle_has_a_criterion(packs):
    pack = packs["cipfa-ifac"]
    subs = [sub for row in roots(pack) for sub in below(pack, row.code)]
    assert all(below(pack, sub.code) for sub in subs)


def test_both_sides_answer_for_the_governance_of_the_contract(packs):
    counts = Counter(row.answered_by for row in assessable(packs["cipfa-ifac"]))
    assert counts == {"provider": 15, "commissioner": 16}


def test_plan_do_check_act_runs_from_c_to_g(packs):
    phases = {row.code: row.phase for row in roots(packs["cipfa-ifac"])}
    assert phases == {
        "A": "", "B": "", "C": "plan", "D": "plan", "E": "do", "F": "check", "G": "act",
    }  # fmt: skip


def test_unchecked_sub_principle_titles_say_that_they_are_reconstructed(packs):
    pack = packs["cipfa-ifac"]
    official = {
        sub.code for row in roots(pack) for sub in below(pack, row.code) if sub.basis == "official"
    }
    assert official == {"A1", "F1", "F2"}
    assert pack.basis == "reconstructed"
    assert {row.basis for row in assessable(pack)} == {"own_synthesis"}


def test_levels_nest_to_about_15_40_and_all(packs):
    rows = assessable(packs["seven-principles"]) + assessable(packs["cipfa-ifac"])
    counts = {level: sum(row.level in level.included for row in rows) for level in Level}
    assert counts == {Level.CORE: 16, Level.STANDARD: 40, Level.ENHANCED: 65}


@pytest.mark.parametrize("code", ["seven-principles", "cipfa-ifac"])
def test_every_principle_has_a_core_criterion(packs, code):
    pack = packs[code]
    core = {row.code[: len(root.code)] for root in roots(pack) for row in assessable(pack)
            if row.level == "core" and row.code.startswith(root.code)}  # fmt: skip
    assert core == {row.code for row in roots(pack)}


@pytest.mark.parametrize("code", ["seven-principles", "cipfa-ifac"])
def test_scale_runs_from_0_to_3_and_is_described(packs, code):
    scale = packs[code].scale
    assert [point.value for point in scale] == [0, 1, 2, 3]
    assert all(len(point.description) > 40 for point in scale)


@pytest.mark.parametrize("code", ["seven-principles", "cipfa-ifac"])
def test_guidance_is_complete_and_not_repeated(packs, code):
    rows = assessable(packs[code])
    assert all(len(row.evidence_to_ask) >= 3 for row in rows)
    for name in ("title", "explanation", "good", "poor"):
        texts = [getattr(row, name) for row in rows]
        assert len(set(texts)) == len(texts)


def test_toms_have_5_themes_20_outcomes_and_48_measures(packs):
    pack = packs["national-toms"]
    themes = roots(pack)
    outcomes = [row for theme in themes for row in below(pack, theme.code)]
    assert (len(themes), len(outcomes), len(pack.measures)) == (5, 20, 48)
    assert {measure.outcome_code for measure in pack.measures} == {row.code for row in outcomes}


def test_toms_are_the_2019_core_set(packs):
    numbers = [*range(1, 36), *range(39, 49), *range(50, 53)]
    codes = {measure.code for measure in packs["national-toms"].measures}
    assert codes == {f"NT{number}" for number in numbers}


def test_toms_kinds_and_value_bases(packs):
    measures = packs["national-toms"].measures
    by_basis = {
        basis: sorted(int(m.code[2:]) for m in measures if m.value_basis == basis)
        for basis in ValueBasis.values
    }
    assert by_basis["localised"] == [1, 18, 19]
    assert by_basis["pound_for_pound"] == [16, 24, 25, 26, 27, 28, 30, 39, 43, 50, 51, 52]
    assert by_basis["none"] == [2, 22, 23, 35, 40, 41, 42, 44, 45, 46, 48]
    assert len(by_basis["fixed"]) == 22


def test_toms_pairs_cover_disadvantaged_people_and_gifts(packs):
    pairs = {frozenset((p.first_code, p.second_code)) for p in packs["national-toms"].pairs}
    people = {frozenset(pair) for pair in combinations(["NT3", "NT4", "NT5", "NT6"], 2)}
    gifts = {
        frozenset((gift, f"NT{number}"))
        for gift in ("NT28", "NT29")
        for number in (15, 16, 17, 24, 25, 26, 27, 30)
    }
    others = [(9, 10), (12, 13), (14, 18), (14, 19), (18, 19), (28, 29), (31, 32), (31, 33)]
    assert pairs == people | gifts | {frozenset((f"NT{a}", f"NT{b}")) for a, b in others}


def test_toms_ship_no_values_and_say_that_they_are_reconstructed(packs):
    pack = packs["national-toms"]
    assert pack.basis == "reconstructed"
    assert "reconstructed" in pack.basis_note
    assert "no values" in pack.licence


def test_illustrative_values_fit_the_measures_and_are_marked(packs):
    pack = packs["national-toms"]
    known = [KnownMeasure(m.code, m.unit, m.kind, m.value_basis) for m in pack.measures]
    folder = FRAMEWORKS / "value-sets"
    key, terms = read_terms(folder / "illustrative.yaml")
    checked = check_file((folder / "illustrative.csv").read_bytes(), known)
    assert key == pack.key
    assert terms.is_illustrative
    assert (checked.problems, checked.measures_without_value) == ((), ())
    assert {row.source for row in checked.rows} == {
        "Invented for demonstration",
        "£1 for each £1 by definition",
    }


def test_social_value_model_has_5_themes_8_outcomes_and_25_criteria(packs):
    pack = packs["social-value-model"]
    outcomes = [row for theme in roots(pack) for row in below(pack, theme.code)]
    assert [row.title for row in roots(pack)] == [
        "COVID-19 recovery",
        "Tackling economic inequality",
        "Fighting climate change",
        "Equal opportunity",
        "Wellbeing",
    ]
    assert [row.title for row in outcomes] == [
        "Help local communities to manage and recover from the impact of COVID-19",
        "Create new businesses, new jobs and new skills",
        "Increase supply chain resilience and capacity",
        "Effective stewardship of the environment",
        "Reduce the disability employment gap",
        "Tackle workforce inequality",
        "Improve health and wellbeing",
        "Improve community integration",
    ]
    counts = [len(below(pack, row.code)) for row in outcomes]
    assert counts == [5, 3, 5, 2, 3, 3, 2, 2]


def test_criteria_of_the_social_value_model_end_with_their_published_number(packs):
    pack = packs["social-value-model"]
    outcomes = [row for theme in roots(pack) for row in below(pack, theme.code)]
    for number, outcome in enumerate(outcomes, start=1):
        assert outcome.code.endswith(f"-{number}")
        for part, row in enumerate(below(pack, outcome.code), start=1):
            assert row.code.endswith(f"-{number}.{part}")
            assert row.locator == f"Model award criterion {number}.{part}"


def test_social_value_model_is_for_design_only_and_says_what_is_unchecked(packs):
    pack = packs["social-value-model"]
    assert {code: one.for_assessment for code, one in packs.items()} == {
        "cipfa-ifac": True,
        "national-toms": True,
        "seven-principles": True,
        "social-value-model": False,
    }
    assert (assessable(pack), pack.scale, pack.measures) == ([], (), ())
    assert pack.basis == "reconstructed"
    for said in ("PPN 002", "PPN 026", "not held", "not been checked"):
        assert said in pack.basis_note
    titles_above = {row.basis for row in pack.criteria if any(below(pack, row.code))}
    assert titles_above == {"official"}
    assert {row.basis for row in pack.criteria if not below(pack, row.code)} == {"reconstructed"}
