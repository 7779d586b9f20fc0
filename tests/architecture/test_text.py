"""What stands in templates, in the code and in the trail: nothing that the rules keep out."""

import json
import re

import pytest

from accounts.models import AuditEvent
from commissioning.models import (
    AwardCriterion,
    CommissionerAnswer,
    Contract,
    ContractTerm,
    ExerciseLot,
    HandCorrection,
    InterestDeclaration,
    ParticipationCondition,
    Procurement,
)
from providers.models import Answer, EvidenceItem, MeasureAnswer, SelfAssessment
from scorecards.models import Finding, Rating, ScorecardStep
from tests.architecture.sources import ROOT, all_modules, shown

pytestmark = pytest.mark.django_db

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FACT = 80
# Words that people type: none of them may stand in the trail.
TYPED = (
    (Answer, ("narrative", "not_applicable_reason")),
    (CommissionerAnswer, ("narrative", "not_applicable_reason")),
    (MeasureAnswer, ("note",)),
    (EvidenceItem, ("title", "url", "file_name")),
    (Rating, ("rationale", "found_where")),
    (Finding, ("title", "detail")),
    (ScorecardStep, ("reason",)),
    (InterestDeclaration, ("description", "resolution_note")),
    (HandCorrection, ("reason", "corrected_value")),
    (Contract, ("title", "description", "level_reason")),
    (Procurement, ("title", "description")),
    (SelfAssessment, ("title",)),
    (ExerciseLot, ("title", "description")),
    (AwardCriterion, ("title", "asks", "guidance", "price_basis")),
    (ParticipationCondition, ("title", "text", "evidence")),
    (ContractTerm, ("title", "text", "target")),
)


def strings(value) -> list[str]:
    """Every text inside a fact."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template_has_no_inline_style_or_script(path):
    text = path.read_text()
    inline_scripts = [
        tag for tag in re.findall(r"<script\b[^>]*>", text) if not re.search(r"\bsrc=", tag)
    ]
    handlers = re.findall(r"<[a-z][^>]*\son[a-z]+\s*=", text)
    styles = re.findall(r"<[a-z][^>]*\sstyle\s*=|<style\b", text)
    links = re.findall(r"(?:href|src)=[\"']\s*javascript:", text)
    assert (inline_scripts, handlers, styles, links) == ([], [], [], [])


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template_loads_nothing_from_elsewhere(path):
    assert re.findall(r"(?:src|srcset)=[\"'](?:https?:)?//", path.read_text()) == []


def test_code_marks_nothing_as_safe_without_format_html():
    found = [shown(path) for path in all_modules() if "mark_safe(" in path.read_text()] + [
        shown(path) for path in TEMPLATES if re.search(r"\|\s*safe\b", path.read_text())
    ]
    assert found == []


def test_facts_of_the_trail_are_short(world):
    long = [
        (event.verb, text)
        for event in AuditEvent.objects.all()
        for text in strings(event.facts)
        if len(text) > LONGEST_FACT
    ]
    assert long == []


def test_facts_of_the_trail_hold_nothing_that_people_typed(world):
    typed = {
        text.strip()
        for model, fields in TYPED
        for row in model.objects.values_list(*fields)
        for text in row
        if text.strip()
    }
    facts = {text for event in AuditEvent.objects.all() for text in strings(event.facts)}
    assert sorted(facts & typed) == []


@pytest.mark.parametrize(("model", "fields"), TYPED, ids=[model.__name__ for model, _ in TYPED])
def test_world_has_typed_words_to_look_for(world, model, fields):
    assert any(any(row) for row in model.objects.values_list(*fields))


def test_facts_of_the_trail_are_plain_data(world):
    for event in AuditEvent.objects.all():
        assert json.loads(json.dumps(event.facts)) == event.facts


def test_trail_names_no_one_by_e_mail(world):
    found = [text for event in AuditEvent.objects.all() for text in strings(event.facts)]
    assert [text for text in found if re.search(r"[^\s@]@[^\s@]+\.[a-z]{2,}$", text)] == []
