"""Reads on the providers' floor."""

from datetime import timedelta

import pytest

from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor
from providers import actions, queries
from providers.queries import EvidencePictures
from tests.providers.samples import (
    a_file,
    a_framework,
    a_link,
    a_self_assessment,
    answer,
    figures,
    handled,
    submitted,
)


@pytest.mark.django_db
def test_own_self_assessments_are_those_of_the_organisation(people, actor_of):
    own = a_self_assessment(people)
    a_self_assessment(people, "charity")
    assert list(queries.own_self_assessments(actor_of("cara"))) == [own]
    assert list(queries.own_self_assessments(actor_of("priya"))) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "expected"), [("core", ["A1", "A2"]), ("enhanced", ["A1", "A2", "A3"])]
)
def test_task_list_asks_what_the_level_asks_of_the_provider(people, actor_of, level, expected):
    row = a_self_assessment(people, level=level)
    answer(actor_of("sam"), row, "A1")
    answer(actor_of("sam"), row, "A2", narrative="")
    (section,) = queries.task_list(actor_of("sam"), row)
    assert (section.principle.code, section.edition.key) == ("A", "sample@1")
    assert [line.criterion.code for line in section.lines] == expected
    assert [(line.status, line.colour) for line in section.lines] == [
        ("Complete", "green"), ("In progress", "blue"), ("Not started", "grey"),
    ][: len(expected)]  # fmt: skip
    missing = queries.incomplete_criteria(actor_of("sam"), row)
    assert [criterion.code for criterion in missing] == expected[1:]


@pytest.mark.django_db
def test_criteria_to_answer_can_be_the_commissioners(people, actor_of):
    row = a_self_assessment(people)
    found = queries.criteria_to_answer(actor_of("priya"), row, answered_by="commissioner")
    assert [criterion.code for criterion in found] == ["A4"]


@pytest.mark.django_db
def test_measure_lines_are_all_measures_with_the_figures_there_are(people, actor_of):
    row = a_self_assessment(people)
    held = figures(actor_of("sam"), row)
    lines = queries.measure_lines(actor_of("sam"), row)
    assert [(line.measure.code, line.figures) for line in lines] == [("M1", held), ("M2", None)]


@pytest.mark.django_db
def test_earlier_answers_are_the_last_three_submitted_with_their_evidence(people, actor_of):
    sam = actor_of("sam")
    for number in range(4):
        row = a_self_assessment(people, title=f"Contract {number}")
        item = a_link(sam, title=f"Report {number}")
        answer(sam, row, "A1", narrative=f"Answer {number}", evidence=[item])
        answer(sam, row, "A2")
        actions.submit_self_assessment(actor=sam, self_assessment=row)
    a_draft = a_self_assessment(people, title="A draft")
    answer(sam, a_draft, "A1", narrative="Not submitted")
    here = a_self_assessment(people, title="Here")
    criterion = a_framework().criteria.get(code="A1")
    found = queries.earlier_answers(sam, here, criterion)
    assert [(a.narrative, a.evidence.all()[0].title) for a in found] == [
        ("Answer 3", "Report 3"), ("Answer 2", "Report 2"), ("Answer 1", "Report 1"),
    ]  # fmt: skip
    before = queries.earlier_answers(sam, row, criterion)
    assert [a.narrative for a in before] == ["Answer 2", "Answer 1", "Answer 0"]
    other = a_self_assessment(people, "charity")
    assert list(queries.earlier_answers(actor_of("hana"), other, criterion)) == []


@pytest.mark.django_db
def test_own_evidence_counts_its_uses(people, actor_of):
    sam = actor_of("sam")
    row, item = a_self_assessment(people), a_link(sam)
    answer(sam, row, "A1", evidence=[item])
    answer(sam, row, "A2", evidence=[item])
    figures(sam, row, evidence=[item])
    a_link(actor_of("hana"))
    assert [(found, found.uses) for found in queries.own_evidence(actor_of("cara"))] == [(item, 3)]


@pytest.mark.django_db
def test_evidence_to_offer_is_what_is_attached_and_the_newest_that_match(people, actor_of):
    sam = actor_of("sam")
    attached, policy, report = (a_link(sam, title=t) for t in ("Old", "Gift policy", "Report"))
    offered = queries.evidence_to_offer(sam, [attached], "POLICY")
    assert set(offered) == {attached, policy}
    assert set(queries.evidence_to_offer(sam, [])) == {attached, policy, report}
    assert list(queries.evidence_to_offer(actor_of("hana"), [attached])) == []


@pytest.mark.django_db
def test_evidence_to_offer_stays_short_in_a_large_library(people, actor_of):
    sam = actor_of("sam")
    items = [a_link(sam, title=f"Report {number}") for number in range(42)]
    offered = set(queries.evidence_to_offer(sam, [items[0]]))
    assert offered == {items[0], *items[2:]}


@pytest.mark.django_db
def test_home_says_what_to_write_what_is_late_and_what_was_submitted(people, actor_of):
    today = timezone.localdate()
    due = a_self_assessment(people, title="Due", due_on=today)
    late = a_self_assessment(people, title="Late", due_on=today - timedelta(days=1))
    done = a_self_assessment(people, title="Done")
    submitted(people, done)
    found = queries.home_items(actor_of("cara"))
    assert [(item.kind, item.text, item.url) for item in found] == [
        (kind, text, reverse("providers:self-assessment-detail", args=[row.reference]))
        for kind, text, row in (
            ("late", "Self-assessment: Late", late),
            ("needs me", "Self-assessment: Due", due),
            ("changed", "Submitted: Done", done),
        )
    ]
    assert queries.home_items(actor_of("priya")) == []
    assert queries.home_items(Actor()) == []


@pytest.mark.django_db
def test_pictures_of_an_item_are_prepared_then_shown_and_none_of_other_kinds(actor_of):
    sam = actor_of("sam")
    item = a_file(sam)
    assert queries.evidence_pictures(sam, item) == EvidencePictures(is_being_prepared=True)
    shown = queries.evidence_pictures(sam, handled(item))
    assert [(page.number, page.reason) for page in shown.pages] == [(1, ""), (2, "")]
    for other in (a_link(sam), a_file(sam, b"a,b\n")):
        assert queries.evidence_pictures(sam, other) == EvidencePictures()


@pytest.mark.django_db
def test_use_is_counted_for_each_organisation_alone(actor_of):
    sam, hana = actor_of("sam"), actor_of("hana")
    a_link(sam)
    a_file(sam, b"a,b\n")
    a_file(sam, b"a,b,c\n")
    use = queries.evidence_use(sam)
    assert (use.files, use.bytes, use.used) == (2, 10, "2 files and 10\xa0bytes")
    assert (queries.evidence_use(hana).files, queries.evidence_use(hana).bytes) == (0, 0)
    assert queries.evidence_use_of(hana, sam.organisation).files == 0


@pytest.mark.parametrize(
    ("files", "held", "size", "expected"),
    [(0, 0, 100, True), (0, 0, 101, False), (1, 60, 40, True), (1, 60, 41, False),
     (2, 0, 1, False), (1, 200, 0, True), (1, 200, 1, False)],
)  # fmt: skip
def test_room_is_what_is_left_of_bytes_and_files(settings, files, held, size, expected):
    settings.EVIDENCE_QUOTA_BYTES, settings.EVIDENCE_QUOTA_FILES = 100, 2
    assert queries.EvidenceUse(files, held).has_room_for(size) is expected
