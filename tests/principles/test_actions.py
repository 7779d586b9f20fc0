from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.access import Actor, Refused, WrongState
from accounts.models import AuditEvent
from principles import actions, queries
from principles.models import Criterion, Edition, Framework, Measure, UnitValue, ValueSet
from principles.packs import BadPack
from principles.value_files import ValueRow, ValueSetTerms
from tests.principles.conftest import LOADER
from tests.principles.samples import pack

TERMS = ValueSetTerms(
    title="County values",
    label="county-1",
    licence="Licensed to the council.",
    in_force_from=date(2026, 4, 1),
    in_force_to=None,
    gross_of_deadweight=True,
    is_illustrative=False,
)


def row(measure="M1", unit="hours", value="12.50", locality=""):
    return ValueRow(measure, unit, Decimal(value), locality, "A table", date(2026, 1, 1))


@pytest.fixture
def small(db, tmp_path) -> Edition:
    [result] = actions.publish_editions(actor=LOADER, packs=[pack(tmp_path)])
    return result.edition


def publish(actor, owner, edition, terms=TERMS, rows=None):
    return actions.publish_value_set(
        actor=actor, owner=owner, edition=edition, terms=terms, rows=rows or [row()]
    )


def test_publish_editions_writes_the_whole_pack(small):
    assert small.published_at is not None
    assert small.key == "small@1"
    assert [point.value for point in small.scale_points.all()] == [0, 1]
    assert [
        (row.code, row.parent and row.parent.code, row.is_assessable)
        for row in small.criteria.select_related("parent")
    ] == [("P1", None, False), ("P1.1", "P1", True), ("T1", None, False)]
    assert [row.code for row in small.measures.all()] == ["M1", "M2", "M3", "M4"]
    assert [str(pair) for pair in small.double_count_pairs.all()] == ["M1 with M2"]


def test_publish_editions_leaves_an_audit_row(small):
    event = AuditEvent.objects.get(verb="edition.published")
    assert event.actor_label == "system: frameworks loader"
    assert event.facts == {
        "edition": "small@1",
        "content_sha256": small.content_sha256,
        "criteria": 3,
        "measures": 4,
    }


def test_publish_editions_again_changes_nothing(editions, shipped_packs):
    counts = [model.objects.count() for model in (Framework, Edition, Criterion, Measure)]
    again = actions.publish_editions(actor=LOADER, packs=shipped_packs)
    assert [result.is_new for result in again] == [False, False, False, False]
    assert {result.edition.pk for result in again} == {row.pk for row in editions.values()}
    assert counts == [model.objects.count() for model in (Framework, Edition, Criterion, Measure)]
    assert AuditEvent.objects.filter(verb="edition.published").count() == 4


def test_publish_editions_refuses_a_changed_edition(small, tmp_path):
    changed = pack(tmp_path, licence="Changed")
    with pytest.raises(BadPack) as refused:
        actions.publish_editions(actor=LOADER, packs=[changed])
    assert str(refused.value) == (
        f"small-1.yaml:{changed.label_line}: small@1 is published and never changes: give the "
        "changed content a new label, in a file of that name"
    )
    small.refresh_from_db()
    assert small.licence == "Ours"


def test_publish_editions_takes_the_change_under_a_new_label(small, tmp_path):
    later = pack(tmp_path, licence="Changed", label="2", in_force_from="2026-06-01")
    [result] = actions.publish_editions(actor=LOADER, packs=[later])
    assert result.is_new
    assert Edition.objects.filter(framework=small.framework).count() == 2


def test_publish_editions_refuses_a_second_edition_of_the_same_day(small, tmp_path):
    with pytest.raises(BadPack, match="in force from the same day"):
        actions.publish_editions(actor=LOADER, packs=[pack(tmp_path, label="2")])


def test_publish_editions_refuses_another_title(small, tmp_path):
    renamed = replace(pack(tmp_path), framework_title="Renamed")
    with pytest.raises(BadPack, match="the title of small is 'A small framework'"):
        actions.publish_editions(actor=LOADER, packs=[renamed])


def test_publish_editions_writes_all_or_none(small, tmp_path):
    changed = pack(tmp_path, licence="Changed")
    new = replace(changed, framework_code="other", framework_title="Other")
    with pytest.raises(BadPack):
        actions.publish_editions(actor=LOADER, packs=[new, changed])
    assert not Framework.objects.filter(code="other").exists()


def test_publish_editions_is_for_operators(actor_of, tmp_path):
    with pytest.raises(Refused):
        actions.publish_editions(actor=actor_of("adam"), packs=[pack(tmp_path)])
    [result] = actions.publish_editions(actor=actor_of("olive"), packs=[pack(tmp_path)])
    assert result.is_new


def test_publish_value_set_for_ones_own_council(actor_of, small):
    priya = actor_of("priya")
    result = publish(priya, priya.organisation, small)
    value_set = result.value_set
    assert result.is_new
    assert (value_set.owner, value_set.published_by) == (priya.organisation, priya.user)
    assert [str(value.value_gbp) for value in value_set.unit_values.all()] == ["12.50"]
    event = AuditEvent.objects.get(verb="value_set.published")
    assert event.subject_reference == value_set.reference
    assert event.facts["values"] == 1


def test_publish_value_set_again_changes_nothing(actor_of, small):
    priya = actor_of("priya")
    first = publish(priya, priya.organisation, small, rows=[row(), row("M3", "£ invested", "1")])
    again = publish(priya, priya.organisation, small, rows=[row("M3", "£ invested", "1"), row()])
    assert not again.is_new
    assert again.value_set == first.value_set
    assert AuditEvent.objects.filter(verb="value_set.published").count() == 1


@pytest.mark.parametrize(
    ("terms", "rows"),
    [(replace(TERMS, licence="Other"), [row()]), (TERMS, [row(value="13")])],
)
def test_publish_value_set_refuses_a_change_under_the_same_label(actor_of, small, terms, rows):
    priya = actor_of("priya")
    publish(priya, priya.organisation, small)
    with pytest.raises(WrongState, match="never changes"):
        publish(priya, priya.organisation, small, terms, rows)
    assert ValueSet.objects.count() == 1


def test_two_councils_may_use_the_same_label(actor_of, small):
    for name in ("priya", "mei"):
        actor = actor_of(name)
        assert publish(actor, actor.organisation, small).is_new


def test_publish_value_set_without_values_is_refused(actor_of, small):
    priya = actor_of("priya")
    with pytest.raises(WrongState, match="at least one value"):
        actions.publish_value_set(
            actor=priya, owner=priya.organisation, edition=small, terms=TERMS, rows=[]
        )


@pytest.mark.parametrize("name", ["evan", "anna", "cara", "sam", "oscar", "olive"])
def test_publish_value_set_is_refused_to_others(actor_of, small, name):
    council = actor_of("priya").organisation
    with pytest.raises(Refused):
        publish(actor_of(name), council, small)
    assert not UnitValue.objects.exists()


def test_publish_value_set_for_another_council_is_refused(actor_of, small):
    with pytest.raises(Refused):
        publish(actor_of("mei"), actor_of("priya").organisation, small)


def test_withdraw_value_set_takes_it_out_of_use(actor_of, small):
    priya = actor_of("priya")
    value_set = publish(priya, priya.organisation, small).value_set
    actions.withdraw_value_set(actor=priya, value_set=value_set)
    assert not queries.value_sets_in_use(priya, date(2026, 5, 1)).exists()
    assert queries.value_sets(priya).get() == value_set
    assert AuditEvent.objects.filter(verb="value_set.withdrawn").count() == 1


def test_withdraw_value_set_twice_is_refused(actor_of, small):
    priya = actor_of("priya")
    value_set = publish(priya, priya.organisation, small).value_set
    actions.withdraw_value_set(actor=priya, value_set=value_set)
    with pytest.raises(WrongState, match="withdrawn already"):
        actions.withdraw_value_set(actor=priya, value_set=value_set)


def test_withdraw_value_set_of_the_installation_is_for_operators(actor_of, illustrative):
    with pytest.raises(Refused):
        actions.withdraw_value_set(actor=actor_of("priya"), value_set=illustrative)
    actions.withdraw_value_set(actor=actor_of("olive"), value_set=illustrative)


def test_nobody_signed_in_publishes_nothing(small):
    with pytest.raises(Refused):
        publish(Actor(), None, small)
